"""Reasons to look at a contracting process: Cardinal's and more, the same on DuckDB and on Spark."""

from sala.engines.indicators.catalog import CARDINAL_CODES, CATALOG, Entry
from sala.engines.indicators.distributions import Distribution, distributions
from sala.engines.indicators.picture import to_svg
from sala.engines.indicators.prepare import Issue, Preparer
from sala.engines.indicators.readiness import Readiness, readiness
from sala.engines.indicators.recompute import Fences, Recomputer
from sala.engines.indicators.results import (
    as_cardinal,
    evidence,
    flagged_rows,
    maps,
    meta,
    verdict_tables,
    verdicts,
)
from sala.engines.indicators.settings import Settings, SettingsError, parse
from sala.engines.indicators.study import Study, open_study
from sala.engines.indicators.tables import SCHEMAS, flatten
from sala.engines.indicators.verdicts import STATES, Statistics

__all__ = [
    "CARDINAL_CODES",
    "CATALOG",
    "SCHEMAS",
    "STATES",
    "Distribution",
    "Entry",
    "Fences",
    "Issue",
    "Preparer",
    "Readiness",
    "Recomputer",
    "Settings",
    "SettingsError",
    "Statistics",
    "Study",
    "as_cardinal",
    "distributions",
    "evidence",
    "flagged_rows",
    "flatten",
    "maps",
    "meta",
    "open_study",
    "parse",
    "readiness",
    "to_svg",
    "verdict_tables",
    "verdicts",
]
