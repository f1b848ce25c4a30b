"""Tiles and entry bundles (C2SP tlog-tiles v0.1): tree and entries cut into files that never change."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sala.engines.merkle.hashing import EMPTY_ROOT, HASH_BYTES, root_over

WIDTH = 256
HEIGHT = 8  # levels of the tree in one tile
LONGEST_ENTRY = 65_535

_PATH = re.compile(r"(?P<index>(?:x[0-9]{3}/)*[0-9]{3})(?:\.p/(?P<width>[0-9]{1,3}))?")

# Reads `width` hashes of tile (level, index), concatenated.
ReadTile = Callable[[int, int, int], bytes]


def tile_path(index: int, width: int = WIDTH) -> str:
    """The path of a tile or bundle: 1234067 is x001/x234/067, a partial one ends in .p/<width>."""
    groups = [f"{index % 1000:03d}"]
    while index := index // 1000:
        groups.append(f"x{index % 1000:03d}")
    return "/".join(reversed(groups)) + ("" if width == WIDTH else f".p/{width}")


def parse_tile_path(path: str) -> tuple[int, int]:
    """Index and width of a tile path. Raises ValueError for a path that `tile_path` would not write."""
    match = _PATH.fullmatch(path)
    if match is None:
        raise ValueError("not the path of a tile")
    index = int(match["index"].replace("x", "").replace("/", ""))
    width = int(match["width"] or WIDTH)
    if not 0 < width <= WIDTH or tile_path(index, width) != path:
        raise ValueError("not the path of a tile")
    return index, width


def tile_width(level: int, index: int, size: int) -> int:
    """How many hashes tile (level, index) has in a tree of `size` leaves: 0 (there is none) to 256."""
    return max(0, min(WIDTH, (size >> (HEIGHT * level)) - index * WIDTH))


def split_tile(tile: bytes) -> list[bytes]:
    """The hashes of a tile. Raises ValueError if it is cut off, empty or too wide."""
    if len(tile) % HASH_BYTES or not 0 < len(tile) <= WIDTH * HASH_BYTES:
        raise ValueError("a tile holds 1 to 256 whole hashes")
    return [tile[at : at + HASH_BYTES] for at in range(0, len(tile), HASH_BYTES)]


def write_bundle(entries: Iterable[bytes]) -> bytes:
    """An entry bundle: each entry after its length in two bytes. Raises ValueError for a longer entry."""
    parts = []
    for entry in entries:
        if len(entry) > LONGEST_ENTRY:
            raise ValueError("an entry is too long for a bundle")
        parts += [len(entry).to_bytes(2, "big"), entry]
    return b"".join(parts)


def read_bundle(bundle: bytes) -> list[bytes]:
    """The entries of a bundle. Raises ValueError if it is cut off."""
    entries, at = [], 0
    while at < len(bundle):
        length = int.from_bytes(bundle[at : at + 2], "big")
        entry = bundle[at + 2 : at + 2 + length]
        if at + 2 > len(bundle) or len(entry) != length:
            raise ValueError("an entry bundle is cut off")
        entries.append(entry)
        at += 2 + length
    return entries


@dataclass(slots=True)
class Frontier:
    """The right edge of a growing tree: for each level, the hashes that do not fill a tile yet.

    It is all that appending and computing the root need: at most 255 hashes for each level.
    """

    size: int = 0
    edges: list[list[bytes]] = field(default_factory=list)

    def append(self, leaves: Sequence[bytes]) -> dict[tuple[int, int], bytes]:
        """Add leaf hashes; returns every tile that is new or wider now, by (level, index)."""
        changed: dict[tuple[int, int], bytes] = {}
        level, index_at = 0, self.size
        hashes: Sequence[bytes] = leaves
        while hashes:
            if level == len(self.edges):
                self.edges.append([])
            row = [*self.edges[level], *hashes]
            first = index_at // WIDTH
            above: list[bytes] = []
            for offset in range(0, len(row), WIDTH):
                tile = row[offset : offset + WIDTH]
                changed[level, first + offset // WIDTH] = b"".join(tile)
                if len(tile) == WIDTH:
                    above.append(root_over(tile))
            self.edges[level] = row[len(above) * WIDTH :]
            hashes, index_at, level = above, first, level + 1
        self.size += len(leaves)
        return changed

    def root(self) -> bytes:
        """The root of the tree."""
        carried: bytes | None = None
        for edge in self.edges:
            row = edge if carried is None else [*edge, carried]
            carried = root_over(row) if row else carried
        return EMPTY_ROOT if carried is None else carried

    @classmethod
    def from_tiles(cls, size: int, read: ReadTile) -> "Frontier":
        """The frontier of a tree of `size`. Raises ValueError if `read` gives a tile of another width."""
        edges = []
        for level, index, width in edge_tiles(size):
            edges.append(_whole(read(level, index, width), width) if width else [])
        return cls(size=size, edges=edges)


def edge_tiles(size: int) -> Iterator[tuple[int, int, int]]:
    """(level, index, width) of the partial tile of each level in a tree of `size`; width 0 to 255."""
    level = 0
    while size >> (HEIGHT * level):
        count = size >> (HEIGHT * level)
        yield level, count // WIDTH, count % WIDTH
        level += 1


class TileNodes:
    """The nodes of a tree of `size`, for making proofs, read from its tiles; each tile once."""

    def __init__(self, size: int, read: ReadTile) -> None:
        self.size = size
        self._read = read
        self._tiles: dict[tuple[int, int], list[bytes]] = {}

    def __call__(self, height: int, index: int) -> bytes:
        """The hash of the complete subtree of 2^height leaves at `index`. ValueError for a bad tile."""
        level, within = divmod(height, HEIGHT)
        first = index << within
        tile = self._tile(level, first // WIDTH)
        return root_over(tile[first % WIDTH : first % WIDTH + (1 << within)])

    def _tile(self, level: int, index: int) -> list[bytes]:
        if (level, index) not in self._tiles:
            width = tile_width(level, index, self.size)
            self._tiles[level, index] = _whole(self._read(level, index, width), width)
        return self._tiles[level, index]


def _whole(tile: bytes, width: int) -> list[bytes]:
    if len(tile) != width * HASH_BYTES:
        raise ValueError(f"a tile of {width} hashes is cut off")
    return split_tile(tile)
