"""Finding an office: by name, telephone, topic and place, the nearest first, with whether it is open now."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from sala.commons.agencies import rules
from sala.commons.agencies.queries.bodies import (
    KEPT_SECONDS,
    AgencyView,
    agencies_by_code,
    calendars,
    find_agency,
    list_holidays,
    memory,
    topics_answered,
)
from sala.commons.places import queries as places
from sala.core.clock import BANGKOK, day_of
from sala.engines import thai
from sala.platform.reference_data import read_ahead

PAGE = 20
MOST_SUGGESTED = 8
# What people call the kinds of offices, in the order of the page.
GROUPS: Mapping[str, frozenset[str]] = {
    "local": frozenset({"local_authority"}),
    "province": frozenset({"province", "district"}),
    "central": frozenset({"central_unit", "ministry", "department"}),
    "enterprise": frozenset({"state_enterprise"}),
    "independent": frozenset({"independent_body"}),
}
_GROUP_OF = {kind: group for group, kinds in GROUPS.items() for kind in kinds}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; empty text means all. `group` is a key of GROUPS; `topics` are codes that `q` means."""

    q: str = ""
    near: str = ""
    group: str = ""
    is_open: bool = False
    is_step_free: bool = False
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Office:
    """One office of the list. `point` is its counter, or the middle of its area if `is_about`; None if unknown."""

    agency: AgencyView
    label: str
    point: tuple[float, float] | None
    is_about: bool
    kilometres: float | None
    opening: rules.Opening | None


@dataclass(frozen=True, slots=True)
class Directory:
    """A page of offices, how many there are in all and of each group, and where "near" was understood to be."""

    offices: tuple[Office, ...]
    total: int
    counts: Mapping[str, int] = field(default_factory=dict)
    where: places.AreaPath | None = None
    is_near_unknown: bool = False


@dataclass(frozen=True, slots=True)
class _Near:
    point: tuple[float, float] | None = None
    area: str = ""


@memory.keep(KEPT_SECONDS)
def _texts() -> dict[str, str]:
    """What each office is found by: its names, its area's names, and its telephone's digits, without spaces."""
    found = {}
    for agency in agencies_by_code().values():
        path = places.area_path(agency.area)
        around = [f"{area.name_th} {area.name_en}" for area in path.areas] if path else []
        words = " ".join([agency.name_th, agency.name_en, agency.short_th, agency.code, *around]).lower()
        digits = "".join(sign for sign in agency.phone if sign.isdigit())
        found[agency.code] = f"{words.replace(' ', '')} {digits}"
    return found


@memory.keep(KEPT_SECONDS)
def _shared_names() -> frozenset[str]:
    """Thai and English names that more than one office bears."""
    known = agencies_by_code().values()
    counts = Counter(agency.name_th for agency in known) + Counter(agency.name_en for agency in known)
    return frozenset(name for name, count in counts.items() if count > 1)


@read_ahead
def read_directory() -> None:
    """What a page of the directory needs of all offices and places: half a second at national size, for nobody."""
    _texts()
    _shared_names()


def agency_label(agency: AgencyView, language: str) -> str:
    """An office's name; where others bear it too, with the district and the province it is in."""
    name = agency.name(language)
    if name not in _shared_names():
        return name
    path = places.area_path(agency.area)
    around = [area.name(language) for area in path.areas if len(area.code) <= 4] if path else []
    return f"{name} ({', '.join(around) or agency.code})"


def list_offices(wanted: Wanted, *, now: datetime, language: str, page: int = 1) -> Directory:
    """A page of the offices that fit, the nearest first if a place was named, else by name. Three queries at most."""
    near, is_unknown = _near(wanted.near)
    found = [agency for agency in _named(wanted) if not near.area or _serves(agency, near.area)]
    is_open = _Clock(now)
    counts = Counter(_GROUP_OF[agency.kind] for agency in found)
    more = {
        "all": len(found),
        "open": sum(is_open.says(agency) in ("open", "always") for agency in found),
        "step_free": sum(agency.is_step_free is True for agency in found),
    }
    fitting = [
        agency
        for agency in found
        if (not wanted.group or _GROUP_OF[agency.kind] == wanted.group)
        and (not wanted.is_open or is_open.says(agency) in ("open", "always"))
        and (not wanted.is_step_free or agency.is_step_free is True)
    ]
    ordered = _ordered(fitting, wanted, near)
    shown = ordered[(page - 1) * PAGE : page * PAGE]
    offices = tuple(_office(agency, near.point, is_open, language) for agency in shown)
    return Directory(offices, len(ordered), counts | more, places.area_path(near.area), is_unknown)


def _near(words: str) -> tuple[_Near, bool]:
    """Where "near" is: a point, or the middle of the area that the words mean; whether they meant nothing."""
    if not words.strip():
        return _Near(), False
    if point := places.find_point(words):
        place = places.place_of_point(*point)
        # Around a point every office counts that serves there: up to the district, since counters stand in towns.
        return _Near(point, place.code[:4]), bool(place.problem)
    reading = places.read_words(words)
    area = places.find_area(reading.sure or (reading.matches[0].code if reading.matches else ""))
    if area is None:
        return _Near(), True
    middle = (
        (area.latitude, area.longitude) if area.latitude is not None and area.longitude is not None else None
    )
    return _Near(middle, area.code), False


def _serves(agency: AgencyView, area: str) -> bool:
    """Whether an office is in an area, or its own area holds it; those of the whole country serve everywhere."""
    return agency.area is None or agency.area.startswith(area) or area.startswith(agency.area)


def _named(wanted: Wanted) -> list[AgencyView]:
    known, texts = agencies_by_code(), _texts()
    words = thai.normalise(wanted.q[:100]).lower().split()[:8]
    if not words:
        return list(known.values())
    digits = "".join(sign for sign in wanted.q if sign.isdigit())
    is_phone = len(digits) >= 3 and not any(sign.isalpha() for sign in wanted.q)
    parts = [digits] if is_phone else ["".join(sign for sign in word if sign not in "-()") for word in words]
    answering = [topics_answered().get(topic, frozenset()) for topic in wanted.topics]
    return [
        agency
        for code, agency in known.items()
        if all(part in texts[code] for part in parts) or any(code in codes for codes in answering)
    ]


def _ordered(found: Sequence[AgencyView], wanted: Wanted, near: _Near) -> list[AgencyView]:
    """Those named by the words before those that only answer for the topic; then the nearest; names decide the rest."""
    asked = "".join(thai.normalise(wanted.q[:100]).lower().split())
    if not asked and not near.area and near.point is None:
        return list(found)  # by name, as they come
    texts = _texts()

    def place(agency: AgencyView) -> tuple[float, ...]:
        named = not asked or asked in texts[agency.code]
        begins = bool(asked) and texts[agency.code].startswith(asked)
        point, is_about = point_of(agency)
        far = places.kilometres(*near.point, *point) if near.point and point else 1e6 if near.point else 0.0
        return (
            not named,
            not begins,
            agency.area is None and bool(near.area),
            far,
            is_about and bool(near.point),
        )

    return sorted(found, key=place)  # the order of names stays among equals


def point_of(agency: AgencyView) -> tuple[tuple[float, float] | None, bool]:
    """Where an office is, and whether that is only the middle of its area."""
    if agency.latitude is not None and agency.longitude is not None:
        return (agency.latitude, agency.longitude), False
    area = places.find_area(agency.area)
    if area is None or area.latitude is None or area.longitude is None:
        return None, True
    return (area.latitude, area.longitude), True


class _Clock:
    """Whether offices are open at one moment; few texts of hours serve thousands of offices."""

    def __init__(self, now: datetime) -> None:
        self.now = now.astimezone(BANGKOK).replace(tzinfo=None)
        self._known: dict[tuple[str, bool], rules.Opening] = {}

    def at(self, agency: AgencyView) -> rules.Opening | None:
        """How the office is now; None if its hours are not known."""
        if not agency.hours:
            return None
        own = _has_own_holidays(agency.code)
        days = calendars().days_of(agency.code if own else None)
        key = (agency.hours, not own)
        if key not in self._known or not key[1]:
            try:
                self._known[key] = rules.opening_at(
                    rules.read_hours(agency.hours), self.now, days.__contains__
                )
            except rules.BadHours:
                return None
        return self._known[key]

    def says(self, agency: AgencyView) -> str:
        """The state alone, "" if unknown."""
        opening = self.at(agency)
        return opening.state if opening else ""


@memory.keep(KEPT_SECONDS)
def _with_own_holidays() -> frozenset[str]:
    return frozenset(str(row["agency"]) for row in list_holidays() if row["agency"])


def _has_own_holidays(code: str) -> bool:
    return code in _with_own_holidays()


def opening_of(agency: AgencyView, *, now: datetime) -> rules.Opening | None:
    """How an office is at a moment; None if its hours are not known."""
    return _Clock(now).at(agency)


def is_after_hours(code: str, now: datetime) -> bool:
    """Whether an office is closed for the day at an instant; one whose hours nobody noted is taken to be open."""
    office = find_agency(code)
    opening = opening_of(office, now=now) if office else None
    if opening is None or opening.state != "closed" or opening.opens_at is None:
        return False
    return opening.opens_at.date() > day_of(now)


def _office(agency: AgencyView, near: tuple[float, float] | None, clock: _Clock, language: str) -> Office:
    point, is_about = point_of(agency)
    far = places.kilometres(*near, *point) if near and point else None
    return Office(agency, agency_label(agency, language), point, is_about, far, clock.at(agency))


def suggest_agencies(text: str, *, language: str, limit: int = MOST_SUGGESTED) -> list[tuple[str, str]]:
    """(code, label) of offices that words may mean, the best first; nothing for fewer than two letters."""
    asked = thai.normalise(text[:100]).strip()
    if len(asked) < 2:
        return []
    wanted = Wanted(q=asked)
    found = _ordered(_named(wanted), wanted, _Near())[:limit]
    return [(agency.code, agency_label(agency, language)) for agency in found]


def read_agency(typed: str) -> str:
    """The code of the office that words name without a doubt: "name [code]", a code, or a name that only one bears."""
    typed = typed.strip()
    _, bracket, rest = typed.rpartition("[")
    code = rest.removesuffix("]") if bracket and typed.endswith("]") else typed
    known = agencies_by_code()
    if code in known:
        return code
    asked = typed.lower()
    named = [
        a.code
        for a in known.values()
        if asked and asked in (a.name_th.lower(), a.name_en.lower(), a.short_th.lower())
    ]
    return named[0] if len(named) == 1 else ""


def list_named(name: str) -> list[str]:
    """Codes of the offices that bear a name, whatever its spelling, spaces and case: in Thai, in English, or short."""
    return _by_folded_name().get(_folded(name), [])


def _folded(name: str) -> str:
    return thai.normalise(name).replace(" ", "").casefold()


@memory.keep(30)
def _by_folded_name() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for agency in agencies_by_code().values():
        for name in {_folded(name) for name in (agency.name_th, agency.name_en, agency.short_th) if name}:
            found.setdefault(name, []).append(agency.code)
    return found


@cache
def week_of(text: str) -> tuple[tuple[tuple[int, int], tuple[tuple[int, int], ...]], ...]:
    """Hours as lines of a table: ((first day, last day), spans in minutes), days 0 to 6; () for what we cannot read."""
    try:
        hours = rules.read_hours(text)
    except rules.BadHours:
        return ()
    lines: list[tuple[tuple[int, int], tuple[tuple[int, int], ...]]] = []
    for day, spans in enumerate(hours.week):
        if lines and lines[-1][1] == spans:
            lines[-1] = ((lines[-1][0][0], day), spans)
        else:
            lines.append(((day, day), spans))
    return tuple(lines)
