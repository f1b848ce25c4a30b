"""Bring the releases of each contracting process together and merge them, process by process."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sala.engines.ocds.batches import Batch
from sala.engines.ocds.errors import MergeError, OcdsError, ReadError
from sala.engines.ocds.order import doubt_order, sort_releases
from sala.engines.ocds.reading import OnFault, parse, raise_fault
from sala.engines.ocds.unread import ocid_of

JsonObject = dict[str, Any]
Merge = Callable[[Sequence[JsonObject]], JsonObject]
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


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about a contracting process that a person should know, though it was merged."""

    line: int
    ocid: str
    reason: str


def gather(batches: Iterable[Batch], store: Store, on_fault: OnFault = raise_fault) -> int:
    """Put every release of the batches into the store; records give the releases embedded in them.

    Returns how many. `on_fault` is told, with its line, of a release without an ocid and of a record that only
    links to its releases; where it returns, the others are gathered. By itself it raises ReadError.
    """
    count = 0
    for batch in batches:
        if batch.kind == "text":
            for number, text in enumerate(batch.items):
                store.add(ocid_of(text), (batch.lines[number], text), len(text))
            count += len(batch.items)
            continue
        size = batch.size // max(1, len(batch.items))
        for number, item in enumerate(batch.items):
            try:
                if batch.kind == "package":
                    _expect_lists(item, batch)
                else:
                    count += _gather_item(batch, number, size, store)
            except ReadError as fault:
                on_fault(fault)
    return count


def _expect_lists(package: Any, batch: Batch) -> None:
    """What a package holds has been taken out of it, unless it was no list, or there was none."""
    for name in ("releases", "records"):
        if isinstance(package, dict) and name in package:
            value = package[name]
            raise ReadError(f"{name} is {'null' if value is None else 'not a list'}", batch.line)
    if not batch.where:
        raise ReadError("neither a release nor a package that holds any", batch.line)


def _gather_item(batch: Batch, number: int, size: int, store: Store) -> int:
    item = batch.items[number]
    line = batch.line_of(number) if batch.lines else batch.line
    found = [item]
    if batch.kind == "record":
        releases, compiled = _contents(item, batch.line_of(number))
        # a record with nothing but a compiled release stays a record until it is known what else there is
        found = releases if compiled is None else [item]
    for one in found:
        ocid = one.get("ocid") if isinstance(one, dict) else None
        if not isinstance(ocid, str) or not ocid:
            raise ReadError("a release has no ocid", batch.line_of(number))
    for one in found:
        store.add(one["ocid"], (line, one), size // len(found))
    return len(found)


def _contents(record: JsonObject, line: int) -> tuple[list[JsonObject], JsonObject | None]:
    """(releases, None) of a record that holds its releases, or ([], compiled release) of one that holds only that."""
    releases = record.get("releases")
    held = releases if isinstance(releases, list) else []
    linked = [one for one in held if isinstance(one, dict) and "id" not in one and "url" in one]
    if held and not linked:
        return held, None
    compiled = record.get("compiledRelease")
    if isinstance(compiled, dict):
        return [], compiled
    if linked:
        raise ReadError("a record only links to its releases; compile needs them embedded", line)
    raise ReadError("a record holds no releases to compile", line)


def merge_all(
    store: Store,
    merge: Merge,
    *,
    on_fault: Callable[[OcdsError], None] | None = None,
    on_notice: Callable[[Notice], None] | None = None,
    passes_compiled: bool = True,
) -> Iterator[JsonObject]:
    """One merged release for each contracting process, in the order of ocid.

    Raises MergeError, naming the ocid, for releases that cannot be put together, and ReadError, with the line,
    for text that proves not to be a release; `on_fault` is told instead, the process left out, the others merged.
    A process of which there is only a compiled release is passed on as it is where `passes_compiled`. `on_notice`
    hears of that, and of dates that tell no order.
    """
    for ocid, entries in store.groups():
        try:
            yield _merged(ocid, entries, merge, on_notice or (lambda notice: None), passes_compiled)
        except (ReadError, MergeError) as problem:
            if on_fault is None:
                raise
            on_fault(problem)


def _merged(
    ocid: str, entries: list[Entry], merge: Merge, notify: Callable[[Notice], None], passes_compiled: bool
) -> JsonObject:
    line = entries[0][0]
    releases: list[JsonObject] = []
    compiled: list[JsonObject] = []
    for at, entry in entries:
        _add(entry, at, ocid, releases, compiled)
    try:
        if not releases:
            return _passed_on(ocid, line, compiled, notify, passes_compiled)
        if compiled:
            notify(
                Notice(
                    line, ocid, "a compiledRelease is left out, for releases of the same process are there"
                )
            )
        doubt = doubt_order(releases)
        if doubt is not None:
            notify(Notice(line, ocid, doubt))
        return merge(releases)
    except MergeError as problem:
        raise MergeError(problem.reason, ocid, line) from None


def _add(
    entry: JsonObject | bytes, line: int, ocid: str, releases: list[JsonObject], compiled: list[JsonObject]
) -> None:
    value = parse(entry, line) if isinstance(entry, bytes) else entry
    if value.get("ocid") != ocid:
        raise ReadError("the ocid of this release stands twice, with different values", line)
    if "releases" in value or "compiledRelease" in value:
        found, only = _contents(value, line)
        releases += found
        compiled += [] if only is None else [only]
    else:
        releases.append(value)


def _passed_on(
    ocid: str, line: int, compiled: list[JsonObject], notify: Callable[[Notice], None], passes_compiled: bool
) -> JsonObject:
    if not passes_compiled:
        raise MergeError("there is only a compiledRelease, which does not tell what was said when")
    latest = sort_releases(compiled)[-1]
    if latest.get("ocid") != ocid:
        raise MergeError("its compiledRelease has another ocid")
    notify(Notice(line, ocid, "there are no releases, only a compiledRelease; it is passed on as it is"))
    return latest
