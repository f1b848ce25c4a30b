"""What a JSON object is in contracting data: a release, a record, or a package of either."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

from sala.engines.ocds.batches import Batch, Kind
from sala.engines.ocds.errors import ReadError

JsonObject = dict[str, Any]
LISTS: Final[dict[str, Kind]] = {"releases": "release", "records": "record"}
PACKAGE_FIELDS: Final = frozenset({"version", "publisher", "publishedDate", "publicationPolicy"})
NO_OBJECT: Final = "a release must be a JSON object"


def kind_of(value: Any, line: int) -> Kind:
    """Whether a JSON object is a release or a record. Raises ReadError for anything that is neither."""
    if isinstance(value, bytes):
        return "text"
    if not isinstance(value, dict):
        raise ReadError(NO_OBJECT, line)
    return (
        "record"
        if "compiledRelease" in value or "versionedRelease" in value or _is_record(value)
        else "release"
    )


def _is_record(value: dict[str, Any]) -> bool:
    return "releases" in value and "ocid" in value


def may_be_package(value: JsonObject) -> bool:
    return not LISTS.keys().isdisjoint(value) or (
        "ocid" not in value and not PACKAGE_FIELDS.isdisjoint(value)
    )


def kind_or_package(item: Any) -> str:
    if isinstance(item, dict) and "ocid" not in item and not LISTS.keys().isdisjoint(item):
        return "package"
    return kind_of(item, 0) if isinstance(item, dict) else "none"


def group(rows: list[tuple[Any, int]], size: int) -> Iterator[Batch]:
    """Consecutive lines of one kind as one batch each; `size` is the bytes of all of them."""
    for kind, some in groupby(rows, lambda row: kind_of(*row)):
        items, lines = zip(*some, strict=True)
        share = size * len(items) // len(rows)
        yield Batch(kind, list(items), lines[0], lines=lines, size=share)
