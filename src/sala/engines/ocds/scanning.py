"""Find where JSON values begin and end in bytes, without building them."""

import re
from collections.abc import Iterator
from typing import Final

_STRING: Final = rb'"[^"\\]*+(?:\\.[^"\\]*+)*"'
_PLAIN: Final = rb'[^"{}\[\]]++|' + _STRING
# everything up to the next bracket that is not part of an innermost object or list
_TO_BRACKET: Final = re.compile(
    rb"(?:%s|\{(?:%s)*\}|\[(?:%s)*\])*([{}\[\]])" % (_PLAIN, _PLAIN, _PLAIN), re.DOTALL
)
_STRING_AT: Final = re.compile(_STRING, re.DOTALL)
_SCALAR: Final = re.compile(rb"[^\s,\[\]{}\":]+")
# a byte order mark is no white space of JSON, but stands where files were put one after another; inside a value
# the JSON reader refuses it
_SPACE: Final = re.compile(rb"(?:[ \t\r\n]+|\xef\xbb\xbf)*")
_OPENING: Final = (ord("{"), ord("["))
QUOTE: Final = ord('"')

INCOMPLETE: Final = -1


def skip_space(text: bytes, at: int) -> int:
    """The first place at or after `at` that is no white space; may be the end of the text."""
    found = _SPACE.match(text, at)
    return found.end() if found else at


def skip_value(text: bytes, at: int, is_last: bool = True) -> int:
    """The place just after the JSON value that begins at `at`, or INCOMPLETE where the text ends inside it.

    Brackets and quotes are balanced, nothing more is checked. A number at the very end of the text is
    complete only where `is_last` says that no more text follows.
    """
    if at >= len(text):
        return INCOMPLETE
    first = text[at]
    if first in _OPENING:
        return _skip_nested(text, at)
    if first == QUOTE:
        found = _STRING_AT.match(text, at)
        return found.end() if found else INCOMPLETE
    found = _SCALAR.match(text, at)
    end = found.end() if found else at + 1
    return end if end < len(text) or is_last else INCOMPLETE


def _skip_nested(text: bytes, at: int) -> int:
    depth, match = 1, _TO_BRACKET.match
    at += 1
    while depth:
        found = match(text, at)
        if found is None:
            return INCOMPLETE
        at = found.end()
        depth += 1 if text[at - 1] in _OPENING else -1
    return at


def members(text: bytes, at: int) -> Iterator[tuple[bytes, int]]:
    """(raw key with its quotes, place of its value) of the object at `at`; valid JSON expected."""
    at = skip_space(text, at + 1)
    while at < len(text) and text[at] == QUOTE:
        end = skip_value(text, at)
        key, at = text[at:end], skip_space(text, end)
        at = skip_space(text, at + 1)
        yield key, at
        at = skip_space(text, skip_value(text, at))
        at = skip_space(text, at + 1)


def elements(text: bytes, at: int) -> Iterator[int]:
    """The place of each element of the list that begins at `at`; valid JSON expected."""
    at = skip_space(text, at + 1)
    while at < len(text) and text[at : at + 1] != b"]":
        yield at
        at = skip_space(text, skip_value(text, at))
        at = skip_space(text, at + 1)
