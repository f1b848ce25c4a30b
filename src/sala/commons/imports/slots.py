"""Which tables can be brought in; the site fills this once, at start-up, from what boxes tell of themselves."""

from sala.platform.registration import Importer

# Every importer by its name.
importers: dict[str, Importer] = {}
