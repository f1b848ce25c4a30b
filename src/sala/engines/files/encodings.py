"""In what letters a text is written: UTF-8 with or without marks, UTF-16 and UTF-32 are read, others named.

Old eight-bit encodings (Latin-1, TIS-620) carry no mark; to read them on a guess would change names silently.
They are therefore named, with the command that turns them into UTF-8.
"""

import codecs
import io
from typing import IO, Any, BinaryIO, Final, cast

from sala.engines.files.errors import UnreadableError

MARK: Final = "\ufeff"
CHUNK: Final = 1 << 20
# longest first: the mark of UTF-32 begins like that of UTF-16
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# In TIS-620 and Windows-874 Thai letters fill A1–DA and DF–FB; in Latin-1 text such bytes stand alone between
# ASCII letters, in Thai text they stand in rows.
_THAI: Final = frozenset([*range(0xA1, 0xDB), *range(0xDF, 0xFC)])
_SAMPLE: Final = 4096


def encoding_of(head: bytes) -> tuple[str, int]:
    """(encoding, bytes of its mark) that the beginning of a text tells; ("utf-8", 0) where it tells nothing.

    UTF-16 without a mark is told by the zero bytes that ASCII leaves in it; no UTF-8 text holds such.
    """
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding, len(mark)
    if len(head) >= 4 and head[0] and not head[1] and head[2] and not head[3]:
        return "utf-16-le", 0
    if len(head) >= 4 and not head[0] and head[1] and not head[2] and head[3]:
        return "utf-16-be", 0
    return "utf-8", 0


def guess_encoding(sample: bytes) -> str:
    """The eight-bit encoding that bytes which are no UTF-8 look like: `cp874` (Thai) or `cp1252` (Latin)."""
    high = [byte for byte in sample if byte >= 0x80]
    in_rows = sum(one in _THAI and two in _THAI for one, two in zip(sample, sample[1:], strict=False))
    return "cp874" if high and in_rows * 2 >= len(high) else "cp1252"


def not_utf8(sample: bytes) -> str:
    """A sentence for bytes that are no UTF-8: what they look like, and how to mend it."""
    guessed = guess_encoding(sample)
    looks = "Thai in TIS-620 (Windows-874)" if guessed == "cp874" else "Latin-1 (Windows-1252)"
    return f"this is not UTF-8 text; it looks like {looks}: `iconv -f {guessed.upper()} -t UTF-8` turns it into UTF-8"


def to_utf8(
    stream: IO[bytes], name: str, *, encoding: str | None = None, is_checked: bool = False
) -> BinaryIO:
    """The stream as UTF-8 without byte order marks, whatever Unicode encoding it came in.

    `encoding`: read it as this, whatever it looks like. `is_checked`: also look through text that is UTF-8
    already, and take away marks at the beginning of later lines (files put one after another carry them);
    without it such text passes untouched, for readers that check it themselves.
    Reading raises UnreadableError, with the line, where the text is not in its encoding.
    """
    head = _read_some(stream, len(codecs.BOM_UTF32_LE))
    told, mark = encoding_of(head)
    if encoding is not None and codecs.lookup(encoding).name not in (
        "utf-8",
        "utf-8-sig",
        "utf-16",
        "utf-32",
    ):
        told, mark = encoding, 0
    parts = _Joined(head[mark:], stream)
    if told == "utf-8" and not is_checked:
        return cast(BinaryIO, io.BufferedReader(parts, CHUNK))
    return cast(BinaryIO, io.BufferedReader(_Recoded(parts, told, name), CHUNK))


def _read_some(stream: IO[bytes], size: int) -> bytes:
    """Up to `size` bytes; pipes may give fewer at a time."""
    parts = b""
    while len(parts) < size and (part := stream.read(size - len(parts))):
        parts += part
    return parts


class _Joined(io.RawIOBase):
    """The bytes already read, then the rest of the stream."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._head:
            count = min(len(buffer), len(self._head))
            buffer[:count], self._head = self._head[:count], self._head[count:]
            return count
        # a pipe gives what it has, so that a program that writes a line at a time is answered at once
        part = self._rest.read1(len(buffer)) if hasattr(self._rest, "read1") else self._rest.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)


class _Recoded(io.RawIOBase):
    """Text of any encoding as UTF-8; marks at the beginning of lines are left out."""

    def __init__(self, source: _Joined, encoding: str, name: str) -> None:
        self._source, self._encoding, self._name = source, encoding, name
        self._decoder = codecs.getincrementaldecoder(encoding)("strict")
        self._ready, self._line, self._begins_line, self._is_over = b"", 1, True, False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready and not self._is_over:
            self._ready = self._next()
        count = min(len(buffer), len(self._ready))
        buffer[:count], self._ready = self._ready[:count], self._ready[count:]
        return count

    def _next(self) -> bytes:
        chunk = bytearray(CHUNK)
        size = self._source.readinto(chunk)
        self._is_over = not size
        pending = self._decoder.getstate()[0]
        try:
            text = self._decoder.decode(bytes(chunk[:size]), final=not size)
        except UnicodeDecodeError as bad:
            raise self._fault(pending + bytes(chunk[:size]), bad.start) from None
        self._line += text.count("\n")
        return self._without_marks(text).encode()

    def _without_marks(self, text: str) -> str:
        if MARK in text:
            if self._begins_line:
                text = text.removeprefix(MARK)
            text = text.replace(f"\n{MARK}", "\n")
        if text:
            self._begins_line = text[-1] == "\n"
        return text

    def _fault(self, data: bytes, at: int) -> UnreadableError:
        if self._encoding != "utf-8":
            return UnreadableError(
                self._name, f"line {self._line} or soon after: this is not {self._encoding} text"
            )
        line = self._line + data.count(b"\n", 0, at)
        return UnreadableError(self._name, f"line {line}: {not_utf8(data[max(0, at - 64) : at + _SAMPLE])}")
