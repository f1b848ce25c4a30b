"""What the pages of bodies need from the boxes above; `web/subscriptions.py` fills these once, at start-up."""

from collections.abc import Callable, Sequence

# The name of a topic in the reader's language, by code. Filled by the service whose topics they are.
topic_name: Callable[[str], str] = str

# Public figures about a body or an area: (number, words, address), of (agency code, area code), one of them "".
figures: list[Callable[[str, str], Sequence[tuple[int, str, str]]]] = []
