"""Which tables there are; the site fills this once, at start-up, from what boxes tell of themselves."""

from sala.platform.tables import Table

# Every public table by its name.
tables: dict[str, Table] = {}
