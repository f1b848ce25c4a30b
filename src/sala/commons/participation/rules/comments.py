"""Where a comment stands in a text, and what one may say. Pure."""

from dataclasses import dataclass

from sala.core.characters import says_nothing
from sala.core.errors import Invalid

LONGEST = {"text": 5000, "suggestion": 5000, "quote": 500, "shown_name": 60}


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a version of a text: a provision by its id ("" for the whole), and chosen words by characters.

    `starts` and `ends` count characters of the provision's words from 0; `ends` is the first one behind. Both are
    None where no words were chosen.
    """

    version: int = 0
    provision: str = ""
    starts: int | None = None
    ends: int | None = None
    quote: str = ""


def place_of(version: int, provision: str, words: str, quote: str) -> Place:
    """The place of chosen words in the words of a provision. The first place counts where they stand twice.

    White space is one blank, however many lines the person's browser put between. Raises Invalid
    "quote_not_found" for words that do not stand there.
    """
    wanted = " ".join(quote.split())
    if not wanted:
        return Place(version, provision)
    plain, at = _plain(words)
    found = plain.find(wanted)
    if found < 0 or not provision:
        raise Invalid("invalid", {"quote": "quote_not_found"})
    starts, ends = at[found], at[found + len(wanted) - 1] + 1
    return Place(version, provision, starts, ends, words[starts:ends])


def _plain(words: str) -> tuple[str, list[int]]:
    """Words with each white space as one blank, and where each of these characters stands in what was given."""
    signs: list[str] = []
    at: list[int] = []
    for position, sign in enumerate(words):
        if sign.isspace():
            if signs and signs[-1] == " ":
                continue
            sign = " "
        signs.append(sign)
        at.append(position)
    return "".join(signs), at


def problems(*, text: str, suggestion: str, quote: str, shown_name: str) -> dict[str, str]:
    """What is wrong with what somebody typed, by field; a wording of one's own may stand alone, without a reason."""
    written = {"text": text, "suggestion": suggestion, "quote": quote, "shown_name": shown_name}
    found = {name: "text_too_long" for name, words in written.items() if len(words) > LONGEST[name]}
    found |= {name: "not_text" for name, words in written.items() if "\x00" in words}
    # What shows nothing (joiners, fillers, marks on nothing) would stand there as an empty voice that counts.
    if says_nothing(text) and says_nothing(suggestion):
        found["text"] = "comment_missing"
    if shown_name.strip() and says_nothing(shown_name):
        found["shown_name"] = "not_text"
    return found
