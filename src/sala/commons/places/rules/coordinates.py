"""Coordinates as people paste them: "16.43,102.83", Thai digits, N and E, degrees and minutes, a map's address."""

import re

from sala.commons.places.rules.points import problem_of_point
from sala.engines import thai

LONGEST = 400  # a map's address can be long; what is longer is no position

_NUMBER = r"[-+]?\d{1,3}(?:\.\d{1,12})?"
_SIDES = {"n": 1, "s": -1, "e": 1, "w": -1, "เหนือ": 1, "ใต้": -1, "ตะวันออก": 1, "ตะวันตก": -1}
# Where the addresses of well-known maps keep their point; the most exact form first.
_IN_ADDRESS = (
    re.compile(rf"!3d({_NUMBER})!4d({_NUMBER})"),
    re.compile(
        rf"[?&](?:q|ll|query|center|destination|daddr|mlat)=(?:loc:)?({_NUMBER})(?:,|%2c|&mlon=)({_NUMBER})"
    ),
    re.compile(rf"@({_NUMBER}),({_NUMBER})"),
    re.compile(rf"[#/](?:map=)?\d{{1,2}}(?:\.\d+)?/({_NUMBER})/({_NUMBER})"),
    re.compile(rf"^geo:({_NUMBER}),({_NUMBER})"),
)
_PART = re.compile(
    r"(?P<before>[nsew]|เหนือ|ใต้|ตะวันออก|ตะวันตก)?\s*"
    rf"(?P<degrees>{_NUMBER})\s*(?:°|º|d|องศา)?\s*"
    r"(?:(?P<minutes>\d{1,2}(?:\.\d{1,9})?)\s*['′’ลิปดา]{1,6}\s*"
    r"(?:(?P<seconds>\d{1,2}(?:\.\d{1,9})?)\s*[\"″”'′’ฟิลิปดา]{1,8}\s*)?)?"
    r"(?P<after>[nsew]|เหนือ|ใต้|ตะวันออก|ตะวันตก)?"
)
_LABELS = re.compile(r"\b(?:lat(?:itude)?|lon(?:g(?:itude)?)?|lng)\b\s*[:=]?|ละติจูด|ลองจิจูด|พิกัด|gps")


def find_point(text: str) -> tuple[float, float] | None:
    """Latitude and longitude in degrees if the whole text is a position, else None.

    Linear in the text, of which only the first 400 signs count. A pair that lies in the country only when it is
    exchanged is exchanged: some programs write the longitude first.
    """
    words = thai.normalise(text[: LONGEST + 1]).strip().lower()
    if not words or len(words) > LONGEST:
        return None
    for pattern in _IN_ADDRESS:
        if found := pattern.search(words):
            return _put_right(float(found[1]), float(found[2]))
    if "://" in words:
        return None
    pair = _pair(words)
    return _put_right(*pair) if pair else None


def _pair(words: str) -> tuple[float, float] | None:
    """Two numbers that are the whole text, each perhaps with its side of the world."""
    words = _LABELS.sub(" ", words).strip(" ()[]{},;")
    first = _PART.match(words)
    if first is None:
        return None
    rest = words[first.end() :].lstrip(" ,;/|")
    second = _PART.fullmatch(rest)
    if second is None or len(rest) == len(words):
        return None
    if not _is_position(words):
        return None
    one, other = _degrees(first), _degrees(second)
    if _side(first) in ("e", "w", "ตะวันออก", "ตะวันตก") and _side(second) not in (
        "e",
        "w",
        "ตะวันออก",
        "ตะวันตก",
    ):
        one, other = other, one
    return one, other


def _is_position(words: str) -> bool:
    """Two bare whole numbers are a house number or a date; a point of decimals, a degree or a side makes a position."""
    return "." in words or "°" in words or any(side in words for side in _SIDES)


def _side(part: re.Match[str]) -> str:
    return part["before"] or part["after"] or ""


def _degrees(part: re.Match[str]) -> float:
    number = float(part["degrees"])
    more = float(part["minutes"] or 0) / 60 + float(part["seconds"] or 0) / 3600
    turned = _SIDES.get(_side(part), 1)
    return turned * (number + more if number >= 0 else number - more)


def _put_right(latitude: float, longitude: float) -> tuple[float, float] | None:
    if problem_of_point(latitude, longitude) == "point_swapped":
        latitude, longitude = longitude, latitude
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None
