"""Bring the releases of each contracting process together and merge them, process by process."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol

from sala.engines.ocds.errors import MergeError, ReadError
from sala.engines.ocds.reading import Batch

JsonObject = dict[str, Any]


class Store(Protocol):
    """Holds releases until all have been read; what it does when they do not fit is its own business."""

    def add(self, ocid: str, release: JsonObject, size: int) -> None:
        """Keep a release; `size` is about how many bytes of JSON it is."""

    def groups(self) -> Iterator[tuple[str, list[JsonObject]]]:
        """Each ocid once, in the order of its text, with its releases in the order they were added."""


class MemoryStore:
    """Holds all releases in memory."""

    def __init__(self) -> None:
        self._releases: dict[str, list[JsonObject]] = {}

    def add(self, ocid: str, release: JsonObject, size: int) -> None:
        """Keep a release."""
        self._releases.setdefault(ocid, []).append(release)

    def groups(self) -> Iterator[tuple[str, list[JsonObject]]]:
        """Each ocid once, sorted, with its releases; uses the store up."""
        for ocid in sorted(self._releases):
            yield ocid, self._releases.pop(ocid)


def gather(batches: Iterable[Batch], store: Store) -> int:
    """Put every release of the batches into the store; records give the releases embedded in them.

    Returns how many. Raises ReadError, with its line, for a release without an ocid and for a record that
    only links to its releases.
    """
    count = 0
    for batch in batches:
        if batch.kind == "package":
            continue
        size = batch.size // max(1, len(batch.items))
        for number, item in enumerate(batch.items):
            releases = [item] if batch.kind == "release" else _embedded(item, batch, number)
            for release in releases:
                ocid = release.get("ocid") if isinstance(release, dict) else None
                if not isinstance(ocid, str) or not ocid:
                    raise ReadError("a release has no ocid", batch.line_of(number))
                store.add(ocid, release, size // len(releases))
            count += len(releases)
    return count


def _embedded(record: Any, batch: Batch, number: int) -> list[JsonObject]:
    releases = record.get("releases") if isinstance(record, dict) else None
    if not isinstance(releases, list) or not releases:
        raise ReadError("a record holds no releases to compile", batch.line_of(number))
    if any(isinstance(release, dict) and "id" not in release and "url" in release for release in releases):
        raise ReadError(
            "a record only links to its releases; compile needs them embedded", batch.line_of(number)
        )
    return releases


def merge_all(store: Store, merge: Callable[[list[JsonObject]], JsonObject]) -> Iterator[JsonObject]:
    """One merged release for each contracting process, in the order of ocid.

    Raises MergeError, naming the ocid, for releases that cannot be put together.
    """
    for ocid, releases in store.groups():
        try:
            yield merge(releases)
        except MergeError as problem:
            raise MergeError(f"{ocid}: {problem}") from None
