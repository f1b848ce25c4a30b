"""Decisions about imports: what a mapping file says, how cells are read, what a report holds."""

from sala.commons.imports.rules.cells import Reader, read_moment
from sala.commons.imports.rules.mappings import BadMapping, TableMapping, plain_mapping, read_mapping
from sala.commons.imports.rules.reports import REPORT, is_report, original_row, report_columns, report_row

__all__ = [
    "REPORT",
    "BadMapping",
    "Reader",
    "TableMapping",
    "is_report",
    "original_row",
    "plain_mapping",
    "read_mapping",
    "read_moment",
    "report_columns",
    "report_row",
]
