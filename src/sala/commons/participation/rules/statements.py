"""Statements and opinions: what may be said of one, which comes next, why one is not let in. Pure."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import IntEnum, StrEnum

from sala.core.characters import says_nothing

# Of an added statement, in characters: one thought that others can agree or disagree with.
LONGEST = 140
# So many statements wait for a look in one conversation at most, and so many of one person.
MOST_WAITING = 500
MOST_OF_ONE = 5
# Opinions of fewer people than this are not handed out one by one, and their map is not drawn.
LEAST_PEOPLE = 5


class Opinion(IntEnum):
    """What somebody says to a statement, as Polis writes it in its files."""

    DISAGREE = -1
    PASS = 0
    AGREE = 1


class Standing(StrEnum):
    """Where a statement stands: it waits for a look, everybody votes on it, or it was not let in."""

    WAITING = "waiting"
    SHOWN = "shown"
    REFUSED = "refused"


class Reason(StrEnum):
    """Why a statement is not let in: the published rules. An opinion that somebody dislikes is no reason."""

    PERSONAL_DATA = "personal_data"
    ACCUSES_A_PERSON = "accuses_a_person"
    INSULT = "insult"
    THREAT = "threat"
    ADVERTISING = "advertising"
    UNLAWFUL = "unlawful"
    SAID_ALREADY = "said_already"
    SEVERAL_THINGS = "several_things"
    OFF_THE_SUBJECT = "off_the_subject"


NAMES: Mapping[str, Opinion] = {one.name.lower(): one for one in Opinion}


def problem_of_statement(text: str) -> str:
    """Why words cannot be a statement, as a refusal's code; "" if they can."""
    if says_nothing(text):
        return "statement_missing"
    if "\x00" in text:
        return "not_text"
    return "statement_too_long" if len(text) > LONGEST else ""


def sameness(text: str) -> str:
    """The same for two statements in the same words, whatever their spaces, case and stops (64 digits)."""
    letters = "".join(sign for sign in text.casefold() if not sign.isspace() and sign not in ".,!?ฯ“”\"'")
    return hashlib.sha256(letters.encode()).hexdigest()


def in_order(numbers: Iterable[int], mark: bytes) -> list[int]:
    """Statements (their numbers) in the order in which the bearer of a mark sees them.

    Everybody has an order of their own, always the same one: what is added last is seen as often as what came first.
    """
    return sorted(numbers, key=lambda one: hashlib.sha256(mark + one.to_bytes(4, "big")).digest())


def next_statement(numbers: Sequence[int], answered: Collection[int], mark: bytes) -> int | None:
    """The number of the statement that comes next; None when all of them are answered."""
    return next((one for one in in_order(numbers, mark) if one not in answered), None)
