"""In which order the releases of one contracting process were made, by their dates; and when that is not known.

OCDS asks for RFC 3339 dates. Where all of a process's dates are, they are compared as the moments they name, so
that time zones may differ; dates of one other plain form (days without a time) as text. Anything else, such as
01/03/2567, has no order that a program could know.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from sala.engines.ocds.errors import MergeError
from sala.engines.ocds.shapes import JsonObject

# the form of nearly all dates; such texts sort as the moments do
_PLAIN: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_MOMENT: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)
_SORTABLE: Final = re.compile(
    r"(\d{4})-\d\d(-\d\d([Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)?)?)?", re.ASCII
)
_DIGITS: Final = re.compile(r"\d")
# no release is so late by the Gregorian calendar: beyond it a year counts from the Buddha
_BUDDHIST_YEAR: Final = 2400


def sort_releases(releases: Sequence[JsonObject]) -> Sequence[JsonObject]:
    """The releases by date, equal dates in the order given; one release alone needs no date.

    Raises MergeError where a date is missing or no text. Where `doubt_order` doubts, they are sorted as text.
    """
    if any(type(release) is not dict for release in releases):
        raise MergeError("a release is not a JSON object")
    if len(releases) == 1:
        return releases
    dates = _dates(releases)
    keys: Sequence[Any] = dates
    if not all(map(_PLAIN.fullmatch, dates)):
        moments = [moment_of(date) for date in dates]
        keys = dates if None in moments else moments
    return [releases[place] for place in sorted(range(len(dates)), key=keys.__getitem__)]


def doubt_order(releases: Sequence[JsonObject]) -> str | None:
    """Why the order of these releases is not known, as a sentence; None where it is."""
    if len(releases) < 2:
        return None
    dates = _dates(releases)
    if all(map(_PLAIN.fullmatch, dates)) or all(map(moment_of, dates)):
        return None
    found = [_SORTABLE.fullmatch(date) for date in dates]
    odd = next((date for date, one in zip(dates, found, strict=True) if one is None), None)
    if odd is not None:
        return (
            f"{odd!r} is no RFC 3339 date, so the order of the releases is not known; they are sorted as text"
        )
    if len({_DIGITS.sub("0", date) for date in dates}) > 1:
        return "the dates are written in different forms, not all RFC 3339; they are sorted as text"
    if len({int(one[1]) >= _BUDDHIST_YEAR for one in found if one}) > 1:
        return "some dates are in Buddhist years and some are not; they are sorted as text"
    return None


def _dates(releases: Sequence[JsonObject]) -> list[str]:
    try:
        dates = [release["date"] for release in releases]
    except KeyError:
        raise MergeError("a release has no date, so the order of the releases is not known") from None
    if any(type(date) is not str for date in dates):
        raise MergeError("a release's date is not text, so the order of the releases is not known")
    return dates


def moment_of(date: str) -> tuple[datetime, str] | None:
    """The moment of an RFC 3339 date, to sort by: in UTC to the second, then the digits of its fraction."""
    found = _MOMENT.fullmatch(date)
    if found is None:
        return None
    day, clock, fraction, zone = found.groups()
    try:
        moment = datetime.fromisoformat(f"{day}T{clock}{'+00:00' if zone in 'Zz' else zone}").astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment, (fraction or "").rstrip("0")
