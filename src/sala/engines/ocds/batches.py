"""Some releases or records that stood together in a text, and on which lines their values stand."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import orjson

from sala.engines.ocds import scanning

Kind = Literal["release", "record", "package", "text"]
JsonPath = tuple[str | int, ...]


@dataclass(slots=True)
class Batch:
    """Some releases or records that stood together, or what a package says about itself (one item).

    Of kind "text" (only where `read` is asked to be lazy) the items are lines not read yet.

    `first` is the number of the first item in its list, `where` the path of that list in the document,
    `size` the bytes read for all the items together. `about` is what their package has said about itself by
    then: of a small one all of it, of a large one what stands before its contents; None outside a package.
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
    about: dict[str, Any] | None = None
    _places: list[int] = field(default_factory=list)
    _breaks: list[int] | None = None

    def path_of(self, number: int) -> str:
        """The path of an item in its document, such as `releases/12`; empty for an item on its own."""
        return f"{self.where}/{self.first + number}" if self.where else ""

    def line_of(self, number: int, inside: JsonPath = ()) -> int:
        """The line (from 1) on which an item, or the value at a path inside it, begins."""
        if self.lines:
            return self.lines[number]
        if self._breaks is None:
            self._breaks = [found.start() for found in re.finditer(rb"\n", self.raw)]
        if not self._breaks:
            return self.line
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
