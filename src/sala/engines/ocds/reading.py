"""Read releases, records and packages from a binary stream of any size, a few megabytes at a time.

Takes release packages, record packages, plain lists, JSON lines and JSON texts one after another, told apart
by their content. A stream is anything with `read(size)`; this module opens no file.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final, Literal, Protocol

import orjson

from sala.engines.ocds import scanning
from sala.engines.ocds.errors import ReadError

Kind = Literal["release", "record", "package"]
JsonPath = tuple[str | int, ...]
CHUNK: Final = 4 << 20
_LISTS: Final[dict[str, Kind]] = {"releases": "release", "records": "record"}
_RECORD_FIELDS: Final = frozenset({"releases", "compiledRelease", "versionedRelease"})
_PACKAGE_FIELDS: Final = frozenset({"version", "publisher", "publishedDate", "publicationPolicy"})
_FIRST_KEY: Final = re.compile(rb'\{\s*"[^"\\]*"')
_BOM: Final = b"\xef\xbb\xbf"


class Stream(Protocol):
    """What is read from: an open binary file, an unpacking stream, or bytes in memory."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(slots=True)
class Batch:
    """Some releases or records that stood together, or what a package says about itself (one item).

    `first` is the number of the first item in its list, `where` the path of that list in the document,
    `size` the bytes read for all the items together.
    """

    kind: Kind
    items: list[Any]
    line: int
    where: str = ""
    first: int = 0
    raw: bytes = b""
    within: JsonPath = ()
    lines: Sequence[int] = ()
    size: int = 0
    _places: list[int] = field(default_factory=list)
    _breaks: list[int] = field(default_factory=list)

    def path_of(self, number: int) -> str:
        """The path of an item in its document, such as `releases/12`; empty for an item on its own."""
        return f"{self.where}/{self.first + number}" if self.where else ""

    def line_of(self, number: int, inside: JsonPath = ()) -> int:
        """The line (from 1) on which an item, or the value at a path inside it, begins."""
        if self.lines:
            return self.lines[number]
        if b"\n" not in self.raw:
            return self.line
        if not self._breaks:
            self._breaks = [found.start() for found in re.finditer(rb"\n", self.raw)]
        return self.line + bisect_left(self._breaks, locate(self.raw, inside, self._place_of(number)))

    def _place_of(self, number: int) -> int:
        if not self._places:
            start = locate(self.raw, self.within, scanning.skip_space(self.raw, 0))
            is_list = self.raw[start : start + 1] == b"[" and not isinstance(self.items[0], list)
            self._places = list(scanning.elements(self.raw, start)) if is_list else [start]
        return self._places[min(number, len(self._places) - 1)]


def locate(text: bytes, path: JsonPath, at: int = 0) -> int:
    """The place of the value at a path below the value at `at`; where it is absent, its parent's."""
    for part in path:
        found = _enter(text, at, part)
        if found is None:
            return at
        at = found
    return at


def _enter(text: bytes, at: int, part: str | int) -> int | None:
    if isinstance(part, int):
        if text[at : at + 1] == b"[":
            for number, place in enumerate(scanning.elements(text, at)):
                if number == part:
                    return place
        return None
    if text[at : at + 1] == b"{":
        for key, place in scanning.members(text, at):
            if orjson.loads(key) == part:
                return place
    return None


def read(stream: Stream, chunk: int = CHUNK) -> Iterator[Batch]:
    """Everything in a stream, in its order; what a package says about itself comes after its contents.

    Memory stays near `chunk` bytes and what they unfold to, or the size of the largest single release.
    Raises ReadError, with the line, for text that is not JSON or holds neither releases nor records.
    """
    return _Reader(stream, chunk).documents()


def parse(text: bytes, line: int) -> Any:
    """One JSON value; `line` is where the text begins. Raises ReadError with the line of the fault."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as fault:
        raise _explain(fault, text, line) from None


def _explain(fault: orjson.JSONDecodeError, text: bytes, line: int) -> ReadError:
    try:
        text.decode()
    except UnicodeDecodeError as bad:
        return ReadError("not UTF-8 text", line + text.count(b"\n", 0, bad.start))
    return ReadError(f"not valid JSON ({fault.msg})", line + fault.lineno - 1)


class _Reader:
    """A window on the stream: `text` from `at` on is not used up yet; `line` is the line at `at`."""

    def __init__(self, stream: Stream, chunk: int) -> None:
        self.stream, self.chunk = stream, chunk
        self.text, self.at, self.line, self.is_last = b"", 0, 1, False

    def documents(self) -> Iterator[Batch]:
        self._fill(max(self.chunk, len(_BOM)))
        if self.text.startswith(_BOM):
            self.at = len(_BOM)
        while self._peek():
            first = self._peek()
            if first == b"{":
                yield from self._objects()
            elif first == b"[":
                yield from self._list("", None)
            else:
                raise ReadError("neither a JSON object nor a list of them begins here", self.line)

    def _fill(self, size: int) -> None:
        """Have at least `size` unused bytes at hand, or all there are."""
        if self.is_last or len(self.text) - self.at >= size:
            return
        parts = [self.text[self.at :]]
        missing = size - len(parts[0])
        while missing > 0 and not self.is_last:
            part = self.stream.read(missing)
            self.is_last = not part
            parts.append(part)
            missing -= len(part)
        self.text, self.at = b"".join(parts), 0

    def _advance(self, to: int) -> None:
        self.line += self.text.count(b"\n", self.at, to)
        self.at = to

    def _peek(self) -> bytes:
        """The next character that is no white space; empty at the end."""
        self._advance(scanning.skip_space(self.text, self.at))
        while self.at >= len(self.text) and not self.is_last:
            self._fill(self.chunk)
            self._advance(scanning.skip_space(self.text, self.at))
        return self.text[self.at : self.at + 1]

    def _take(self, expected: bytes) -> None:
        if self._peek() != expected:
            raise ReadError(f"not valid JSON (expected {expected.decode()!r})", self.line)
        self._advance(self.at + 1)

    def _value(self) -> bytes:
        """The raw text of the value that begins here, used up."""
        size = self.chunk
        self._peek()
        while (end := scanning.skip_value(self.text, self.at, self.is_last)) == scanning.INCOMPLETE:
            if self.is_last:
                raise ReadError("the text ends inside a value that begins here", self.line)
            size *= 2
            self._fill(size)
        raw = self.text[self.at : end]
        self._advance(end)
        return raw

    def _objects(self) -> Iterator[Batch]:
        """Objects one a line, as long as they are; or one object over many lines."""
        self._fill(self.chunk)
        lines = list(self._lines())
        if lines:
            yield from lines
            return
        end = scanning.skip_value(self.text, self.at, self.is_last)
        if end == scanning.INCOMPLETE:
            yield from self._object()
            return
        raw, line = self.text[self.at : end], self.line
        self._advance(end)
        yield from _unpack(parse(raw, line), line, raw)

    def _lines(self) -> Iterator[Batch]:
        """Whole lines at hand that are JSON each; uses them up."""
        end = len(self.text) if self.is_last else self.text.rfind(b"\n", self.at) + 1
        rows: list[tuple[Any, int]] = []
        at, line, start = self.at, self.line, self.at
        ending = 1 if self.text[end - 1 : end] == b"\n" else 0
        for raw in self.text[at : end - ending].split(b"\n") if end > at else ():
            value = _try(raw)
            if value is None and raw and not raw.isspace():
                break
            if isinstance(value, dict) and not _LISTS.keys().isdisjoint(value):
                yield from _group(rows, at - start)
                rows, start = [], at
                yield from _unpack(value, line, raw)
            elif value is not None:
                rows.append((value, line))
            at += len(raw) + 1
            line += 1
        yield from _group(rows, at - start)
        self._advance(min(at, len(self.text)))

    def _object(self) -> Iterator[Batch]:
        """One object of any size: a package is passed on piece by piece, all else is taken whole."""
        line, content, held = self.line, {}, ""
        self._take(b"{")
        while self._peek() != b"}":
            key = parse(self._value(), self.line)
            self._take(b":")
            if key in _LISTS and "ocid" not in content and self._peek() == b"[":
                held = key
                yield from self._list(key, _LISTS[key])
            else:
                self._peek()
                value_line = self.line
                content[key] = parse(self._value(), value_line)
            if self._peek() != b"}":
                self._take(b",")
        self._take(b"}")
        yield Batch("package" if held else kind_of(content, line), [content], line, held)

    def _list(self, where: str, kind: Kind | None) -> Iterator[Batch]:
        """The elements of a list of any size; of a plain list each element tells what it is."""
        self._take(b"[")
        first = 0
        while self._peek() != b"]":
            line = self.line
            items, raw = self._some_elements()
            batch = Batch(kind or "release", items, line, where, first, raw, size=len(raw))
            yield from _sort_out(batch, kind is None)
            first += len(items)
        self._take(b"]")

    def _some_elements(self) -> tuple[list[Any], bytes]:
        """As many whole elements as are at hand (one at least), used up with the comma after them."""
        self._fill(self.chunk)
        return self._guess_elements() or self._scan_elements()

    def _guess_elements(self) -> tuple[list[Any], bytes] | None:
        """Cut before the last object that begins like the first one; right if the piece is valid JSON."""
        like = _FIRST_KEY.match(self.text, self.at)
        if like is None or self.is_last:
            return None
        cut = len(self.text)
        for _ in range(3):
            cut = self.text.rfind(like.group(), self.at + 1, cut)
            comma = self.text.rfind(b",", self.at, cut) if cut > 0 else -1
            if comma < 0 or self.text[comma + 1 : cut].strip():
                return None
            raw = b"[" + self.text[self.at : comma] + b"]"
            items = _try(raw)
            if items is not None:
                self._advance(cut)
                return items, raw
        return None

    def _scan_elements(self) -> tuple[list[Any], bytes]:
        start, line, end = self.at, self.line, self.at
        while (after := self._after_element(end)) is not None:
            end = after
        if end == start:
            items = [parse(self._value(), line)]
            raw = b""
        else:
            raw = b"[" + self.text[start:end] + b"]"
            items = parse(raw, line)
            self._advance(end)
        if self._peek() == b",":
            self._advance(self.at + 1)
            if self._peek() == b"]":
                raise ReadError("not valid JSON (a comma before the end of a list)", self.line)
        elif self._peek() != b"]":
            raise ReadError("not valid JSON (a list is not closed)", self.line)
        return items, raw

    def _after_element(self, end: int) -> int | None:
        """Just after the element that follows `end` in the text at hand; None where none is whole."""
        at = scanning.skip_space(self.text, end)
        if end > self.at:
            if self.text[at : at + 1] != b",":
                return None
            at = scanning.skip_space(self.text, at + 1)
        if self.text[at : at + 1] == b"]":
            return None
        after = scanning.skip_value(self.text, at, self.is_last)
        return None if after == scanning.INCOMPLETE else after


def _try(raw: bytes) -> Any:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        return None


def kind_of(value: Any, line: int) -> Kind:
    """Whether a JSON object is a release or a record. Raises ReadError for anything that is neither."""
    if not isinstance(value, dict):
        raise ReadError("a release must be a JSON object", line)
    return (
        "record"
        if "compiledRelease" in value or "versionedRelease" in value or _is_record(value)
        else "release"
    )


def _is_record(value: dict[str, Any]) -> bool:
    return "releases" in value and "ocid" in value


def _unpack(value: Any, line: int, raw: bytes) -> Iterator[Batch]:
    """The contents of one whole document."""
    if isinstance(value, list):
        yield from _sort_out(Batch("release", value, line, "", 0, raw, size=len(raw)), True)
        return
    if isinstance(value, dict) and "ocid" not in value:
        for key, kind in _LISTS.items():
            if key in value:
                held = value.pop(key) if isinstance(value[key], list) else []
                yield Batch(kind, held, line, key, 0, raw, (key,), size=len(raw))
                yield Batch("package", [value], line, key, raw=raw)
                return
    if isinstance(value, dict) and "ocid" not in value and not _PACKAGE_FIELDS.isdisjoint(value):
        yield Batch("package", [value], line, raw=raw)
        return
    yield Batch(kind_of(value, line), [value], line, raw=raw, size=len(raw))


def _sort_out(batch: Batch, is_mixed: bool) -> Iterator[Batch]:
    """Elements of a list may be releases, records or packages."""
    if not batch.items:
        return
    if not is_mixed:
        yield batch
        return
    kinds = {_kind_or_package(item, batch, number) for number, item in enumerate(batch.items)}
    if len(kinds) == 1 and "package" not in kinds:
        batch.kind = kinds.pop()
        yield batch
        return
    for number, item in enumerate(batch.items):
        yield from _unpack(item, batch.line_of(number), b"")


def _kind_or_package(item: Any, batch: Batch, number: int) -> Kind:
    if isinstance(item, dict) and "ocid" not in item and not _LISTS.keys().isdisjoint(item):
        return "package"
    if not isinstance(item, dict):
        raise ReadError("a release must be a JSON object", batch.line_of(number))
    return kind_of(item, batch.line)


def _group(rows: list[tuple[Any, int]], size: int) -> Iterator[Batch]:
    """Consecutive lines of one kind as one batch each; `size` is the bytes of all of them."""
    for kind, some in groupby(rows, lambda row: kind_of(*row)):
        items, lines = zip(*some, strict=True)
        share = size * len(items) // len(rows)
        yield Batch(kind, list(items), lines[0], lines=lines, size=share)
