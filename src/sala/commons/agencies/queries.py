"""Reads about bodies, areas, mandates and roles. Reference data changes seldom and is kept for a short while."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db.models import Q, QuerySet

from sala.commons.agencies import rules
from sala.commons.agencies.models import Agency, Appointment, Area, Desk, Holiday, Mandate
from sala.core.actors import Grant, Role
from sala.core.errors import NotFound

P = ParamSpec("P")
T = TypeVar("T")
_remembered: list[dict[Any, Any]] = []


def _remember(seconds: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep answers in this process for some seconds: reference data is read on every filing, changed monthly."""

    def decorate(query: Callable[P, T]) -> Callable[P, T]:
        kept: dict[Any, tuple[float, T]] = {}
        _remembered.append(kept)

        @wraps(query)
        def remembered(*args: P.args, **kwargs: P.kwargs) -> T:
            key = (args, tuple(sorted(kwargs.items())))
            until, answer = kept.get(key, (0.0, None))
            if until < time.monotonic():
                answer = query(*args, **kwargs)
                kept[key] = (time.monotonic() + seconds, answer)
            return answer  # type: ignore[return-value]  # None only before the first answer

        return remembered

    return decorate


def forget() -> None:
    """Drop what was kept; actions that change reference data and tests call it."""
    for kept in _remembered:
        kept.clear()


@dataclass(frozen=True, slots=True)
class AgencyView:
    """An agency as other boxes see it."""

    id: int
    code: str
    kind: str
    name_th: str
    name_en: str
    parent: str | None
    area: str | None
    is_central: bool
    phone: str = ""
    website: str = ""
    short_th: str = ""

    def name(self, language: str) -> str:
        """The agency's name in "th" or "en"."""
        return self.name_en if language == "en" else self.name_th


@dataclass(frozen=True, slots=True)
class AreaView:
    """An area as other boxes see it; latitude and longitude in degrees, None if unknown."""

    id: int
    code: str
    level: str
    name_th: str
    name_en: str
    latitude: float | None = None
    longitude: float | None = None

    def name(self, language: str) -> str:
        """The area's name in "th" or "en"."""
        return self.name_en if language == "en" else self.name_th


@_remember(30)
def agencies_by_code() -> dict[str, AgencyView]:
    """Every active agency by its code, in the order of names."""
    rows = Agency.objects.filter(is_active=True).select_related("parent", "area").order_by("name_th")
    return {a.code: _agency_view(a) for a in rows}


def _agency_view(agency: Agency) -> AgencyView:
    return AgencyView(
        id=agency.pk,
        code=agency.code,
        kind=agency.kind,
        name_th=agency.name_th,
        name_en=agency.name_en,
        parent=agency.parent.code if agency.parent else None,
        area=agency.area.code if agency.area else None,
        is_central=agency.is_central,
        phone=agency.phone,
        website=agency.website,
        short_th=agency.short_th,
    )


def get_agency(code: str) -> AgencyView:
    """One active agency. Raises NotFound."""
    agency = agencies_by_code().get(code)
    if agency is None:
        raise NotFound("agency_not_found", agency=code)
    return agency


def codes_above(code: str) -> set[str]:
    """The codes of an agency and of all those above it, active or not. One query for each floor."""
    found: set[str] = set()
    while code and code not in found:
        found.add(code)
        code = Agency.objects.filter(code=code).values_list("parent__code", flat=True).first() or ""
    return found


def find_agency(code: str | None) -> AgencyView | None:
    """One active agency, or None."""
    return agencies_by_code().get(code) if code else None


@_remember(30)
def central_agency() -> AgencyView | None:
    """The unit that takes what nobody else can be found for; None in an empty database."""
    return next((a for a in agencies_by_code().values() if a.is_central), None)


def superiors_of(code: str) -> tuple[AgencyView, ...]:
    """The agencies above one, nearest first."""
    known = agencies_by_code()
    chain: list[AgencyView] = []
    current = known.get(code)
    while current and current.parent and current.parent in known and len(chain) < 10:
        current = known[current.parent]
        chain.append(current)
    return tuple(chain)


@_remember(30)
def all_mandates() -> tuple[rules.MandateRow, ...]:
    """Every mandate of active agencies, as the routing rule reads them."""
    rows = Mandate.objects.filter(agency__is_active=True).select_related("agency", "area").order_by("pk")
    return tuple(
        rules.MandateRow(
            agency=m.agency.code,
            topic=m.topic,
            area=m.area.code if m.area else None,
            law_th=m.law_th,
            law_en=m.law_en,
            valid_from=m.valid_from,
            valid_until=m.valid_until,
            kind=m.agency.kind,
        )
        for m in rows
    )


def candidates(*, topic: str, area: str | None, on: date) -> tuple[rules.Candidate, ...]:
    """Who may answer for a topic in an area on a day, best first, each with its mandate."""
    return rules.rank_mandates(all_mandates(), topic=topic, area=area, on=on)


@_remember(300)
def find_area(code: str | None) -> AreaView | None:
    """One area by its code, or None."""
    row = Area.objects.filter(code=code).first() if code else None
    return _area_view(row) if row else None


@_remember(300)
def areas_within(parent: str | None) -> tuple[AreaView, ...]:
    """The areas directly inside one (the provinces if None), by Thai name."""
    rows = Area.objects.filter(parent__code=parent) if parent else Area.objects.filter(parent__isnull=True)
    return tuple(sorted((_area_view(a) for a in rows), key=lambda a: a.name_th.lstrip("เแโใไ")))


def areas_of_level(level: str) -> list[AreaView]:
    """Every area of a level ("province", "district", "subdistrict"), by code. One query."""
    return [_area_view(area) for area in Area.objects.filter(level=level).order_by("code")]


LEVELS = {1: "province", 2: "district", 3: "subdistrict"}
MOST_PLACES = 150


def areas_in_box(level: int, *, south: float, west: float, north: float, east: float) -> list[AreaView]:
    """Areas of a level (1 province, 2 district, 3 subdistrict) whose middle lies in a box of degrees; 150 at most."""
    rows = Area.objects.filter(
        level=LEVELS.get(level, ""), latitude__range=(south, north), longitude__range=(west, east)
    )
    return [_area_view(area) for area in rows.select_related("parent").order_by("code")[:MOST_PLACES]]


def _area_view(area: Area) -> AreaView:
    return AreaView(
        id=area.pk,
        code=area.code,
        level=area.level,
        name_th=area.name_th,
        name_en=area.name_en,
        latitude=float(area.latitude) if area.latitude is not None else None,
        longitude=float(area.longitude) if area.longitude is not None else None,
    )


@dataclass(frozen=True, slots=True)
class AreaPath:
    """An area with those that contain it, the smallest first."""

    areas: tuple[AreaView, ...]

    @property
    def code(self) -> str:
        """The code of the smallest one."""
        return self.areas[0].code

    def label(self, language: str) -> str:
        """Names from small to large: "ในเมือง เมืองขอนแก่น ขอนแก่น"."""
        return " ".join(area.name(language) for area in self.areas)


def area_chain(code: str | None) -> tuple[str, ...]:
    """The code with those of the areas that contain it, the smallest first."""
    return rules.area_chain(code)


def area_path(code: str | None) -> AreaPath | None:
    """An area with those that contain it, or None for a code we do not know."""
    found = tuple(area for part in rules.area_chain(code) if (area := find_area(part)))
    return AreaPath(found) if found and found[0].code == code else None


def find_areas_by_words(text: str, limit: int = 12) -> list[AreaPath]:
    """Areas that a person may mean by some names, smallest name first or last: exact names before longer ones.

    Every name must be that of the area or of one that contains it. "" finds nothing.
    """
    words = rules.asked_words(text)
    if not words:
        return []
    named = Q()
    for word in words:
        named |= Q(name_th__contains=word) | Q(name_en__icontains=word)
    rows = Area.objects.filter(named)[:400]
    paths = [path for row in rows if (path := area_path(row.code))]
    fitting = [p for p in paths if all(any(_is_named(a, w) for a in p.areas) for w in words)]
    smallest = [p for p in fitting if any(_is_named(p.areas[0], w) for w in words)]
    exact = [p for p in smallest if any(w in (p.areas[0].name_th, p.areas[0].name_en) for w in words)]
    return sorted(exact or smallest, key=lambda p: (len(p.code), p.code))[:limit]


def _is_named(area: AreaView, word: str) -> bool:
    return word in area.name_th or word.lower() in area.name_en.lower()


def search_areas(text: str, limit: int = 20) -> list[AreaView]:
    """Areas whose Thai or English name holds `text`, larger areas first; nothing for fewer than two letters."""
    text = text.strip()
    if len(text) < 2:
        return []
    rows = Area.objects.filter(Q(name_th__contains=text) | Q(name_en__icontains=text))
    return sorted((_area_view(a) for a in rows[:200]), key=lambda a: (len(a.code), a.code))[:limit]


@_remember(300)
def holidays(agency: str | None = None) -> frozenset[date]:
    """Days that are not working days besides week-ends: the country's, and the agency's own."""
    rows = Holiday.objects.filter(Q(agency__isnull=True) | Q(agency__code=agency))
    return frozenset(rows.values_list("on", flat=True))


def grants_of(person_id: int) -> tuple[Grant, ...]:
    """The roles a person holds now, oldest first. One query."""
    rows = (
        Appointment.objects.filter(person_id=person_id, ended_at__isnull=True)
        .order_by("granted_at", "pk")
        .values_list("role", "agency__code")
    )
    return tuple(Grant(Role(role), agency) for role, agency in rows)


def people_with_role(agency: str, roles: Sequence[Role]) -> list[int]:
    """Ids of the persons who hold one of the roles for an agency now."""
    rows = Appointment.objects.filter(agency__code=agency, role__in=roles, ended_at__isnull=True)
    return list(rows.order_by("person_id").values_list("person_id", flat=True).distinct())


def staff_of(agency: str) -> QuerySet[Appointment]:
    """Who works for an agency now, with the person, by role."""
    rows = Appointment.objects.filter(agency__code=agency, ended_at__isnull=True)
    return rows.select_related("person", "agency").order_by("role", "pk")


def desks_of(agency: str) -> list[Desk]:
    """The desks of an agency, by Thai name."""
    return list(Desk.objects.filter(agency__code=agency).order_by("name_th"))


def list_mandates() -> list[rules.MandateRow]:
    """Every mandate, with codes instead of rows, by agency and topic. One query."""
    rows = Mandate.objects.select_related("agency", "area")
    return [
        rules.MandateRow(
            agency=mandate.agency.code,
            topic=mandate.topic,
            area=mandate.area.code if mandate.area else "",
            law_th=mandate.law_th,
            law_en=mandate.law_en,
            valid_from=mandate.valid_from,
            valid_until=mandate.valid_until,
        )
        for mandate in rows.order_by("agency__code", "topic", "area__code", "valid_from")
    ]


def list_holidays() -> list[dict[str, object]]:
    """Every day that is no working day, with the agency's code or "" for the whole country. One query."""
    rows = Holiday.objects.select_related("agency").order_by("on", "agency__code")
    return [
        {"on": h.on, "name_th": h.name_th, "name_en": h.name_en, "agency": h.agency.code if h.agency else ""}
        for h in rows
    ]


def mandates_of(agency: str) -> list[Mandate]:
    """What an agency answers for, where and by which law: those in force and those to come first by topic."""
    rows = Mandate.objects.filter(agency__code=agency).select_related("area")
    return list(rows.order_by("topic", "area__code", "valid_from"))


def mandates_in(area: str) -> list[Mandate]:
    """Who answers for what in an area of its own: mandates of this area and of those that contain it."""
    rows = Mandate.objects.filter(area__code__in=rules.area_chain(area), agency__is_active=True)
    return list(rows.select_related("agency", "area").order_by("topic", "-area__code", "agency__code"))


def holidays_after(day: date, agency: str | None = None, limit: int = 40) -> list[Holiday]:
    """The next days that are not working days, week-ends apart: the country's, and the agency's own."""
    rows = Holiday.objects.filter(Q(agency__isnull=True) | Q(agency__code=agency), on__gte=day)
    return list(rows.order_by("on")[:limit])


def list_appointments(person_id: int) -> list[Appointment]:
    """Every role a person was ever given, the newest first, with when it began and ended."""
    rows = Appointment.objects.filter(person_id=person_id).select_related("agency")
    return list(rows.order_by("-granted_at", "-pk"))
