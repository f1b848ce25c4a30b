"""Read releases, records and packages from a binary stream of any size, a few megabytes at a time.

Takes release packages, record packages, plain lists, JSON lines and JSON texts one after another, told apart
by their content. A stream is anything with `read(size)`; this module opens no file.
"""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final, Protocol

import orjson

from sala.engines.ocds import scanning
from sala.engines.ocds.batches import Batch, Kind
from sala.engines.ocds.errors import ReadError

CHUNK: Final = 4 << 20
_LISTS: Final[dict[str, Kind]] = {"releases": "release", "records": "record"}
_RECORD_FIELDS: Final = frozenset({"releases", "compiledRelease", "versionedRelease"})
_PACKAGE_FIELDS: Final = frozenset({"version", "publisher", "publishedDate", "publicationPolicy"})
_FIRST_KEY: Final = re.compile(rb'\{\s*"[^"\\]*"')
_HOLDS_LIST: Final = re.compile(rb'"re(?:leases|cords)"\s*:\s*\[')
_HEAD: Final = 1 << 16
_OTHER_LIST: Final = re.compile(rb'\[\s*\{\s*"ocid"')
_OTHER_TEXT: Final = re.compile(rb"\}\s*+\{")
_OCID_FIRST: Final = re.compile(rb'\s*\{\s*"ocid"\s*:\s*"([^"\\]+)"')
_BOM: Final = b"\xef\xbb\xbf"


class Stream(Protocol):
    """What is read from: an open binary file, an unpacking stream, or bytes in memory."""

    def read(self, size: int, /) -> bytes: ...


def read(stream: Stream, chunk: int = CHUNK, *, is_lazy: bool = False) -> Iterator[Batch]:
    """Everything in a stream, in its order; what a package says about itself comes after its contents.

    `is_lazy` leaves lines that begin with their ocid unread: `ocid_of` and `parse` read them later, once.

    Memory stays near `chunk` bytes and what they unfold to, or the size of the largest single release.
    Raises ReadError, with the line, for text that is not JSON or holds neither releases nor records.
    """
    return _Reader(stream, chunk, is_lazy).documents()


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

    def __init__(self, stream: Stream, chunk: int, is_lazy: bool) -> None:
        self.stream, self.chunk, self.is_lazy = stream, chunk, is_lazy
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
        # looking for the end of a large package would be in vain
        is_large = not self.is_last and _HOLDS_LIST.search(self.text, self.at, self.at + _HEAD)
        end = scanning.INCOMPLETE if is_large else scanning.skip_value(self.text, self.at, self.is_last)
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
            value = raw if self.is_lazy and _is_one_object(raw) else _try(raw)
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
            self._fill(self.chunk)
            texts = self._guess_texts() if self.is_lazy else []
            if texts:
                yield Batch("text", texts, line, where, first, lines=_lines_of(texts, line))
                first += len(texts)
                continue
            items, raw = self._guess_elements() or self._scan_elements()
            batch = Batch(kind or "release", items, line, where, first, raw, size=len(raw))
            yield from _sort_out(batch, kind is None)
            first += len(items)
        self._take(b"]")

    def _guess_cuts(self, begin: bytes) -> Iterator[tuple[int, int]]:
        """Places where whole elements may end, and where the text goes on after each."""
        cut = len(self.text)
        if self.is_last:
            cut = self.text.rfind(b"]", self.at)
            if cut > 0:
                yield cut, cut
        for _ in range(3):
            cut = self.text.rfind(begin, self.at + 1, cut)
            comma = self.text.rfind(b",", self.at, cut) if cut > 0 else -1
            if comma < 0 or self.text[comma + 1 : cut].strip():
                return
            yield comma, cut

    def _guess_elements(self) -> tuple[list[Any], bytes] | None:
        """Cut before an object that begins like the first one; right if the piece is valid JSON."""
        like = _FIRST_KEY.match(self.text, self.at)
        if like is not None:
            for end, following in self._guess_cuts(like.group()):
                raw = b"[" + self.text[self.at : end] + b"]"
                items = _try(raw)
                if items is not None:
                    self._advance(following)
                    return items, raw
        return None

    def _guess_texts(self) -> list[bytes]:
        """The texts of elements that begin with their ocid, unread; none where there could be a doubt.

        Pieces between `},{"ocid"` are elements if brackets balance in each and no other list of such objects,
        nor another document, begins among them. The last one, where the list may end, is tried.
        """
        like = _FIRST_KEY.match(self.text, self.at)
        if like is None or not like.group().endswith(b'"ocid"'):
            return []
        for end, following in self._guess_cuts(like.group()):
            region = self.text[self.at : end]
            if _OTHER_LIST.search(region) or _OTHER_TEXT.search(region):
                return []
            texts = _split(region, like.group())
            if texts and all(map(_is_balanced, texts)) and _try(texts[-1]) is not None:
                self._advance(following)
                return texts
        return []

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


def _split(region: bytes, begin: bytes) -> list[bytes]:
    """Cut a region before each object that begins like the first, if commas and white space are regular."""
    second = region.find(begin, 1)
    if second < 0:
        return [region]
    comma = region.rfind(b",", 0, second)
    if comma < 0 or region[comma + 1 : second].strip():
        return []
    head, *rest = region.split(region[comma:second] + begin)
    return [head, *(begin + text for text in rest)]


def _lines_of(texts: list[bytes], line: int) -> list[int]:
    """About where each of a run of texts begins: the line breaks inside and one between, if there are any."""
    if not any(b"\n" in text for text in texts):
        return [line] * len(texts)
    lines = []
    for text in texts:
        lines.append(line)
        line += text.count(b"\n") + 1
    return lines


def _try(raw: bytes) -> Any:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        return None


def ocid_of(text: bytes) -> str:
    """The ocid with which the text of one JSON object begins; empty where it begins otherwise."""
    found = _OCID_FIRST.match(text)
    return found.group(1).decode(errors="replace") if found else ""


def _is_balanced(text: bytes) -> bool:
    return _OCID_FIRST.match(text) is not None and text.count(b"{") == text.count(b"}")


def _is_one_object(line: bytes) -> bool:
    """Whether a line that begins with an ocid can be left unread: it is one object, neither more nor less."""
    return _is_balanced(line) and _OTHER_TEXT.search(line) is None


def kind_of(value: Any, line: int) -> Kind:
    """Whether a JSON object is a release or a record. Raises ReadError for anything that is neither."""
    if isinstance(value, bytes):
        return "text"
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
