"""A slot for the boxes above: how a kind of fact is called in words. The ledger itself knows only codes."""

from collections.abc import Mapping

_words: dict[str, object] = {}


def name_kinds(words: Mapping[str, object]) -> None:
    """Give kinds their words: "complaint.filed" → lazy "A complaint was filed". Called when the site starts."""
    _words.update(words)


def words_of(kind: str) -> str:
    """The words for a kind, in the reader's language; the code where nobody named it."""
    return str(_words.get(kind, kind))


def list_named() -> dict[str, str]:
    """Every named kind with its words, by code."""
    return {kind: str(_words[kind]) for kind in sorted(_words)}
