"""Checks a file of signatures against the log it names: who checks trusts the log's public key and nothing else."""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from sala.core.canonical import canonical_json
from sala.core.national_ids import parse_national_id
from sala.engines import merkle
from sala.engines.signatures.writing import DASHES, FORMAT, Handed, Head, text_to_sign

# Reads a path below the log's prefix ("checkpoint", "tile/entries/000").
Fetch = Callable[[str], bytes]


class Contradiction(Exception):
    """The file says something else than it was signed with, than it says elsewhere, or than the log says."""


@dataclass(frozen=True, slots=True)
class Report:
    """A file in which all fits: its head, and how many of its signatures came by each channel."""

    head: Head
    by_channel: dict[str, int]


@dataclass
class _Log:
    """The log at its present checkpoint; entries and tiles are read once, as rows come in any order of places."""

    fetch: Fetch
    checkpoint: merkle.Checkpoint
    _bundles: dict[int, list[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._nodes = merkle.TileNodes(
            self.checkpoint.size,
            lambda level, index, width: self.fetch(f"tile/{level}/{merkle.tile_path(index, width)}"),
        )

    def entry(self, position: int) -> dict[str, Any]:
        """The entry at a position, proven to be in the signed tree. Raises Contradiction."""
        size = self.checkpoint.size
        if not 0 <= position < size:
            raise Contradiction(f"position {position} is not among the {size} entries that were signed")
        index = position // merkle.WIDTH
        if index not in self._bundles:
            width = merkle.tile_width(0, index, size)
            read = merkle.read_bundle(self.fetch(f"tile/entries/{merkle.tile_path(index, width)}"))
            self._bundles[index] = read
        body = self._bundles[index][position % merkle.WIDTH]
        try:
            merkle.verify_inclusion(
                leaf=merkle.leaf_hash(body),
                position=position,
                size=size,
                proof=merkle.inclusion_proof(self._nodes, position, size),
                root=self.checkpoint.root,
            )
        except merkle.BadProof as error:
            raise Contradiction(f"entry {position} is not in the tree that was signed: {error}") from None
        found: dict[str, Any] = json.loads(body)
        return found


def check_file(
    lines: Iterable[bytes],
    *,
    key: merkle.VerifierKey,
    fetch: Fetch,
    kind: str,
    progress: Callable[[int], None] = lambda done: None,
) -> Report:
    """Check a file, given as its lines: signed by `key`, as many as it says, nobody twice, each in the log by proof.

    `kind` is how the log calls the entry of a signature.
    Raises Contradiction with what does not fit, in a sentence; ValueError for what is no such file.
    """
    head, rows, digest, note = _take_apart(lines)
    try:
        parsed = merkle.parse_note(note)
        merkle.verify_note(parsed, [key])
        checkpoint = merkle.open_checkpoint(fetch("checkpoint").decode(), key)
    except merkle.BadNote as error:
        raise Contradiction(f"not signed by this log: {error}") from None
    if parsed.text != text_to_sign(head, digest):
        raise Contradiction("the lines are not those that were signed")
    _require_whole(head, rows)
    log = _Log(fetch, checkpoint)
    by_channel: dict[str, int] = {}
    for done, row in enumerate(sorted(rows, key=lambda row: row.position), start=1):
        _require_recorded(head, row, log.entry(row.position), kind)
        by_channel[row.channel] = by_channel.get(row.channel, 0) + 1
        progress(done)
    return Report(head, by_channel)


def _take_apart(lines: Iterable[bytes]) -> tuple[Head, list[Handed], str, str]:
    """Head, rows, SHA-256 of what stands above the dashes, and the note. Raises ValueError."""
    digest, rows, note = hashlib.sha256(), [], ""
    given = iter(lines)
    first = next(given, b"")
    try:
        values = json.loads(first)
        if values.pop("format", "") != FORMAT:
            raise ValueError
        head = Head(**values)
        digest.update(first)
        for line in given:
            if line == DASHES.encode():
                note = b"".join(given).decode()
                break
            digest.update(line)
            rows.append(Handed(**json.loads(line)))
    except (ValueError, TypeError, AttributeError):
        raise ValueError(f"line {len(rows) + 2}: this is no file of signatures") from None
    if not note:
        raise ValueError("the file is cut off: its signature is missing")
    return head, rows, digest.hexdigest(), note


def _require_whole(head: Head, rows: list[Handed]) -> None:
    """Numbers fit, nobody is there twice, citizen numbers are such."""
    if len(rows) != head.count:
        raise Contradiction(f"{len(rows)} signatures are there, {head.count} are told")
    if (confirmed := sum(row.finding == "confirmed" for row in rows)) != head.confirmed:
        raise Contradiction(f"{confirmed} signatures are confirmed, {head.confirmed} are told")
    seen: dict[str, set[object]] = {"mark": set(), "position": set(), "number": set()}
    for place, row in enumerate(rows, start=1):
        values = asdict(row)
        for name, known in seen.items():
            value = values[name]
            if value in known:
                raise Contradiction(
                    f"signature {place} has the {name} of another one: somebody is there twice"
                )
            if value != "":
                known.add(value)
        if row.number:
            _require_number(row.number, place)


def _require_number(number: str, place: int) -> None:
    try:
        parse_national_id(number)
    except ValueError:
        raise Contradiction(f"signature {place} has a number that is no citizen's") from None


def _require_recorded(head: Head, row: Handed, entry: dict[str, Any], kind: str) -> None:
    """The entry is that of a signature of this collection, and commits to what the row says."""
    where = f"entry {row.position}"
    if entry.get("kind") != kind:
        raise Contradiction(f"{where} is no signature")
    if entry.get("content") != {"collection": head.collection, "purpose": head.purpose}:
        raise Contradiction(f"{where} is a signature of another collection")
    private = {"mark": row.mark, "area": row.area, "channel": row.channel, "level": row.level}
    commitment = hmac.new(bytes.fromhex(row.salt), canonical_json(private), hashlib.sha256).hexdigest()
    if commitment != entry.get("commitment"):
        raise Contradiction(f"{where} was made for something else than the file says of this signature")
