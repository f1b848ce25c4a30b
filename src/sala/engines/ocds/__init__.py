"""Contracting data by the Open Contracting Data Standard: read, merge, check, measure. Opens no file."""

from sala.engines.ocds.batches import Batch
from sala.engines.ocds.builtin import rules_1_0, rules_1_1, rules_for
from sala.engines.ocds.checking import Checker, Finding, Standard, Summary, official
from sala.engines.ocds.coverage import Coverage, CoverageCount, count_coverage
from sala.engines.ocds.errors import MergeError, OcdsError, ReadError, SchemaError
from sala.engines.ocds.grouping import MemoryStore, Notice, Store, gather, merge_all
from sala.engines.ocds.merge import compile_release, version_release
from sala.engines.ocds.reading import parse, read, read_late_words
from sala.engines.ocds.strategies import RuleTree, rules_from_schema

__all__ = [
    "Batch",
    "Checker",
    "Coverage",
    "CoverageCount",
    "Finding",
    "MemoryStore",
    "MergeError",
    "Notice",
    "OcdsError",
    "ReadError",
    "RuleTree",
    "SchemaError",
    "Standard",
    "Store",
    "Summary",
    "compile_release",
    "count_coverage",
    "gather",
    "merge_all",
    "official",
    "parse",
    "read",
    "read_late_words",
    "rules_1_0",
    "rules_1_1",
    "rules_for",
    "rules_from_schema",
    "version_release",
]
