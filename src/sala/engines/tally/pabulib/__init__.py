"""Pabulib `.pb` files in and out: every meta field, project column and voter column kept."""

from sala.engines.tally.pabulib.document import PabulibError, PabulibFile
from sala.engines.tally.pabulib.reading import read_pabulib
from sala.engines.tally.pabulib.writing import write_pabulib

__all__ = ["PabulibError", "PabulibFile", "read_pabulib", "write_pabulib"]
