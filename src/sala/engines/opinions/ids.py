"""Ids of people and statements: numbers where all are numbers, else text; many rows, few distinct ids."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sala.engines.opinions.comments import as_id


def as_ids(texts: list[str]) -> NDArray[np.generic]:
    """Ids as whole numbers where all of them are, else as text."""
    found = [as_id(text) for text in texts]
    if all(isinstance(one, int) for one in found):
        return np.array(found, dtype=np.int64)
    return np.array([text.strip() for text in texts], dtype=np.str_)


class IdBook:
    """Gives each distinct text a number as it comes, so that a column of words is kept as numbers."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._places)

    def number(self, column: pa.DictionaryArray) -> NDArray[np.int32]:
        """The numbers of one block of a column that Arrow read as a dictionary."""
        places = self._places
        known = [places.setdefault(text.strip(), len(places)) for text in column.dictionary.to_pylist()]
        indices = column.indices
        order = np.frombuffer(indices.buffers()[1], dtype=np.int32)
        return np.array(known, dtype=np.int32)[order[indices.offset : indices.offset + len(indices)]]

    @property
    def has_empty(self) -> bool:
        return "" in self._places

    def ids(self) -> tuple[NDArray[np.generic], NDArray[np.int32]]:
        """The distinct ids in ascending order, and for each number its place among them."""
        distinct, place = np.unique(as_ids(list(self._places)), return_inverse=True)
        return distinct, place.astype(np.int32)
