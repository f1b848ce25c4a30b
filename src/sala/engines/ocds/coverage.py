"""Count how often each field is filled, over JSON lines; what cannot be read counts as nothing.

Paths, and what counts as filled, are those of Cardinal's coverage command (open-contracting/cardinal-rs).
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

# Cardinal's JSON reader refuses text nested deeper than this
MAX_DEPTH: Final = 127
_HUGE_NUMBER: Final = re.compile(rb"\d[eE]\+?\d{3}|\d{300}")
_BRACKET: Final = re.compile(rb"[\[\]{}]")
_STRING: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*"', re.DOTALL)


class _Place:
    """What has been counted at one path: values, objects among them, and what lies below."""

    __slots__ = ("fields", "item", "objects", "values")

    def __init__(self) -> None:
        self.values = self.objects = 0
        self.fields: dict[str, _Place] = {}
        self.item: _Place | None = None


@dataclass
class Coverage:
    """`counts`: path -> times filled. `bad_lines`: line numbers (from 1) that are not JSON in UTF-8."""

    counts: dict[str, int] = field(default_factory=dict)
    lines: int = 0
    bad_lines: list[int] = field(default_factory=list)


def count_coverage(lines: Iterable[bytes]) -> Coverage:
    """Count filled values over lines of JSON.

    `""` is the whole line, `/name` a field, a trailing `/` an object, `[]` an element of a list. Null, empty
    text, `{}`, `[]` and whatever holds only these are not filled. Blank lines are passed over.
    """
    root, result = _Place(), Coverage()
    for number, line in enumerate(lines, start=1):
        if line.isspace():
            continue
        result.lines += 1
        try:
            _count(_parse(line), root)
        except ValueError:
            result.bad_lines.append(number)
    _list_counts(root, "", result.counts)
    return result


def _parse(line: bytes) -> Any:
    """One line as Cardinal reads it. Raises ValueError for what it refuses."""
    # only a line with many brackets can be nested too deeply; counting them is cheap
    if line.count(b"[") + line.count(b"{") > MAX_DEPTH and not _is_shallow(line):
        raise ValueError("nested too deeply")
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        if _HUGE_NUMBER.search(line) is None:
            raise
    # numbers beyond what a float holds are JSON all the same
    value = json.loads(line.decode(), parse_constant=_refuse)
    json.dumps(value, ensure_ascii=False).encode()
    return value


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _is_shallow(line: bytes) -> bool:
    depth = 0
    for bracket in _BRACKET.finditer(_STRING.sub(b"", line)):
        depth += 1 if bracket.group() in b"[{" else -1
        if depth > MAX_DEPTH:
            return False
    return True


class CoverageCount:
    """As `count_coverage`, over values already read and given one by one."""

    def __init__(self) -> None:
        self._root = _Place()

    def add(self, value: Any) -> None:
        """Count what is filled in one value."""
        _count(value, self._root)

    def counts(self) -> dict[str, int]:
        """Path -> times filled."""
        counts: dict[str, int] = {}
        _list_counts(self._root, "", counts)
        return counts


def _count(value: Any, place: _Place) -> bool:
    """Whether the value is filled; if so it is counted."""
    if isinstance(value, dict):
        is_filled = _count_object(value, place)
    elif isinstance(value, list):
        is_filled = _count_list(value, place)
    else:
        is_filled = value is not None and value != ""
    place.values += is_filled
    return is_filled


def _count_object(value: dict[str, Any], place: _Place) -> bool:
    is_filled = False
    fields = place.fields
    for name, inner in value.items():
        below = fields.get(name)
        if below is None:
            below = fields[name] = _Place()
        if _count(inner, below):
            is_filled = True
    place.objects += is_filled
    return is_filled


def _count_list(value: list[Any], place: _Place) -> bool:
    if place.item is None:
        place.item = _Place()
    below, is_filled = place.item, False
    for inner in value:
        if _count(inner, below):
            is_filled = True
    return is_filled


def _list_counts(place: _Place, path: str, counts: dict[str, int]) -> None:
    # two different paths can read the same (a field named "a[]"): their counts add up
    for name, number in ((path, place.values), (f"{path}/", place.objects)):
        if number:
            counts[name] = counts.get(name, 0) + number
    if place.item is not None:
        _list_counts(place.item, f"{path}[]", counts)
    for name, below in place.fields.items():
        _list_counts(below, f"{path}/{name}", counts)
