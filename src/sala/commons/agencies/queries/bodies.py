"""Reads about bodies, mandates and roles. Reference data changes seldom and is kept for a short while."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db.models import BigIntegerField, Q, QuerySet

from sala.commons.agencies import rules
from sala.commons.agencies.models import Agency, Appointment, Desk, Holiday, Mandate
from sala.commons.places import queries as places
from sala.core.actors import Actor, Grant, Role
from sala.core.deadlines import EscalationLevel
from sala.core.errors import NotFound
from sala.core.remembering import Memory
from sala.platform.reference_data import forgets_when_changed
from sala.platform.statements import Given, Rows, Statement

# Whoever changes the tables has every process forget at once (platform.reference_data); this is for the case that the
# news is lost. Reading 8,150 offices anew each half minute would make one page in many slow.
KEPT_SECONDS = 600
memory = Memory()


@forgets_when_changed
def forget() -> None:
    """Drop what was kept, of places too; actions that change reference data and tests call it."""
    memory.forget()
    places.forget()


@dataclass(frozen=True, slots=True)
class AgencyView:
    """An agency as other boxes see it; latitude and longitude of its counter in degrees, None if unknown."""

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
    email: str = ""
    line_id: str = ""
    address_th: str = ""
    address_en: str = ""
    latitude: float | None = None
    longitude: float | None = None
    hours: str = ""
    channels: str = ""
    is_step_free: bool | None = None

    def name(self, language: str) -> str:
        """The agency's name in "th" or "en"."""
        return self.name_en if language == "en" else self.name_th

    def address(self, language: str) -> str:
        """The agency's address in "th" or "en"; in the other language if it has only that."""
        return (
            (self.address_en or self.address_th) if language == "en" else (self.address_th or self.address_en)
        )


# In the order of AgencyView: plain values cost a third of what model instances do at national size.
_COLUMNS = (
    "pk", "code", "kind", "name_th", "name_en", "parent__code", "area__code", "is_central", "phone", "website",
    "short_th", "email", "line_id", "address_th", "address_en", "latitude", "longitude", "hours", "channels",
    "is_step_free",
)  # fmt: skip


@memory.keep(KEPT_SECONDS)
def agencies_by_code() -> dict[str, AgencyView]:
    """Every active agency by its code, in the order of names."""
    rows = Agency.objects.filter(is_active=True).order_by("name_th", "code").values_list(*_COLUMNS)
    return {row[1]: AgencyView(*row) for row in rows}


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


@memory.keep(KEPT_SECONDS)
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


@memory.keep(KEPT_SECONDS)
def _mandates_by_topic() -> dict[str, dict[str | None, list[rules.MandateRow]]]:
    """Every mandate of active agencies by topic and area, so that a filing looks at a handful and not at thousands."""
    rows = Mandate.objects.filter(agency__is_active=True).order_by("pk")
    found: dict[str, dict[str | None, list[rules.MandateRow]]] = {}
    for row in rows.values_list(
        "agency__code", "topic", "area__code", "law_th", "law_en", "valid_from", "valid_until", "agency__kind"
    ):
        mandate = rules.MandateRow(*row)
        found.setdefault(mandate.topic, {}).setdefault(mandate.area, []).append(mandate)
    return found


def candidates(*, topic: str, area: str | None, on: date) -> tuple[rules.Candidate, ...]:
    """Who may answer for a topic in an area on a day, best first, each with its mandate."""
    known = _mandates_by_topic().get(topic, {})
    fitting = [mandate for code in (*places.area_chain(area), None) for mandate in known.get(code, ())]
    return rules.rank_mandates(fitting, topic=topic, area=area, on=on)


def all_mandates() -> tuple[rules.MandateRow, ...]:
    """Every mandate of active agencies, as the routing rule reads them."""
    return tuple(m for by_area in _mandates_by_topic().values() for many in by_area.values() for m in many)


def topics_answered() -> dict[str, frozenset[str]]:
    """Each topic with the codes of the agencies that have a mandate for it somewhere."""
    return {
        topic: frozenset(mandate.agency for many in by_area.values() for mandate in many)
        for topic, by_area in _mandates_by_topic().items()
    }


class Calendars:
    """Which days are no working days besides week-ends, of the country and of each agency, as they were read.

    `version` grows with every day that is declared, so whoever counted by these can tell later which days they did
    not know of. Days come in their order of declaration: (row number, day, agency's code or None).
    """

    def __init__(self, declared: Sequence[tuple[int, date, str | None]]) -> None:
        self._declared = tuple(declared)
        self.version = max((number for number, _, _ in declared), default=0)
        self._days: dict[tuple[str | None, int], frozenset[date]] = {}

    def days_of(self, agency: str | None, *, known_at: int | None = None) -> frozenset[date]:
        """The country's days and the agency's own; with `known_at`, those that were known at that version."""
        version = self.version if known_at is None else known_at
        key = (agency, version)
        if key not in self._days:
            self._days[key] = frozenset(
                on for number, on, of in self._declared if number <= version and of in (None, agency)
            )
        return self._days[key]


@memory.keep(300)
def calendars() -> Calendars:
    """The days that are no working days, as one consistent reading. One query."""
    rows = Holiday.objects.order_by("pk").values_list("pk", "on", "agency__code")
    return Calendars(list(rows))


def grants_of(person_id: int) -> tuple[Grant, ...]:
    """The roles a person holds now, oldest first. One query."""
    found = _grants().run({"person": person_id})
    return tuple(Grant(Role(role), agency) for role, agency in found)


@cache
def _grants() -> Statement:
    """Asked at every request of somebody signed in, so built once."""
    held = Appointment.objects.filter(person_id=Given("person", BigIntegerField()), ended_at__isnull=True)
    return Statement.of(held.order_by("granted_at", "pk").values_list("role", "agency__code"))


def is_staffed(agency: str) -> bool:
    """Whether anybody works for an agency here, so that what is sent there is read. One query."""
    return Appointment.objects.filter(agency__code=agency, ended_at__isnull=True).exists()


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


def list_mandates(*, agency: str = "", topic: str = "") -> list[rules.MandateRow]:
    """Every mandate (of an agency, for a topic), with codes instead of rows, by agency and topic. One query."""
    rows = Mandate.objects.all()
    rows = rows.filter(agency__code=agency) if agency else rows
    rows = rows.filter(topic=topic) if topic else rows
    columns = ("agency__code", "topic", "area__code", "law_th", "law_en", "valid_from", "valid_until")
    found = [rules.MandateRow(row[0], row[1], row[2] or "", *row[3:]) for row in rows.values_list(*columns)]
    # By the signs themselves and not as the database collates: the cursor of a page compares so too.
    return sorted(found, key=lambda m: (m.agency, m.topic, m.area or "", m.valid_from))


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
    rows = Mandate.objects.filter(area__code__in=places.area_chain(area), agency__is_active=True)
    return list(rows.select_related("agency", "area").order_by("topic", "-area__code", "agency__code"))


def holidays_after(day: date, agency: str | None = None, limit: int = 40) -> list[Holiday]:
    """The next days that are not working days, week-ends apart: the country's, and the agency's own."""
    rows = Holiday.objects.filter(Q(agency__isnull=True) | Q(agency__code=agency), on__gte=day)
    return list(rows.order_by("on")[:limit])


def list_appointments(person_id: int) -> list[Appointment]:
    """Every role a person was ever given, the newest first, with when it began and ended."""
    return _APPOINTMENTS.list(person=person_id)


_APPOINTMENTS = Rows(
    lambda: (
        Appointment.objects.filter(person_id=Given("person", BigIntegerField()))
        .select_related("agency")
        .order_by("-granted_at", "-pk")
    )
)


def people_told_of_lateness(level: EscalationLevel, agency: str) -> list[int]:
    """Ids of those to whom it is told that an office is late: who supervises or heads it, or the central unit."""
    if level is EscalationLevel.CENTRAL:
        central = central_agency()
        return people_with_role(central.code, [Role.SUPERVISOR, Role.EXECUTIVE]) if central else []
    first, second = (Role.EXECUTIVE, Role.SUPERVISOR)[:: 1 if level is EscalationLevel.HEAD else -1]
    return people_with_role(agency, [first]) or people_with_role(agency, [second])


OVERSEERS = frozenset({Role.SUPERVISOR, Role.EXECUTIVE})


def overseen_by(actor: Actor) -> tuple[str, ...]:
    """Agencies whose work an actor oversees: their own and all below; auditors those of everybody. No query."""
    known = agencies_by_code()
    if actor.holds(Role.AUDITOR):
        return tuple(known)
    mine = {grant.agency for grant in actor.grants if grant.role in OVERSEERS}
    if not mine:
        return ()
    return tuple(
        code for code in known if code in mine or any(above.code in mine for above in superiors_of(code))
    )
