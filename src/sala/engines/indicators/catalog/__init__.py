"""The catalogue of indicators: titles, formulas, sources, needed fields, defaults and evidence sentences."""

from sala.engines.indicators.catalog.cardinal import ENTRIES as CARDINAL
from sala.engines.indicators.catalog.entry import Entry

CATALOG: dict[str, Entry] = {entry.code: entry for entry in (*CARDINAL,)}
CARDINAL_CODES = tuple(entry.code for entry in CARDINAL)

__all__ = ["CARDINAL_CODES", "CATALOG", "Entry"]
