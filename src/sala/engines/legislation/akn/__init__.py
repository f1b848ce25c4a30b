"""Akoma Ntoso 3.0: our laws written in it, and any document in it read, with nothing lost that is in the tree."""

from sala.engines.legislation.akn.reading import (
    AknDocument,
    AknUnit,
    BadAknError,
    akn_to_json,
    read_akn,
    to_bytes,
)
from sala.engines.legislation.akn.writing import to_akn

__all__ = ["AknDocument", "AknUnit", "BadAknError", "akn_to_json", "read_akn", "to_akn", "to_bytes"]
