"""The catalogue of indicators: titles, formulas, sources, needed fields, defaults and evidence sentences."""

from sala.engines.indicators.catalog import cardinal, contracting, markets, tendering
from sala.engines.indicators.catalog.entry import Entry

_ENTRIES = (*cardinal.ENTRIES, *tendering.ENTRIES, *contracting.ENTRIES, *markets.ENTRIES)
CATALOG: dict[str, Entry] = {entry.code: entry for entry in _ENTRIES}
CARDINAL_CODES = tuple(entry.code for entry in cardinal.ENTRIES)

__all__ = ["CARDINAL_CODES", "CATALOG", "Entry"]
