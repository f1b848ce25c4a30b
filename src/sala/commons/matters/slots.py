"""What the spine needs from the boxes above it; `web/subscriptions.py` fills these once, at start-up."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

Weight = Literal["A", "B", "C", "D"]

# kind of matter -> the address of its page, of its reference. Filled by the box whose kind it is.
page_of: dict[str, Callable[[str], str]] = {}

# kind of event before the dot ("complaint") -> (what happened, more about it) in the reader's language,
# from the event's kind and its ledger entry's values.
tellers: dict[str, Callable[[str, Mapping[str, Any]], tuple[str, str]]] = {}

# kind of matter -> what matters are found by: (text, weight A to D) parts of each, by the matter's key.
texts: dict[str, Callable[[Sequence[Any]], Mapping[int, Sequence[tuple[str, Weight]]]]] = {}

# kind of matter -> (words, colour) for where a matter stands.
stages: dict[str, Callable[[str], tuple[str, str]]] = {}

# kind of event before the dot -> keys of the matters behind names in the ledger that are no references, by name.
matters_named: dict[str, Callable[[Sequence[str]], Mapping[str, int]]] = {}

# kind of event -> ids of the people whose office it is told to, of the entry's values and the matter's key.
told_by_duty: dict[str, Callable[[Mapping[str, Any], int], Sequence[int]]] = {}

# kind of matter -> the address of the page where staff work on it, of its reference.
work_page_of: dict[str, Callable[[str], str]] = {}

# kind of matter -> the address of the page of whoever opened it, of its reference, the id of a person (or None) and
# the e-mail address a letter goes to; "" if that is somebody else.
own_page_of: dict[str, Callable[[str, int | None, str], str]] = {}

# kinds of event that no follower is told of.
silent: set[str] = set()

# kind of matter -> (code, name) of its topics, in a language; and (code, name) of its stages.
topics: dict[str, Callable[[str], Sequence[tuple[str, str]]]] = {}
stage_names: dict[str, Callable[[], Sequence[tuple[str, str]]]] = {}
