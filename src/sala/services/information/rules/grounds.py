"""On what an office may rely when it does not give everything, and which way each ground leaves open."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from sala.core.errors import Invalid


class Ground(StrEnum):
    """The sections by which something is not given. The letters are the Act's own numbers, so that none is renamed."""

    S14 = "s14"
    S15_1 = "s15_1"
    S15_2 = "s15_2"
    S15_3 = "s15_3"
    S15_4 = "s15_4"
    S15_5 = "s15_5"
    S15_6 = "s15_6"
    S15_7 = "s15_7"
    S11_BULK = "s11_bulk"
    S11_NOT_READY = "s11_not_ready"
    S25_CORRECTION = "s25_correction"


class Remedy(StrEnum):
    """Where the person may turn against a ground."""

    TRIBUNAL = "tribunal"
    TRIBUNAL_CORRECTION = "tribunal_correction"
    BOARD = "board"


# Sections 14 and 15 are orders not to disclose: appeal (s. 18), no complaint about a s. 15 order (s. 13 para 1). That
# the Act excludes only s. 15 from complaints, and not s. 14, is not used here: s. 18 names both, and its days run.
# What is not given under s. 11 is no such order, so s. 18 does not open; the person complains (s. 13).
_BY_COMPLAINT = frozenset({Ground.S11_BULK, Ground.S11_NOT_READY})


def remedy(ground: Ground) -> Remedy:
    """Where the person may turn against this ground."""
    if ground in _BY_COMPLAINT:
        return Remedy.BOARD
    return Remedy.TRIBUNAL_CORRECTION if ground is Ground.S25_CORRECTION else Remedy.TRIBUNAL


def needs_weighing(ground: Ground) -> bool:
    """Whether the office must say how it weighed the interests: duty, the public's, those concerned (s. 15 para 1)."""
    return ground.value.startswith("s15_")


class Wish(StrEnum):
    """What a request is for: information of the state (s. 11), one's own data (s. 25), or correcting those (s. 25)."""

    INFORMATION = "information"
    OWN_DATA = "own_data"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why something is not given: the grounds relied on and the office's words for each, in the same order."""

    grounds: tuple[Ground, ...]
    words: tuple[str, ...]


SHORTEST_REASON = 20


def require_reasons(reasons: Reasons, *, wish: Wish) -> None:
    """A refusal says which kind of information it is and why (s. 15 para 2). Raises Invalid, naming the field.

    At least one ground, each once, each with words of at least 20 characters; a ground about correcting belongs to
    a request for that and to no other.
    """
    fields = {}
    if not reasons.grounds:
        fields["grounds"] = "ground_missing"
    elif len(set(reasons.grounds)) < len(reasons.grounds):
        fields["grounds"] = "ground_twice"
    elif (Ground.S25_CORRECTION in reasons.grounds) != (wish is Wish.CORRECTION):
        fields["grounds"] = "ground_does_not_fit"
    if len(reasons.words) != len(reasons.grounds) or any(
        len(words.strip()) < SHORTEST_REASON for words in reasons.words
    ):
        fields["words"] = "reason_too_short"
    if fields:
        raise Invalid("invalid", fields)


def remedies(grounds: Collection[Ground]) -> frozenset[Remedy]:
    """Every way that these grounds leave open; several at once where a refusal relies on several."""
    return frozenset(remedy(ground) for ground in grounds)
