"""Checking a log from outside: rebuild the tree from what it serves, compare with what it signed, remember it."""

import base64
import json
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sala.engines import merkle

AT_ONCE = 4

Fetch = Callable[[str], bytes]
Tell = Callable[[int, int], None]


class Contradiction(Exception):
    """The log serves something else than it signed, or signed two histories: evidence to keep."""


class Unreadable(Exception):
    """The log could not be read."""


class Missing(Unreadable):
    """The log says that it has no such thing."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What an earlier audit saw and verified: a checkpoint note and the right edge of its tree."""

    note: str
    frontier: merkle.Frontier


@dataclass(frozen=True, slots=True)
class Report:
    """A log that is as signed; `continues` is the size of the remembered log that it continues, if any."""

    note: str
    checkpoint: merkle.Checkpoint
    frontier: merkle.Frontier
    continues: int | None


def audit(
    *,
    fetch: Fetch,
    key: merkle.VerifierKey,
    remembered: Memory | None,
    progress: Tell,
    former: Sequence[merkle.VerifierKey] = (),
) -> Report:
    """Check checkpoint, entries, tiles and growth of a log; `fetch` reads a path below its prefix.

    `former` are keys of the names that the log had before restores: what was remembered under one of them must be
    the beginning of this log.

    Raises Contradiction if anything does not fit what was signed, Unreadable if something is missing.
    """
    note = _text(fetch("checkpoint"))
    try:
        checkpoint = merkle.open_checkpoint(note, key)
    except merkle.BadNote as error:
        raise Contradiction(f"the checkpoint: {error}") from None
    frontier, continues = merkle.Frontier(), None
    if remembered:
        continues = _require_growth(remembered, checkpoint, [key, *former])
        frontier = merkle.Frontier(remembered.frontier.size, [list(e) for e in remembered.frontier.edges])
    for tile, served in _read_on(fetch, frontier.size, checkpoint.size):
        _add(frontier, tile, served, lambda *found: _blame(fetch, checkpoint, *found))
        progress(frontier.size, checkpoint.size)
    _require_upper_tiles(fetch, frontier)
    if frontier.root() != checkpoint.root:
        raise Contradiction("the entries do not give the root that was signed")
    return Report(note=note, checkpoint=checkpoint, frontier=frontier, continues=continues)


def require_quorum(
    note: str, witnesses: Sequence[merkle.VerifierKey], quorum: int
) -> list[tuple[str, datetime]]:
    """Which of the trusted witnesses cosigned, and when. Raises Contradiction if fewer than `quorum` did."""
    if not quorum:
        return []
    try:
        signed = merkle.verify_note(merkle.parse_note(note), witnesses)
    except merkle.BadNote as error:
        raise Contradiction(f"only 0 of the needed {quorum} witnesses cosigned: {error}") from None
    if len(signed) < quorum:
        raise Contradiction(f"only {len(signed)} of the needed {quorum} witnesses cosigned")
    return sorted((key.name, datetime.fromtimestamp(at or 0, UTC)) for key, at in signed.items())


def load_memory(path: Path | None) -> Memory | None:
    """What an earlier run remembered, None if nothing. Raises ValueError for a damaged file."""
    if path is None or not path.exists():
        return None
    try:
        values = json.loads(path.read_text())
        edges = [[base64.b64decode(part) for part in edge] for edge in values["edges"]]
        return Memory(values["checkpoint"], merkle.Frontier(values["size"], edges))
    except (KeyError, TypeError, ValueError):
        raise ValueError(f"{path} is not a file this command wrote") from None


def save_memory(path: Path, report: Report) -> None:
    """Remember what was verified, whole or not at all."""
    edges = [[merkle.write_hash(part) for part in edge] for edge in report.frontier.edges]
    values = {"checkpoint": report.note, "size": report.frontier.size, "edges": edges}
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(json.dumps(values))
    os.replace(fresh, path)


def _require_growth(remembered: Memory, new: merkle.Checkpoint, keys: Sequence[merkle.VerifierKey]) -> int:
    name = merkle.parse_note(remembered.note).text.split("\n", 1)[0]
    known = {key.name: key for key in reversed(keys)}
    try:
        old = merkle.open_checkpoint(remembered.note, known.get(name, keys[0]))
    except merkle.BadNote as error:
        why = f"{error}; if the log has another name since a restore, say its former key: --former-key"
        raise Contradiction(f"the remembered checkpoint: {why}") from None
    if (remembered.frontier.size, remembered.frontier.root()) != (old.size, old.root):
        raise ValueError("the remembered tree does not fit its checkpoint")
    if new.size < old.size:
        raise Contradiction(f"the log went back from {old.size} to {new.size} entries")
    if new.size == old.size and new.root != old.root:
        raise Contradiction(f"the log signed two different histories of {new.size} entries")
    return old.size


@dataclass(frozen=True, slots=True)
class _Tile:
    index: int
    width: int
    path: str


def _read_on(fetch: Fetch, start: int, end: int) -> Iterator[tuple[_Tile, tuple[bytes, bytes]]]:
    """Bundles and leaf tiles that hold the entries from `start` to `end`, in order, some at once."""
    tiles = []
    for index in range(start // merkle.WIDTH, -(-end // merkle.WIDTH)):
        width = merkle.tile_width(0, index, end)
        tiles.append(_Tile(index, width, merkle.tile_path(index, width)))

    def read(tile: _Tile) -> tuple[bytes, bytes]:
        try:
            return fetch(f"tile/entries/{tile.path}"), fetch(f"tile/0/{tile.path}")
        except Missing:
            raise Contradiction(_name_missing(fetch, tile, end)) from None

    with ThreadPoolExecutor(AT_ONCE) as readers:
        yield from zip(tiles, readers.map(read, tiles), strict=True)


def _add(
    frontier: merkle.Frontier,
    tile: _Tile,
    served: tuple[bytes, bytes],
    blame: Callable[[int, bytes, bytes], str],
) -> None:
    bundle, hashes = served
    try:
        leaves = [merkle.leaf_hash(entry) for entry in merkle.read_bundle(bundle)]
        told = merkle.split_tile(hashes)
    except ValueError as error:
        raise Contradiction(f"tile {tile.path}: {error}") from None
    first = tile.index * merkle.WIDTH
    if len(leaves) != tile.width or len(told) != tile.width:
        there = min(len(leaves), len(told))
        raise Contradiction(f"tile {tile.path} ends before entry {first + there}, which was signed")
    for position, (leaf, hashed) in enumerate(zip(leaves, told, strict=True), start=first):
        if leaf != hashed:
            raise Contradiction(blame(position, leaf, hashed))
    known = frontier.size - first
    for position, (seen, leaf) in enumerate(
        zip(frontier.edges[0] if known else [], leaves, strict=False), first
    ):
        if seen != leaf:
            raise Contradiction(f"entry {position} was rewritten since it was seen, and signed again")
    frontier.append(leaves[known:])


def _blame(fetch: Fetch, checkpoint: merkle.Checkpoint, position: int, leaf: bytes, hashed: bytes) -> str:
    """In words, what was changed: the entry at `position` (which hashes to `leaf`), or its hash in the tile."""
    nodes = merkle.TileNodes(
        checkpoint.size, lambda level, index, width: fetch(f"tile/{level}/{merkle.tile_path(index, width)}")
    )
    proof = merkle.inclusion_proof(nodes, position, checkpoint.size)

    def is_signed(value: bytes) -> bool:
        try:
            merkle.verify_inclusion(
                leaf=value, position=position, size=checkpoint.size, proof=proof, root=checkpoint.root
            )
        except merkle.BadProof:
            return False
        return True

    if is_signed(hashed):
        return f"entry {position} was changed after it was signed"
    if is_signed(leaf):
        return f"entry {position} is as it was signed, but its hash in the tree was changed"
    return f"entry {position} does not fit its hash in the tree, and neither fits what was signed"


def _name_missing(fetch: Fetch, tile: _Tile, end: int) -> str:
    """In words, which entry of a tile that is not given is not there."""
    for position in range(tile.index * merkle.WIDTH, tile.index * merkle.WIDTH + tile.width):
        try:
            fetch(f"{position}/entry.json")
        except Missing:
            return f"entry {position} is missing: {end} entries were signed, and this one is not given"
    return f"tile {tile.path} is missing, though its entries are there"


def _require_upper_tiles(fetch: Fetch, frontier: merkle.Frontier) -> None:
    """The partial tiles above the leaves, which proofs are made of, must be those of the rebuilt tree."""
    for level, index, width in merkle.edge_tiles(frontier.size):
        if level and width:
            served = fetch(f"tile/{level}/{merkle.tile_path(index, width)}")
            expected = b"".join(frontier.edges[level])
            if served != expected:
                same = len(os.path.commonprefix([served, expected]))
                wrong = min(same // merkle.HASH_BYTES, width - 1)
                span = merkle.WIDTH**level
                first = (index * merkle.WIDTH + wrong) * span
                raise Contradiction(
                    f"tile {level}/{index} is not that of entries {first} to {first + span - 1} below it"
                )


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise Contradiction("the checkpoint is no text") from None
