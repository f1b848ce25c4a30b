"""What the two fast ways to merge share: telling values, objects and lists apart quickly."""

from typing import Any, Final

JsonObject = dict[str, Any]
# the identity of a merged list -> its objects by id; a list not named here is a plain value
Indexes = dict[int, dict[Any, JsonObject]]

HAS_NUMBERS: Final = object()
NO_ID: Final = object()
SCALARS: Final = frozenset({str, int, float, bool})
_ONLY_OBJECTS: Final = {dict}


class IrregularError(Exception):
    """The fast way cannot tell; the definition must be followed step by step."""


def is_list_of_objects(value: list[Any]) -> bool:
    """Whether a non-empty list holds objects and nothing else (so that it merges by id)."""
    return {*map(type, value)} == _ONLY_OBJECTS


def expect_number(key: Any, by_id: dict[Any, JsonObject]) -> None:
    """Whole numbers are plain ids as long as no text id stands beside them in the list."""
    if type(key) is not int or (by_id and HAS_NUMBERS not in by_id):
        raise IrregularError
    by_id[HAS_NUMBERS] = {}


def expect_text(by_id: dict[Any, JsonObject]) -> None:
    """A text id beside number ids may be the same id written differently."""
    if HAS_NUMBERS in by_id:
        raise IrregularError
