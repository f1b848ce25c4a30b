"""What the pages of bodies need from the boxes above; `site/subscriptions.py` fills these once, at start-up."""

from collections.abc import Callable, Sequence

# The name of a topic in the reader's language, by code; each service knows its own and gives back what it does not
# know. Filled with those of all services.
topic_name: Callable[[str], str] = str

# Codes of the topics that a few words are about, the surest first; none where nothing is clear.
topics_of_words: Callable[[str], Sequence[str]] = lambda words: ()  # noqa: E731  # a slot, filled at start-up

# Public figures about a body or an area: (number, words, address), of (agency code, area code), one of them "".
figures: list[Callable[[str, str], Sequence[tuple[int, str, str]]]] = []

# Whether something rests on an office, by its code: then an import that made it is undone without it.
uses: list[Callable[[str], bool]] = []
