"""Go through a list of reports and say of each which others tell of the same matter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sala.engines.thai.repeats.index import Index, Match
from sala.engines.thai.repeats.verdict import Limits, Place, Verdict, decide, is_same_place, metres_between

_SECONDS_A_DAY = 86_400.0
_LOOKED_AT = 20  # likest texts whose place and time are weighed
_TWINS = 50  # and as many of the very same words, before and after it in time


@dataclass(frozen=True)
class Report:
    """A text, where it happened and when (seconds since 1970, UTC), as far as known."""

    text: str
    place: Place = Place()
    at: float | None = None


@dataclass(frozen=True)
class Likely:
    """Another report (by its number in the list), how like it is, and what place and time say.

    `earlier` tells whether it came before: by time if both are known, else by its number.
    """

    number: int
    score: float
    verdict: Verdict
    earlier: bool
    same_place: bool | None
    metres: float | None
    days_apart: float | None


@dataclass(frozen=True)
class Finding:
    """The likest other reports, best first, and the earlier one this repeats, if place and time confirm one."""

    likely: tuple[Likely, ...]
    repeat_of: int | None


def find_repeats(
    reports: Sequence[Report], *, limits: Limits | None = None, most: int = 3, least: float = 0.2
) -> Iterator[Finding]:
    """Yield one finding per report, in order.

    Up to `most` other reports of likeness `least` or more are told, best first, and confirmed repeats always.
    Nothing is merged: a finding links, and a person may undo it. Memory grows with the letters of all texts.
    """
    told = limits or Limits()
    index = Index(report.text for report in reports)
    twins = _Twins(reports, index.wording)
    for number, matches in enumerate(index.matches(most=max(most, _LOOKED_AT), least=least)):
        known = {match.row for match in matches}
        same = [twin for twin in twins.near(number) if twin not in known]
        yield _finding(reports, number, matches + [Match(twin, 1.0) for twin in same], told, most)


class _Twins:
    """Reports of one wording, by time, where they are too many for the likest few to hold them all."""

    def __init__(self, reports: Sequence[Report], wording: Sequence[int]) -> None:
        groups: dict[int, list[int]] = {}
        for number in sorted(range(len(reports)), key=lambda number: (reports[number].at or 0.0, number)):
            if wording[number] >= 0:
                groups.setdefault(wording[number], []).append(number)
        crowded = [group for group in groups.values() if len(group) > _LOOKED_AT]
        self._places = {number: (group, place) for group in crowded for place, number in enumerate(group)}

    def near(self, number: int) -> list[int]:
        """The other reports of the same wording next to this one in time."""
        group, place = self._places.get(number, ([], 0))
        return [twin for twin in group[max(0, place - _TWINS) : place + _TWINS + 1] if twin != number]


def _finding(
    reports: Sequence[Report], number: int, matches: list[Match], limits: Limits, most: int
) -> Finding:
    likely = [_likely(reports, number, match, limits) for match in matches]
    confirmed = [one for one in likely if one.verdict is Verdict.REPEAT]
    earlier = [one for one in confirmed if one.earlier]
    kept = [one for place, one in enumerate(likely) if place < most or one.verdict is Verdict.REPEAT]
    return Finding(tuple(kept), earlier[0].number if earlier else None)


def _likely(reports: Sequence[Report], number: int, match: Match, limits: Limits) -> Likely:
    own, other = reports[number], reports[match.row]
    same_place = is_same_place(own.place, other.place, limits)
    days = None if own.at is None or other.at is None else (own.at - other.at) / _SECONDS_A_DAY
    earlier = match.row < number if days is None or days == 0 else days > 0
    return Likely(
        number=match.row,
        score=match.score,
        verdict=decide(match.score, same_place=same_place, days_apart=days, limits=limits),
        earlier=earlier,
        same_place=same_place,
        metres=metres_between(own.place, other.place),
        days_apart=days,
    )
