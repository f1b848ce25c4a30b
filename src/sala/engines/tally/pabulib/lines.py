"""Lines out of chunks of bytes, and semicolon-separated fields out of lines, with line numbers kept."""

import csv
from collections.abc import Iterable, Iterator, Sequence

from sala.engines.tally.pabulib.document import PabulibError

# A quoted field may hold line breaks, but one that never closes must not swallow the file.
_LONGEST_FIELD_LINES = 200


class Lines:
    """Takes chunks of bytes apart into lines; what is left after the last line taken can be had as chunks.

    `newline` is how the first line ends. Where that is a carriage return alone (old Macs), all lines end so;
    else a carriage return inside a line is a blank like any other.
    """

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._held = b""
        self._at = 0
        self.number = 0
        self.newline = "\n"
        self._find_line_end()

    def _find_line_end(self) -> None:
        """Read on until the first line's end is seen, and so that what follows a carriage return is seen too."""
        while b"\n" not in self._held and not 0 <= self._held.find(b"\r") < len(self._held) - 1:
            chunk = next(self._chunks, None)
            if chunk is None:
                break
            self._held += chunk
        first = self._held.find(b"\r")
        end = self._held.find(b"\n")
        if first >= 0 and (end < 0 or first < end - 1):
            self.newline = "\r"
            self._held = self._held.replace(b"\r", b"\n")
            self._chunks = (chunk.replace(b"\r", b"\n") for chunk in self._chunks)
        elif first >= 0 and first == end - 1:
            self.newline = "\r\n"

    def take(self) -> bytes | None:
        """The next line without its line feed, or None at the end."""
        end = self._held.find(b"\n", self._at)
        while end < 0:
            chunk = next(self._chunks, None)
            if chunk is None:
                return self._take_last()
            self._held, self._at = self._held[self._at :] + chunk, 0
            end = self._held.find(b"\n")
        line = self._held[self._at : end]
        self._at = end + 1
        self.number += 1
        return line

    def _take_last(self) -> bytes | None:
        line, self._held, self._at = self._held[self._at :], b"", 0
        self.number += bool(line)
        return line or None

    def rest(self) -> Iterator[bytes]:
        """Everything not yet taken, cut only at line ends."""
        held = self._held[self._at :]
        for chunk in self._chunks:
            cut = chunk.rfind(b"\n") + 1
            if cut:
                yield held + chunk[:cut]
                held = chunk[cut:]
            else:
                held += chunk
        if held:
            yield held


def decode(line: bytes, section: str, number: int) -> str:
    """The text of a line; refuses bytes that are not UTF-8. A carriage return inside is a blank."""
    try:
        return line.decode("utf-8").rstrip("\r").replace("\r", " ")
    except UnicodeDecodeError as error:
        raise PabulibError(section, number, "this line is not UTF-8 text.") from error


def split_fields(text: str, section: str, number: int) -> list[str]:
    """The fields of one record, without the blanks around them.

    A quote closes only what a quote at the beginning of a field has opened; anywhere else it is a letter, as
    in `Rura 5" przy szkole`. So csv reads when it is not strict.
    """
    if is_left_open(text):
        raise PabulibError(section, number, "a quote is opened and never closed.")
    try:
        return [value.strip() for value in next(csv.reader([text], delimiter=";"))]
    except (csv.Error, StopIteration) as error:
        raise PabulibError(
            section, number, f"the fields of this line cannot be told apart ({error})."
        ) from error


def is_left_open(text: str) -> bool:
    """Whether a field that a quote begins is not closed by the end of the text."""
    at = 0
    while at < len(text):
        if text[at] == '"':
            at = _closing_quote(text, at + 1)
            if at < 0:
                return True
        at = text.find(";", at)
        if at < 0:
            return False
        at += 1
    return False


def _closing_quote(text: str, at: int) -> int:
    """The place after the quote that closes a field begun before `at`, or -1; two quotes are one letter."""
    while (quote := text.find('"', at)) >= 0:
        if text[quote + 1 : quote + 2] != '"':
            return quote + 1
        at = quote + 2
    return -1


def named_twice(columns: Sequence[str]) -> bool:
    """Whether two columns have one name; those without a name, as spreadsheets leave at the end, may be many."""
    named = [name for name in columns if name]
    return len(set(named)) != len(named)


def take_record(lines: Lines, section: str) -> tuple[int, list[str]] | None:
    """The next record that is not blank and the number of its first line, or None at the end."""
    while (line := lines.take()) is not None:
        number = lines.number
        text = decode(line, section, number)
        if not text.strip():
            continue
        while is_left_open(text) and lines.number - number < _LONGEST_FIELD_LINES:
            more = lines.take()
            if more is None:
                break
            text += "\n" + decode(more, section, lines.number)
        return number, split_fields(text, section, number)
    return None
