"""Reading the log: entries by position, checkpoints, tiles, bundles and proofs."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Max, QuerySet

from sala.commons.ledger import keys, rules
from sala.commons.ledger.models import Entry, Head, Leaf, Tile
from sala.core.errors import Invalid, NotFound
from sala.engines import merkle
from sala.platform.rows import read_kept

MOST_ENTRIES = 1000
# How far one page of a filtered feed looks; a rare kind gives short pages, never a slow one.
WINDOW = 5000


@dataclass(frozen=True, slots=True)
class LoggedEntry:
    """An entry with its position; `body` is the canonical JSON that was hashed into the tree."""

    position: int
    body: bytes

    @property
    def content(self) -> dict[str, Any]:
        """The entry's values."""
        values: dict[str, Any] = json.loads(self.body)
        return values


FILTERS = ("kind", "agency", "area", "matter")
WORD = r"[\w.~-]{1,60}"
_WORD = re.compile(WORD)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which entries someone wants; None is all. Values are a kind ("complaint.filed"), codes, a reference."""

    kind: str | None = None
    agency: str | None = None
    area: str | None = None
    matter: str | None = None

    def __post_init__(self) -> None:
        """Raises Invalid for what can be no code, name or reference."""
        values = {name: getattr(self, name) for name in FILTERS}
        wrong = {name: "invalid" for name, value in values.items() if value and not _WORD.fullmatch(value)}
        if wrong:
            raise Invalid("invalid", wrong)

    @classmethod
    def of(cls, values: Mapping[str, str | None]) -> "Filters":
        """Those among `values` that are filters; an empty text is none. Raises Invalid."""
        return cls(**{name: values.get(name) or None for name in FILTERS})

    def admit(self, entry: "LoggedEntry") -> bool:
        """Whether an entry is wanted."""
        if self == _EVERYTHING:
            return True
        content = entry.content
        return all(
            wanted is None or content[name] == wanted
            for name, wanted in (
                ("kind", self.kind),
                ("agency", self.agency),
                ("area", self.area),
                ("matter", self.matter),
            )
        )


_EVERYTHING = Filters()


@dataclass(frozen=True, slots=True)
class Page:
    """Entries after a cursor. `next_after` is where to go on, even if there are fewer than asked for."""

    entries: tuple[LoggedEntry, ...]
    next_after: int
    size: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """That an entry is in the log: its leaf hash, the proof from there, and the checkpoint it leads to."""

    leaf: bytes
    proof: tuple[bytes, ...]
    checkpoint: str
    size: int
    root: bytes
    signed_at: datetime | None

    def to_keep(self, position: int) -> str:
        """The proof as a file that anyone can check offline (C2SP tlog-proof)."""
        return merkle.write_proof(position=position, proof=self.proof, checkpoint=self.checkpoint)


def count_entries() -> int:
    """How many entries the log has."""
    return Head.objects.values_list("size", flat=True).first() or 0


def get_checkpoint() -> str:
    """The published checkpoint, a signed note. Raises NotFound before the first entry."""
    published = Head.objects.values_list("published", flat=True).first()
    if not published:
        raise NotFound("not_found")
    return published


def get_entry(position: int) -> LoggedEntry:
    """The entry at a position. Raises NotFound if the log is not that long."""
    body = Leaf.objects.filter(position=position).values_list("entry__body", flat=True).first()
    if body is None:
        raise NotFound("not_found")
    return LoggedEntry(position, bytes(body))


def list_newest(count: int) -> tuple[LoggedEntry, ...]:
    """The last `count` entries, newest first."""
    rows = Leaf.objects.order_by("-position").values_list("position", "entry__body")[:count]
    return tuple(LoggedEntry(position, bytes(body)) for position, body in rows)


def list_entries(
    *, after: int = -1, limit: int = 100, filters: Filters = _EVERYTHING, of_matters: bool = False
) -> Page:
    """Up to `limit` (1 to 1000) wanted entries with positions beyond `after`, in order.

    `of_matters` leaves out what belongs to no matter: signatures by the million, which nobody reads one by one.
    Raises Invalid for another limit. A page looks at 5,000 positions at most, or follows a matter's index.
    """
    _require_limit(limit)
    size = count_entries()
    reach = WINDOW if of_matters else _reach(limit, filters)
    end = size if filters.matter else min(size, after + 1 + reach)
    leaves = Leaf.objects.filter(position__gt=after, position__lt=end)
    if of_matters:
        leaves = leaves.filter(matter__isnull=False)
    entries = _read(_wanted(leaves, filters).order_by("position")[:limit])
    last = entries[-1].position if len(entries) == limit else max(after, end - 1)
    return Page(entries=entries, next_after=last, size=size)


def list_entries_before(
    before: int | None = None, *, limit: int = 100, filters: Filters = _EVERYTHING
) -> tuple[tuple[LoggedEntry, ...], int]:
    """Up to `limit` wanted entries below position `before` (None: the newest), the newest first; and where to go on.

    That is the `before` of the next page, 0 at the beginning of the log. Raises Invalid as `list_entries` does.
    """
    _require_limit(limit)
    end = count_entries() if before is None else min(before, count_entries())
    start = 0 if filters.matter else max(0, end - _reach(limit, filters))
    leaves = Leaf.objects.filter(position__gte=start, position__lt=end)
    entries = _read(_wanted(leaves, filters).order_by("-position")[:limit])
    return entries, entries[-1].position if len(entries) == limit else start


def _require_limit(limit: int) -> None:
    if not 1 <= limit <= MOST_ENTRIES:
        raise Invalid("invalid", {"limit": "invalid"})


def _reach(limit: int, filters: Filters) -> int:
    return limit if filters == _EVERYTHING else WINDOW


def _wanted(leaves: QuerySet[Leaf], filters: Filters) -> QuerySet[Leaf]:
    columns = {"matter": filters.matter, "entry__kind": filters.kind}
    columns |= {"entry__agency": filters.agency, "entry__area": filters.area}
    return leaves.filter(**{name: value for name, value in columns.items() if value is not None})


def _read(leaves: QuerySet[Leaf]) -> tuple[LoggedEntry, ...]:
    rows = leaves.values_list("position", "entry__body")
    return tuple(LoggedEntry(position, bytes(body)) for position, body in rows)


def mark_of_log() -> str:
    """A short text that changes with every entry: what is read at a cursor is the same while it is."""
    checkpoint = Head.objects.values_list("checkpoint", flat=True).first() or ""
    return hashlib.sha256(checkpoint.encode()).hexdigest()[:24]


def get_tile(level: int, index: int, width: int) -> bytes:
    """The first `width` hashes of a tile. Raises NotFound if the log has not that many."""
    hashes = Tile.objects.filter(level=level, index=index).values_list("hashes", flat=True).first()
    tile = bytes(hashes or b"")[: width * merkle.HASH_BYTES]
    if len(tile) < width * merkle.HASH_BYTES:
        raise NotFound("not_found")
    return tile


def get_bundle(index: int, width: int) -> bytes:
    """The first `width` entries of an entry bundle. Raises NotFound if the log has not that many."""
    first = index * merkle.WIDTH
    leaves = Leaf.objects.filter(position__gte=first, position__lt=first + width).order_by("position")
    bodies = [bytes(body) for body in leaves.values_list("entry__body", flat=True)]
    if len(bodies) < width:
        raise NotFound("not_found")
    return merkle.write_bundle(bodies)


def get_evidence(position: int) -> Evidence:
    """The proof that the entry at `position` is in the log, up to the newest checkpoint that covers it.

    That is the published one (with its witnesses), or the newest one while the entry is newer than that.
    Raises NotFound if the log is not that long.
    """
    head = Head.objects.first()
    if head is None or not 0 <= position < head.size:
        raise NotFound("not_found")
    note = head.published if position < head.published_size else head.checkpoint
    checkpoint = merkle.parse_checkpoint(merkle.parse_note(note).text)
    nodes = merkle.TileNodes(checkpoint.size, read_tile)
    return Evidence(
        leaf=nodes(0, position),
        proof=tuple(merkle.inclusion_proof(nodes, position, checkpoint.size)),
        checkpoint=note,
        size=checkpoint.size,
        root=checkpoint.root,
        signed_at=head.published_at if note == head.published else head.signed_at,
    )


def prove_growth(old: int, new: int) -> Sequence[bytes]:
    """The consistency proof between two sizes of this log. Raises ValueError if it never had them."""
    return merkle.consistency_proof(merkle.TileNodes(new, read_tile), old, new)


def read_tile(level: int, index: int, width: int) -> bytes:
    """A tile for the engine, which checks its length itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT hashes FROM ledger_tile WHERE level = %s AND index = %s", [level, index])
        row = cursor.fetchone()
    return bytes(row[0])[: width * merkle.HASH_BYTES] if row else b""


def newest_entry_at() -> datetime | None:
    """When the newest entry happened, with a position or without; None before the first."""
    found: datetime | None = Entry.objects.aggregate(last=Max("occurred_at"))["last"]
    return found


def find_position(entry_id: int) -> int | None:
    """The position of a recorded entry, or None while it has none yet (a moment after its commit)."""
    return Leaf.objects.filter(entry_id=entry_id).values_list("position", flat=True).first()


def count_waiting() -> int:
    """Entries without a position: a few at most while a sequencer runs."""
    return Entry.objects.filter(leaf__isnull=True).count()


@dataclass(frozen=True, slots=True)
class Backlog:
    """How far the log is: entries in it, those of late without a position, and since when the oldest waits."""

    size: int
    waiting: int
    oldest: datetime | None


def look_at_backlog() -> Backlog:
    """How far the log is, cheaply: only the newest 20,000 entries are looked at."""
    with connection.cursor() as cursor:
        cursor.execute(_BACKLOG)
        size, waiting, oldest = cursor.fetchone()
    return Backlog(size or 0, waiting, oldest)


def entries_of_matter(*names: str) -> tuple[LoggedEntry, ...]:
    """Every entry about a matter, in order; those of the last moment, which have no position yet, with -1.

    `names` are what it is called in the log. If one of its entries says what it `continues`, what was recorded
    under that earlier name belongs to it too. One query for a matter of one name: the positioned ones by the
    matter's index, the newest few thousand rows of the table by key.
    """
    found = _recorded_under(names)
    earlier = {name for entry in found if (name := _continued(entry))}.difference(names)
    return entries_of_matter(*names, *sorted(earlier)) if earlier else found


def _recorded_under(names: Sequence[str]) -> tuple[LoggedEntry, ...]:
    found = read_kept(_OF_MATTER, {"names": list(names)})
    known = {entry_id for position, entry_id, _ in found if position >= 0}
    return tuple(
        LoggedEntry(position, bytes(body))
        for position, entry_id, body in sorted(found, key=lambda row: (row[0] < 0, row[0], row[1]))
        if position >= 0 or entry_id not in known
    )


def _continued(entry: LoggedEntry) -> str:
    """The earlier name that an entry says its matter had; "" for nearly all."""
    return (entry.content["content"].get("continues") or "") if b'"continues":"' in entry.body else ""


# Of the second part what has a position is left out afterwards: asking each of the newest for its leaf costs more.
_OF_MATTER = (
    "SELECT leaf.position, leaf.entry_id, entry.body FROM ledger_leaf leaf"
    " JOIN ledger_entry entry ON entry.id = leaf.entry_id WHERE leaf.matter = ANY (%(names)s::text[])"
    " UNION ALL SELECT -1, id, body FROM ledger_entry"
    " WHERE id > (SELECT coalesce(max(id), 0) - 2000 FROM ledger_entry) AND matter = ANY (%(names)s::text[])"
)


def find_entry_ids(positions: Iterable[int]) -> dict[int, int]:
    """The row ids of the entries at these positions, by position; those beyond the end are absent. One query."""
    leaves = Leaf.objects.filter(position__in=list(positions))
    return dict(leaves.values_list("position", "entry_id"))


def name_of_log() -> str:
    """The log's name, with which its checkpoints begin."""
    return keys.log_signer().name


def sign_text(text: str) -> str:
    """A text that is no checkpoint, signed with the log's key, as a signed note; for files that are handed over.

    Raises ValueError for one that could pass for a checkpoint: those only the sequencer signs.
    """
    signer = keys.log_signer()
    if text.split("\n", 1)[0] == signer.name:
        raise ValueError("only the sequencer signs checkpoints")
    return merkle.write_note(text, [signer.sign(text)])


def find_positions(entry_ids: Iterable[int]) -> dict[int, int]:
    """The positions of entries by their row ids; those that have none yet are absent. One query."""
    leaves = Leaf.objects.filter(entry_id__in=list(entry_ids))
    return dict(leaves.values_list("entry_id", "position"))


def list_recorded(entry_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The values of entries by their row ids, whether they have a position yet or not. One query."""
    rows = Entry.objects.filter(pk__in=list(entry_ids)).values_list("pk", "body")
    return {entry_id: json.loads(bytes(body)) for entry_id, body in rows}


# The commitment to private content, for whoever keeps content and salt and wants to know whether they still fit.
commit_to = rules.commit_to

_BACKLOG = (
    "SELECT (SELECT size FROM ledger_head), count(*), min(occurred_at) FROM ledger_entry entry"
    " WHERE id > (SELECT coalesce(max(id), 0) - 20000 FROM ledger_entry)"
    " AND NOT EXISTS (SELECT 1 FROM ledger_leaf leaf WHERE leaf.entry_id = entry.id)"
)
