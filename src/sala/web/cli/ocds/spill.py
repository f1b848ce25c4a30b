"""Releases sorted by ocid in a temporary folder, so that a file larger than memory can be compiled."""

import heapq
import struct
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

import orjson

JsonObject = dict[str, Any]
Entry = tuple[bytes, bytes]
_LENGTHS: Final = struct.Struct("<II")
MAX_RUNS: Final = 64
MEMORY_BYTES: Final = 32 << 20


class SpillStore:
    """Keeps releases in memory up to a limit of JSON bytes; beyond it, in sorted runs on disk.

    The folder belongs to the caller, who removes it. Releases of one ocid keep the order of adding.
    """

    def __init__(self, folder: Path, memory_bytes: int = MEMORY_BYTES) -> None:
        self._folder, self._limit = folder, memory_bytes
        self._held: dict[str, list[JsonObject]] = {}
        self._held_bytes = 0
        self._runs: list[Path] = []
        self._made = 0

    def add(self, ocid: str, release: JsonObject, size: int) -> None:
        """Keep a release of about `size` bytes of JSON."""
        held = self._held.get(ocid)
        if held is None:
            self._held[ocid] = [release]
        else:
            held.append(release)
        self._held_bytes += size
        if self._held_bytes > self._limit:
            self._spill()

    def groups(self) -> Iterator[tuple[str, list[JsonObject]]]:
        """Each ocid once, in the order of its UTF-8 bytes, with its releases; uses the store up."""
        if not self._runs:
            for ocid in sorted(self._held):
                yield ocid, self._held.pop(ocid)
            return
        self._spill()
        for ocid, entries in groupby(_merged(self._runs), key=itemgetter(0)):
            yield ocid.decode(), [orjson.loads(raw) for _, raw in entries]

    def _spill(self) -> None:
        entries = (
            (ocid.encode(), orjson.dumps(release))
            for ocid in sorted(self._held)
            for release in self._held[ocid]
        )
        self._runs.append(self._write(entries))
        self._held, self._held_bytes = {}, 0
        if len(self._runs) >= MAX_RUNS:
            joined = self._write(_merged(self._runs))
            for run in self._runs:
                run.unlink()
            self._runs = [joined]

    def _write(self, entries: Iterable[Entry]) -> Path:
        self._made += 1
        path = self._folder / f"run-{self._made}"
        with path.open("wb", buffering=1 << 20) as out:
            for ocid, raw in entries:
                out.write(_LENGTHS.pack(len(ocid), len(raw)) + ocid + raw)
        return path


def _merged(runs: Iterable[Path]) -> Iterator[Entry]:
    """All entries in order of ocid; of one ocid, earlier runs first."""
    return heapq.merge(*(_entries(run) for run in runs), key=itemgetter(0))


def _entries(path: Path) -> Iterator[Entry]:
    with path.open("rb", buffering=1 << 18) as run:
        while head := run.read(_LENGTHS.size):
            ocid_size, raw_size = _LENGTHS.unpack(head)
            yield run.read(ocid_size), run.read(raw_size)
