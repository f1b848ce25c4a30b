"""Read releases, records and packages from a binary stream of any size, a few megabytes at a time.

Takes release packages, record packages, plain lists, JSON lines and JSON texts one after another, told apart
by their content. A stream is anything with `read(size)`; this module opens no file.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final, Protocol

import orjson

from sala.engines.files.encodings import not_utf8
from sala.engines.ocds import kinds, numbers, scanning, unread
from sala.engines.ocds.batches import Batch, Kind
from sala.engines.ocds.errors import ReadError

CHUNK: Final = 4 << 20
_FIRST_KEY: Final = re.compile(rb'\{\s*"[^"\\]*"')
_HOLDS_LIST: Final = re.compile(rb'"re(?:leases|cords)"\s*:\s*\[')
_HEAD: Final = 1 << 16
# where files were put one after another, each may begin with a mark
_MARK: Final = b"\xef\xbb\xbf"


JsonObject = dict[str, Any]
OnFault = Callable[[ReadError], None]


class Stream(Protocol):
    """What is read from: an open binary file, an unpacking stream, or bytes in memory."""

    def read(self, size: int, /) -> bytes: ...


def read(
    stream: Stream, chunk: int = CHUNK, *, is_lazy: bool = False, on_fault: OnFault | None = None
) -> Iterator[Batch]:
    """Everything in a stream, in its order; what a package says about itself comes after its contents.

    `is_lazy` leaves lines that begin with their ocid unread: `ocid_of` and `parse` read them later, once.

    Memory stays near `chunk` bytes and what they unfold to, or the size of the largest single release.
    Raises ReadError, with the line, for text that is not JSON or holds neither releases nor records; where
    `on_fault` is given it is told instead, and reading goes on at the next line that begins an object.
    """
    return _Reader(stream, chunk, is_lazy, on_fault).documents()


def raise_fault(fault: ReadError) -> None:
    """What happens to a fault where nobody asked to go on."""
    raise fault


def parse(text: bytes, line: int) -> Any:
    """One JSON value; `line` is where the text begins. Raises ReadError with the line of the fault."""
    try:
        return numbers.loads(text)
    except orjson.JSONDecodeError as fault:
        raise _explain(fault, text, line) from None


def _explain(fault: orjson.JSONDecodeError, text: bytes, line: int) -> ReadError:
    try:
        text.decode()
    except UnicodeDecodeError as bad:
        sample = text[max(0, bad.start - 64) : bad.start + 4096]
        return ReadError(not_utf8(sample), line + text.count(b"\n", 0, bad.start))
    return ReadError(f"not valid JSON ({fault.msg})", line + fault.lineno - 1)


def read_late_words(stream: Stream, chunk: int = CHUNK) -> JsonObject | None:
    """What a large package says about itself, where its version stands only after its contents; else None.

    Uses the stream up, which is read to its end where it must be.
    """
    reader = _Reader(stream, chunk, is_lazy=True, on_fault=lambda fault: None)
    reader._fill(chunk)
    held = (
        _HOLDS_LIST.search(reader.text) if reader.text.lstrip()[:1] == b"{" and not reader.is_last else None
    )
    if held is None or b'"version"' in reader.text[: held.start()]:
        return None
    for batch in reader.documents():
        if batch.kind == "package":
            return dict(batch.items[0])
    return None


class _Reader:
    """A window on the stream: `text` from `at` on is not used up yet; `line` is the line at `at`."""

    def __init__(self, stream: Stream, chunk: int, is_lazy: bool, on_fault: OnFault | None) -> None:
        self.stream, self.chunk, self.is_lazy = stream, chunk, is_lazy
        self.goes_on, self.fault = on_fault is not None, on_fault or raise_fault
        self.text, self.at, self.line, self.is_last = b"", 0, 1, False

    def documents(self) -> Iterator[Batch]:
        is_mending = False
        while first := self._peek():
            try:
                yield from self._document(first, is_mending)
            except ReadError as fault:
                self.fault(fault)
                # a line that begins nothing is passed over alone, of what began somewhere all that belongs to it
                self._resume(b"\n{" if first in b"{[" else b"\n")
                is_mending = True

    def _document(self, first: bytes, is_mending: bool) -> Iterator[Batch]:
        if first == b"{":
            yield from self._objects()
        elif first == b"[":
            yield from self._list("", None)
        elif is_mending and first in b",]}":
            # the rest of a list or package in which something was passed over
            self._advance(self.at + 1)
        else:
            raise ReadError("neither a JSON object nor a list of them begins here", self.line)

    def _resume(self, begin: bytes) -> None:
        """Go to the next line that begins so; to the end where there is none."""
        while (found := self.text.find(begin, self.at)) < 0 and not self.is_last:
            self._advance(max(self.at, len(self.text) - 1))
            self._fill(self.chunk + 1)
        self._advance(len(self.text) if found < 0 else found + 1)

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
        while not self.is_last and _MARK.startswith(self.text[self.at : self.at + len(_MARK)]):
            self._fill(max(self.chunk, len(_MARK)))
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
        if self.goes_on and self._pass_line():
            return
        # looking for the end of a large package would be in vain
        is_large = not self.is_last and _HOLDS_LIST.search(self.text, self.at, self.at + _HEAD)
        end = scanning.INCOMPLETE if is_large else scanning.skip_value(self.text, self.at, self.is_last)
        if end == scanning.INCOMPLETE:
            yield from self._object()
            return
        raw, line = self.text[self.at : end], self.line
        self._advance(end)
        yield from self._unpack(parse(raw, line), line, raw)

    def _pass_line(self) -> bool:
        """Pass over a line that should be an object of its own, as the next one is, and tell what is wrong."""
        end = self.text.find(b"\n", self.at)
        line = self.text[self.at : end].rstrip()
        # a package may have its releases one a line; then its own first line goes on
        if end < 0 or self.text[end + 1 : end + 2] != b"{" or line.endswith((b"[", b"{", b",", b":")):
            return False
        number = self.line
        self._advance(end + 1)
        try:
            parse(line, number)
        except ReadError as fault:
            self.fault(fault)
        return True

    def _lines(self) -> Iterator[Batch]:
        """Whole lines at hand that are JSON each; uses them up."""
        end = len(self.text) if self.is_last else self.text.rfind(b"\n", self.at) + 1
        rows: list[tuple[Any, int]] = []
        at, line, start = self.at, self.line, self.at
        ending = 1 if self.text[end - 1 : end] == b"\n" else 0
        for text in self.text[at : end - ending].split(b"\n") if end > at else ():
            raw = text.removeprefix(_MARK)
            value = raw if self.is_lazy and unread.is_one_object(raw) else _try(raw)
            if value is None and raw and not raw.isspace():
                break
            if isinstance(value, dict) and kinds.may_be_package(value):
                yield from kinds.group(rows, at - start)
                rows, start = [], at
                yield from self._unpack(value, line, raw)
            elif isinstance(value, dict | bytes):
                rows.append((value, line))
            elif value is not None:
                self.fault(ReadError(kinds.NO_OBJECT, line))
            at += len(text) + 1
            line += 1
        yield from kinds.group(rows, at - start)
        self._advance(min(at, len(self.text)))

    def _object(self) -> Iterator[Batch]:
        """One object of any size: a package is passed on piece by piece, all else is taken whole."""
        line, held = self.line, ""
        content: JsonObject = {}
        self._take(b"{")
        while self._peek() != b"}":
            key = parse(self._value(), self.line)
            self._take(b":")
            if key in kinds.LISTS and "ocid" not in content and self._peek() == b"[":
                held = key
                yield from self._list(key, kinds.LISTS[key], content)
            else:
                self._peek()
                value_line = self.line
                content[key] = parse(self._value(), value_line)
            if self._peek() != b"}":
                self._take(b",")
        self._take(b"}")
        yield Batch("package" if held else kinds.kind_of(content, line), [content], line, held)

    def _list(self, where: str, kind: Kind | None, about: JsonObject | None = None) -> Iterator[Batch]:
        """The elements of a list of any size; of a plain list each element tells what it is."""
        self._take(b"[")
        first = 0
        while self._peek() != b"]":
            line = self.line
            self._fill(self.chunk)
            texts = self._guess_texts() if self.is_lazy else []
            if texts:
                yield Batch(
                    "text", texts, line, where, first, lines=unread.lines_of(texts, line), about=about
                )
                first += len(texts)
                continue
            items, raw = self._guess_elements() or self._scan_elements()
            batch = Batch(kind or "release", items, line, where, first, raw, size=len(raw), about=about)
            yield from self._sort_out(batch, kind is None)
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
            if unread.OTHER_LIST.search(region) or unread.OTHER_TEXT.search(region):
                return []
            texts = unread.split(region, like.group())
            if texts and all(map(unread.is_balanced, texts)) and _try(texts[-1]) is not None:
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

    def _unpack(self, value: Any, line: int, raw: bytes) -> Iterator[Batch]:
        """The contents of one whole document."""
        if isinstance(value, list):
            yield from self._sort_out(Batch("release", value, line, "", 0, raw, size=len(raw)), True)
            return
        if isinstance(value, dict) and "ocid" not in value:
            for key, kind in kinds.LISTS.items():
                if isinstance(value.get(key), list):
                    held = value.pop(key)
                    yield Batch(kind, held, line, key, 0, raw, (key,), size=len(raw), about=value)
                    yield Batch("package", [value], line, key, raw=raw)
                    return
            if not (kinds.PACKAGE_FIELDS | kinds.LISTS.keys()).isdisjoint(value):
                yield Batch("package", [value], line, raw=raw)
                return
        yield Batch(kinds.kind_of(value, line), [value], line, raw=raw, size=len(raw))

    def _sort_out(self, batch: Batch, is_mixed: bool) -> Iterator[Batch]:
        """Elements of a list may be releases, records or packages."""
        if not batch.items:
            return
        if not is_mixed:
            yield batch
            return
        found = {kinds.kind_or_package(item) for item in batch.items}
        if len(found) == 1 and found <= {"release", "record"}:
            batch.kind = found.pop()  # type: ignore[assignment]  # one of the two
            yield batch
            return
        for number, item in enumerate(batch.items):
            try:
                yield from self._unpack(item, batch.line_of(number), b"")
            except ReadError as fault:
                self.fault(fault)

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
        return numbers.loads(raw)
    except orjson.JSONDecodeError:
        return None
