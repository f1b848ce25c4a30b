"""Which of our languages a reader prefers, by what their program says it accepts."""

import re
from collections.abc import Sequence

# RFC 9110, section 12.5.4: a language range, and how much it is wanted.
_RANGE = re.compile(
    r"\s*(\*|[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)\s*(?:;\s*q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\s*)?"
)
LONGEST = 500
# Of the site; the first is spoken where nothing else is asked for.
LANGUAGES = ("th", "en")


def preferred(accepted: str, ours: Sequence[str]) -> str:
    """The one of `ours` (the first is the default) that an Accept-Language header wants most.

    Of equally wanted ones the earlier in the header; the default for "*", for none of ours, for what cannot be
    read, and for a header longer than 500 characters. "en-GB" is "en".
    """
    wanted = [_wanted(part) for part in accepted[:LONGEST].split(",")] if len(accepted) <= LONGEST else []
    known = [(weight, main) for main, weight in wanted if weight > 0 and (main in ours or main == "*")]
    if not known:
        return ours[0]
    # max gives the first of equals
    _, main = max(known, key=lambda one: one[0])
    return ours[0] if main == "*" else main


def _wanted(part: str) -> tuple[str, float]:
    """A range's main language and its weight, 0 for what is no range."""
    found = _RANGE.fullmatch(part)
    if found is None:
        return "", 0.0
    return found[1].lower().partition("-")[0], float(found[2] or 1)
