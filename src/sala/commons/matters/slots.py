"""What the spine needs from the boxes above it; `web/subscriptions.py` fills these once, at start-up."""

from collections.abc import Callable, Mapping
from typing import Any

# kind of matter -> the address of its page, of its reference. Filled by the box whose kind it is.
page_of: dict[str, Callable[[str], str]] = {}

# kind of event before the dot ("complaint") -> (what happened, more about it) in the reader's language,
# from the event's kind and its ledger entry's values.
tellers: dict[str, Callable[[str, Mapping[str, Any]], tuple[str, str]]] = {}

# kind of matter -> (words, colour) for where a matter stands.
stages: dict[str, Callable[[str], tuple[str, str]]] = {}
