"""Open what is to be read: a file, gzip or not, or standard input; within a budget, and told by its name.

A gzip file of some kilobytes can unpack to gigabytes. What a command reads as a stream costs it only time, but
most text ends up in memory: so what unpacks to more than a plain file of that kind ever does is refused.
"""

import gzip
import io
import os
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO, Final, cast

from sala.engines.files.encodings import CHUNK, encoding_of, to_utf8
from sala.engines.files.errors import UnreadableError, label_of, words_of
from sala.engines.files.scratch import no_room, scratch_file

GZIP_MARK: Final = b"\x1f\x8b"
#: What reading a damaged .gz may raise.
DAMAGED: Final = (gzip.BadGzipFile, EOFError, zlib.error)
_MEGABYTE: Final = 1 << 20
Advance = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Budget:
    """How much may come out of a packed file, and how much of any file may be held whole; in bytes.

    `times`: so many times its packed size a .gz may unpack to, beyond `free` bytes that it may always. Tables
    and JSON pack to between a fifth and a sixtieth; deflate at its utmost packs to a thousandth.
    """

    times: int = 200
    free: int = 64 * _MEGABYTE
    whole: int = 512 * _MEGABYTE


@contextmanager
def open_bytes(name: str, *, budget: Budget = Budget(), advance: Advance | None = None) -> Iterator[BinaryIO]:
    """The plain bytes of a file (`-` for standard input), unpacked where they are gzip.

    `advance` is told how many bytes of the file, as it lies there, have been read.
    Raises UnreadableError, on opening or on any later read.
    """
    label = label_of(name)
    with ExitStack() as stack:
        source = _Source(_open_raw(name, label, stack), label, advance)
        counted = io.BufferedReader(source, CHUNK)
        # closed with the block: what reads on afterwards is a mistake and should be told so
        stack.callback(counted.close)
        if _starts_with_gzip(counted):
            packed = gzip.GzipFile(fileobj=counted, mode="rb")
            yield cast(BinaryIO, io.BufferedReader(_Unpacked(packed, source, label, budget), CHUNK))
        else:
            yield cast(BinaryIO, counted)


def _open_raw(name: str, label: str, stack: ExitStack) -> IO[bytes]:
    if name == "-":
        return cast(IO[bytes], sys.stdin.buffer)
    if os.path.isdir(name):
        raise UnreadableError(label, "this is a folder, not a file")
    try:
        return stack.enter_context(open(name, "rb", buffering=0))
    except FileNotFoundError:
        raise UnreadableError(label, "there is no such file") from None
    except (OSError, ValueError) as problem:  # ValueError: a zero byte in the name
        raise UnreadableError(label, f"cannot be opened ({words_of(problem)})") from None


def _starts_with_gzip(stream: "io.BufferedReader[Any]") -> bool:
    return stream.peek(2)[:2] == GZIP_MARK


class _Source(io.RawIOBase):
    """The file as it lies there; tells how much has been read, and names itself where reading fails."""

    def __init__(self, raw: IO[bytes], label: str, advance: Advance | None) -> None:
        self._raw, self._label, self._advance = raw, label, advance
        self.taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            count = self._take(buffer)
        except (OSError, ValueError) as problem:
            raise UnreadableError(self._label, f"cannot be read ({words_of(problem)})") from None
        self.taken += count
        if self._advance is not None:
            self._advance(count)
        return count

    def _take(self, buffer: Any) -> int:
        # standard input may give what it has at once (a person types, a program writes line by line)
        if hasattr(self._raw, "read1"):
            part = self._raw.read1(len(buffer))
            buffer[: len(part)] = part
            return len(part)
        return int(self._raw.readinto(buffer) or 0)  # type: ignore[attr-defined]  # an unbuffered file


class _Unpacked(io.RawIOBase):
    """What comes out of a .gz, within its budget."""

    def __init__(self, packed: gzip.GzipFile, source: _Source, label: str, budget: Budget) -> None:
        self._packed, self._source, self._label, self._budget = packed, source, label, budget
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            part = self._packed.read1(len(buffer))
        except DAMAGED as problem:
            raise UnreadableError(
                self._label, f"damaged, this is not a whole gzip file ({words_of(problem)})"
            ) from None
        self._given += len(part)
        if self._given > max(self._budget.free, self._budget.times * self._source.taken):
            reason = f"it unpacks to more than {self._budget.times} times its size; if that is right, unpack it first"
            raise UnreadableError(self._label, reason)
        buffer[: len(part)] = part
        return len(part)


@contextmanager
def open_seekable(name: str, *, budget: Budget = Budget()) -> Iterator[BinaryIO]:
    """UTF-8 bytes that can be read twice: a plain file as it lies there, anything else kept on disk meanwhile.

    Of a plain file nothing is looked through: its reader meets what is not UTF-8 itself.
    """
    if _is_plain(name):
        with open(name, "rb") as file:
            yield cast(BinaryIO, file)
        return
    with open_bytes(name, budget=budget) as stream, scratch_file() as kept:
        text = to_utf8(stream, label_of(name), is_checked=True)
        try:
            while part := text.read(CHUNK):
                kept.write(part)
            kept.seek(0)
        except OSError as problem:
            raise no_room(problem) from None
        yield kept


def _is_plain(name: str) -> bool:
    """Whether a file can be read twice where it lies: a regular one, not packed, in UTF-8 without a mark."""
    if name == "-" or not os.path.isfile(name):
        return False
    with ExitStack() as stack:
        head = _open_raw(name, name, stack).read(4)
        return head[:2] != GZIP_MARK and encoding_of(head) == ("utf-8", 0)


@contextmanager
def open_text(
    name: str, encoding: str | None = None, *, budget: Budget = Budget(), advance: Advance | None = None
) -> Iterator[IO[str]]:
    """A text, line ends as they are. UTF-8 and UTF-16 tell themselves; `encoding` is for the others.

    Raises UnreadableError, on reading too: what is not UTF-8 is named by line and by what it looks like.
    """
    with open_bytes(name, budget=budget, advance=advance) as stream:
        plain = to_utf8(stream, label_of(name), encoding=encoding, is_checked=True)
        yield io.TextIOWrapper(plain, encoding="utf-8", newline="")


def read_whole(name: str | Path, *, budget: Budget = Budget()) -> bytes:
    """All the UTF-8 bytes of a small file. Raises UnreadableError, for one beyond `budget.whole` too."""
    with open_bytes(str(name), budget=budget) as stream:
        text = to_utf8(stream, label_of(str(name)), is_checked=True)
        content = text.read(budget.whole + 1)
    if len(content) > budget.whole:
        raise UnreadableError(label_of(str(name)), f"larger than {budget.whole // _MEGABYTE} megabytes")
    return content


def read_text(name: str | Path, *, budget: Budget = Budget()) -> str:
    """As `read_whole`, decoded."""
    return read_whole(name, budget=budget).decode()
