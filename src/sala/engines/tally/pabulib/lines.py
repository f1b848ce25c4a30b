"""Lines out of chunks of bytes, and semicolon-separated fields out of lines, with line numbers kept."""

import csv
from collections.abc import Iterable, Iterator, Sequence

from sala.engines.tally.pabulib.document import PabulibError

# A quoted field may hold line breaks, but one that never closes must not swallow the file.
_LONGEST_FIELD_LINES = 200


class Lines:
    """Takes chunks of bytes apart into lines; what is left after the last line taken can be had as chunks.

    `newline` is how the first line ends.
    """

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._held = b""
        self._at = 0
        self.number = 0
        self.newline = "\n"

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
        if self.number == 0 and line.endswith(b"\r"):
            self.newline = "\r\n"
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
    """The text of a line; refuses bytes that are not UTF-8."""
    try:
        return line.decode("utf-8").rstrip("\r")
    except UnicodeDecodeError as error:
        raise PabulibError(section, number, "this line is not UTF-8 text.") from error


def split_fields(text: str, section: str, number: int) -> list[str]:
    """The fields of one record, without the blanks around them."""
    try:
        return [value.strip() for value in next(csv.reader([text], delimiter=";", strict=True))]
    except (csv.Error, StopIteration) as error:
        raise PabulibError(
            section, number, f"the fields of this line cannot be told apart ({error})."
        ) from error


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
        while text.count('"') % 2 and lines.number - number < _LONGEST_FIELD_LINES:
            more = lines.take()
            if more is None:
                break
            text += "\n" + decode(more, section, lines.number)
        if text.count('"') % 2:
            raise PabulibError(section, number, "a quote is opened and never closed.")
        return number, split_fields(text, section, number)
    return None
