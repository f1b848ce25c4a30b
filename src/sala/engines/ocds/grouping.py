"""Bring the releases of each contracting process together and merge them, process by process."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol

from sala.engines.ocds.batches import Batch
from sala.engines.ocds.errors import MergeError, ReadError
from sala.engines.ocds.reading import ocid_of, parse

JsonObject = dict[str, Any]
# the line it began on, and a release, or the JSON text of a release or a record
Entry = tuple[int, JsonObject | bytes]


class Store(Protocol):
    """Holds releases until all have been read; what it does when they do not fit is its own business."""

    def add(self, ocid: str, entry: Entry, size: int) -> None:
        """Keep an entry; `size` is about how many bytes of JSON it is. An object may come back as its JSON."""

    def groups(self) -> Iterator[tuple[str, list[Entry]]]:
        """Each ocid once, in the order of its text, with its entries in the order they were added."""


class MemoryStore:
    """Holds everything in memory."""

    def __init__(self) -> None:
        self._entries: dict[str, list[Entry]] = {}

    def add(self, ocid: str, entry: Entry, size: int) -> None:
        """Keep an entry."""
        self._entries.setdefault(ocid, []).append(entry)

    def groups(self) -> Iterator[tuple[str, list[Entry]]]:
        """Each ocid once, sorted, with its entries; uses the store up."""
        for ocid in sorted(self._entries):
            yield ocid, self._entries.pop(ocid)


def gather(batches: Iterable[Batch], store: Store) -> int:
    """Put every release of the batches into the store; records give the releases embedded in them.

    Returns how many. Raises ReadError, with its line, for a release without an ocid and for a record that
    only links to its releases.
    """
    count = 0
    for batch in batches:
        if batch.kind == "text":
            for number, text in enumerate(batch.items):
                store.add(ocid_of(text), (batch.lines[number], text), len(text))
            count += len(batch.items)
        elif batch.kind != "package":
            count += _gather_read(batch, store)
    return count


def _gather_read(batch: Batch, store: Store) -> int:
    count, size = 0, batch.size // max(1, len(batch.items))
    for number, item in enumerate(batch.items):
        line = batch.line_of(number) if batch.lines else batch.line
        releases = [item]
        if batch.kind == "record":
            releases = _embedded(item, batch.line_of(number))
        for release in releases:
            ocid = release.get("ocid") if isinstance(release, dict) else None
            if not isinstance(ocid, str) or not ocid:
                raise ReadError("a release has no ocid", batch.line_of(number))
            store.add(ocid, (line, release), size // len(releases))
        count += len(releases)
    return count


def _embedded(record: JsonObject, line: int) -> list[JsonObject]:
    releases = record.get("releases")
    if not isinstance(releases, list) or not releases:
        raise ReadError("a record holds no releases to compile", line)
    if any(isinstance(release, dict) and "id" not in release and "url" in release for release in releases):
        raise ReadError("a record only links to its releases; compile needs them embedded", line)
    return releases


def merge_all(store: Store, merge: Callable[[list[JsonObject]], JsonObject]) -> Iterator[JsonObject]:
    """One merged release for each contracting process, in the order of ocid.

    Raises MergeError, naming the ocid, for releases that cannot be put together, and ReadError, with the
    line, for text that proves not to be a release.
    """
    for ocid, entries in store.groups():
        releases: list[JsonObject] = []
        for line, entry in entries:
            if isinstance(entry, bytes):
                _add_read(entry, line, ocid, releases)
            else:
                releases.append(entry)
        try:
            yield merge(releases)
        except MergeError as problem:
            raise MergeError(f"{ocid}: {problem}") from None


def _add_read(text: bytes, line: int, ocid: str, releases: list[JsonObject]) -> None:
    value = parse(text, line)
    if value.get("ocid") != ocid:
        raise ReadError("the ocid of this release stands twice, with different values", line)
    if "releases" in value or "compiledRelease" in value:
        releases += _embedded(value, line)
    else:
        releases.append(value)
