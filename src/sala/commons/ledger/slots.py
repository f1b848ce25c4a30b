"""What the ledger's pages need from the boxes above; `site/subscriptions.py` fills these once, at start-up."""

from collections.abc import Callable, Mapping
from typing import Any

# event that belongs to no matter ("consent.given") -> its words, a lazy text.
event_words: dict[str, object] = {}

# family of events (what stands before the dot) -> (what happened, more about it) in the reader's language.
describe_entry: dict[str, Callable[[str, Mapping[str, Any]], tuple[str, str]]] = {}


def _code(code: str) -> str:
    return code


def _nowhere(reference: str) -> str:
    return ""


# code of an agency -> its name in the reader's language.
agency_name: Callable[[str], str] = _code


# code of an area -> its name in the reader's language.
area_name: Callable[[str], str] = _code


# reference of a matter -> the address of its page; empty while there is none.
matter_address: Callable[[str], str] = _nowhere


def words_of(entry: Mapping[str, Any]) -> str:
    """What happened, in the reader's language, of an entry's values; its kind's code where nobody has words."""
    kind = entry["kind"]
    if kind in event_words:
        return str(event_words[kind])
    describe = describe_entry.get(kind.partition(".")[0])
    return describe(kind, entry)[0] if describe else kind
