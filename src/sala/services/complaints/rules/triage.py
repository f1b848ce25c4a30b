"""A new complaint: its topic, what is like it, whether a moderator should look first."""

from collections.abc import Iterable
from dataclasses import dataclass

# Topics that a machine never routes alone: what is at stake is a person's safety or the state's honesty.
ALWAYS_BY_A_PERSON = frozenset({"corruption", "officer_conduct", "procurement", "crime_safety", "drugs"})
# Whoever is shown on a picture about these may be in danger or be accused: a moderator looks before everyone does.
PICTURES_LOOKED_AT_FIRST = ALWAYS_BY_A_PERSON
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
