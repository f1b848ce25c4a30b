"""Is it the same matter again? Text alone only suggests; place and time decide."""

import math
from dataclasses import dataclass
from enum import StrEnum

_EARTH_METRES = 6_371_008.8  # mean radius (IUGG)


class Verdict(StrEnum):
    """What likeness, place and time together say of two texts."""

    REPEAT = "repeat"  # alike, same place, near in time: link to the earlier one
    SUGGESTED = "suggested"  # nothing speaks against it, but place or time is not known: a person decides
    ELSEWHERE = "elsewhere"  # alike, but at another place: the same kind of matter, not the same matter
    ANOTHER_TIME = "another_time"  # alike and there, but too long apart: it came back
    WEAK = "weak"  # hardly alike; shown so that a person may look


@dataclass(frozen=True)
class Limits:
    """From which likeness, within how many metres and days, two texts may tell of one matter."""

    candidate: float = 0.5
    metres: float = 200.0
    days: float = 30.0


@dataclass(frozen=True)
class Place:
    """A point (degrees, WGS 84), or a name such as a road or a subdistrict; both may be absent."""

    latitude: float | None = None
    longitude: float | None = None
    name: str = ""


def metres_between(one: Place, other: Place) -> float | None:
    """Great-circle distance by the haversine formula, or None if a point is missing."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    north, south = math.radians(one.latitude), math.radians(other.latitude)
    turn = math.radians(other.longitude - one.longitude)
    half = math.sin((south - north) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(turn / 2) ** 2
    return 2 * _EARTH_METRES * math.asin(math.sqrt(min(1.0, half)))


def is_same_place(one: Place, other: Place, limits: Limits) -> bool | None:
    """Whether two places are within the limit, or bear the same name; None if that cannot be said."""
    metres = metres_between(one, other)
    if metres is not None:
        return metres <= limits.metres
    if one.name and other.name:
        return one.name == other.name
    return None


def decide(score: float, *, same_place: bool | None, days_apart: float | None, limits: Limits) -> Verdict:
    """The verdict on two texts of likeness `score`; None means not known. Never merges anything by itself."""
    if score < limits.candidate:
        return Verdict.WEAK
    if same_place is False:
        return Verdict.ELSEWHERE
    if days_apart is not None and abs(days_apart) > limits.days:
        return Verdict.ANOTHER_TIME
    if same_place is None or days_apart is None:
        return Verdict.SUGGESTED
    return Verdict.REPEAT
