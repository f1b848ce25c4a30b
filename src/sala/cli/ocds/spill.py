"""Releases sorted by ocid in a temporary folder, so that a file larger than memory can be compiled."""

import heapq
import struct
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

from sala.engines import files
from sala.engines.ocds import numbers
from sala.engines.ocds.grouping import Entry

# ocid, line, JSON text
Row = tuple[bytes, int, bytes]
_HEAD: Final = struct.Struct("<IQI")
MAX_RUNS: Final = 64
MEMORY_BYTES: Final = 160 << 20
# an object read from JSON takes about so many times the bytes of its text
OBJECT_WEIGHT: Final = 6
# and each entry, however small, so many more for its place in the lists
ENTRY_BYTES: Final = 200


class SpillStore:
    """Keeps releases in memory up to about a limit of bytes; beyond it, in sorted runs on disk.

    The folder belongs to the caller, who removes it. Releases of one ocid keep the order of adding.
    """

    def __init__(self, folder: Path, memory_bytes: int = MEMORY_BYTES) -> None:
        self._folder, self._limit = folder, memory_bytes
        self._held: dict[str, list[Entry]] = {}
        self._held_bytes = 0
        self._runs: list[Path] = []
        self._made = 0

    def add(self, ocid: str, entry: Entry, size: int) -> None:
        """Keep an entry whose JSON is about `size` bytes."""
        held = self._held.get(ocid)
        if held is None:
            self._held[ocid] = [entry]
        else:
            held.append(entry)
        self._held_bytes += ENTRY_BYTES + (size if isinstance(entry[1], bytes) else size * OBJECT_WEIGHT)
        if self._held_bytes > self._limit:
            self._spill()

    def groups(self) -> Iterator[tuple[str, list[Entry]]]:
        """Each ocid once, in the order of its UTF-8 bytes, with its entries; uses the store up."""
        if not self._runs:
            for ocid in sorted(self._held):
                yield ocid, self._held.pop(ocid)
            return
        self._spill()
        for ocid, rows in groupby(_merged(self._runs), key=itemgetter(0)):
            yield ocid.decode(), [(line, raw) for _, line, raw in rows]

    def _spill(self) -> None:
        held = self._held
        rows = ((ocid.encode(), line, _text(one)) for ocid in sorted(held) for line, one in held[ocid])
        self._runs.append(self._write(rows))
        self._held, self._held_bytes = {}, 0
        if len(self._runs) >= MAX_RUNS:
            joined = self._write(_merged(self._runs))
            for run in self._runs:
                run.unlink()
            self._runs = [joined]

    def _write(self, rows: Iterable[Row]) -> Path:
        self._made += 1
        path = self._folder / f"run-{self._made}"
        try:
            with path.open("wb", buffering=1 << 20) as out:
                for ocid, line, raw in rows:
                    out.write(_HEAD.pack(len(ocid), line, len(raw)))
                    out.write(ocid)
                    out.write(raw)
        except OSError as problem:
            raise files.no_room(problem, self._folder) from None
        return path


def _text(entry: Any) -> bytes:
    return entry if isinstance(entry, bytes) else numbers.dumps(entry)


def _merged(runs: Iterable[Path]) -> Iterator[Row]:
    """All rows in order of ocid; of one ocid, earlier runs first."""
    return heapq.merge(*(_rows(run) for run in runs), key=itemgetter(0))


def _rows(path: Path) -> Iterator[Row]:
    with path.open("rb", buffering=1 << 18) as run:
        while head := run.read(_HEAD.size):
            ocid_size, line, raw_size = _HEAD.unpack(head)
            yield run.read(ocid_size), line, run.read(raw_size)
