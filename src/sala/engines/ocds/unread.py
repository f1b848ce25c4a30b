"""Texts of releases that are left unread until they are merged: where each begins, and which ocid it tells."""

import re
from typing import Final

OTHER_LIST: Final = re.compile(rb'\[\s*\{\s*"ocid"')
OTHER_TEXT: Final = re.compile(rb"\}(?:\s|\xef\xbb\xbf)*+\{")
_OCID_FIRST: Final = re.compile(rb'\s*\{\s*"ocid"\s*:\s*"([^"\\]+)"')


def ocid_of(text: bytes) -> str:
    """The ocid with which the text of one JSON object begins; empty where it begins otherwise."""
    found = _OCID_FIRST.match(text)
    return found.group(1).decode(errors="replace") if found else ""


def is_balanced(text: bytes) -> bool:
    return _OCID_FIRST.match(text) is not None and text.count(b"{") == text.count(b"}")


def is_one_object(line: bytes) -> bool:
    """Whether a line that begins with an ocid can be left unread: it is one object, neither more nor less."""
    return is_balanced(line) and OTHER_TEXT.search(line) is None


def split(region: bytes, begin: bytes) -> list[bytes]:
    """Cut a region before each object that begins like the first, if commas and white space are regular."""
    second = region.find(begin, 1)
    if second < 0:
        return [region]
    comma = region.rfind(b",", 0, second)
    if comma < 0 or region[comma + 1 : second].strip():
        return []
    head, *rest = region.split(region[comma:second] + begin)
    return [head, *(begin + text for text in rest)]


def lines_of(texts: list[bytes], line: int) -> list[int]:
    """About where each of a run of texts begins: the line breaks inside and one between, if there are any."""
    if not any(b"\n" in text for text in texts):
        return [line] * len(texts)
    lines = []
    for text in texts:
        lines.append(line)
        line += text.count(b"\n") + 1
    return lines
