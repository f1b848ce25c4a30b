"""A new complaint: its topic, what is like it, whether a moderator should look first."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

# Topics that a machine never routes alone: what is at stake is a person's safety or the state's honesty.
ALWAYS_BY_A_PERSON = frozenset({"corruption", "officer_conduct", "procurement", "crime_safety", "drugs"})
# Topics about a thing at a place, where a picture shows whether it was mended.
SEEN_IN_THE_WORLD = frozenset(
    {
        "street_light",
        "road_damage",
        "sidewalk",
        "traffic_signal",
        "obstruction",
        "bridge",
        "flood_drain",
        "canal_water",
        "garbage",
        "tree",
        "water_supply",
        "electricity",
        "cables",
        "building",
    }
)
CONFIDENT = 0.5


@dataclass(frozen=True, slots=True)
class Guess:
    """A topic the machine proposes, how sure it is (0 to 1), and the words that decided."""

    topic: str
    confidence: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """Where a new complaint should go: the topic, whether a person must confirm it, the guesses shown to them."""

    topic: str
    is_sure: bool
    guesses: tuple[Guess, ...]


def propose(*, chosen: str, guesses: tuple[Guess, ...], other: str = "other") -> Proposal:
    """The topic of a new complaint: what the person chose, else the machine's best guess if it is sure enough.

    A guess below the confidence threshold or of a topic that people must route becomes "other" for triage, with
    the guesses beside it. The machine's doubt is shown as doubt.
    """
    if chosen and chosen != other:
        return Proposal(chosen, chosen not in ALWAYS_BY_A_PERSON, guesses)
    best = guesses[0] if guesses else None
    if best is None or best.confidence < CONFIDENT:
        return Proposal(other, False, guesses)
    return Proposal(best.topic, best.topic not in ALWAYS_BY_A_PERSON, guesses)


LIKENESS_WITH_PLACE = 0.15
LIKENESS_ALONE = 0.4


def likeness(grams: Iterable[str], others: Iterable[str]) -> float:
    """How much of the shorter text's letter groups the other has too, 0 to 1; 0 if either has none."""
    one, other = frozenset(grams), frozenset(others)
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


# A report of a fraud names one address or two; advertising names many, or hardly anything else.
MOST_LINKS = 2
SHARE_OF_LINKS = 0.5
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
# Neighbours send "ไฟดับ" word for word alike; nobody sends two lines word for word alike by chance.
LONG_ENOUGH_TO_COPY = 30
SAME_WORDS_USED = 0.5
NEARLY_FULL = 0.9


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a door knows of a complaint beside what it says; both are shares of a rate limit's room, 0 to 1.

    `same_words_used`: how much of the room for these very words from this address; `room_used`: for anything.
    """

    text: str
    same_words_used: float = 0.0
    room_used: float = 0.0


def is_suspect(arrival: Arrival) -> bool:
    """Whether a moderator should look before anybody else: many links, the same words again and again, a flood.

    The sender is not told and nothing is lost: a moderator releases what is a real complaint.
    """
    links = _LINK.findall(arrival.text)
    told = len("".join(arrival.text.split()))
    if len(links) > MOST_LINKS or (links and sum(map(len, links)) > SHARE_OF_LINKS * told):
        return True
    return arrival.same_words_used > SAME_WORDS_USED or arrival.room_used > NEARLY_FULL


def may_be_copied(text: str) -> bool:
    """Whether a text is so long that the same words again are hardly chance."""
    return len(text) >= LONG_ENOUGH_TO_COPY
