"""Writes about bodies: importing agencies, mandates and holidays; granting and ending roles."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from sala.commons.agencies import events, permissions, queries, rules, slots
from sala.commons.agencies.models import Agency, Appointment, Desk, Holiday, Mandate
from sala.commons.identity import queries as people
from sala.commons.ledger import actions as ledger
from sala.commons.places import queries as places
from sala.core.actors import Actor, Role
from sala.core.errors import Conflict, Invalid, NotFound
from sala.core.tables import Done, Outcome, Row, Unfit, day_of, days_of, require_cells, take_rows
from sala.engines.thai import PublicText
from sala.platform.added_rows import key_of, take_back_rows
from sala.platform.reference_data import announce_change

MANDATE = ("agency", "topic", "area", "valid_from")
__all__ = [
    "add_desk",
    "end_role",
    "ensure_agency",
    "grant_role",
    "import_agencies",
    "import_desks",
    "import_holidays",
    "import_mandates",
    "take_back",
]


@ledger.action
def import_agencies(*, actor: Actor, now: datetime, rows: Iterable[Row]) -> Outcome:
    """Agencies of a table (code, kind, name_th, name_en, parent, area …) are there afterwards, each once."""
    permissions.require_may_administer(actor)
    return _recorded(
        take_rows(rules.parents_first(rows), _take_agency, once=("code",)),
        events.AgenciesImported,
        actor,
        now,
    )


@ledger.action
def import_mandates(*, actor: Actor, now: datetime, rows: Iterable[Row]) -> Outcome:
    """Mandates of a table (agency, topic, area, law_th, law_en, valid_from, valid_until), each once."""
    permissions.require_may_administer(actor)
    return _recorded(take_rows(rows, _take_mandate, once=MANDATE), events.MandatesImported, actor, now)


@ledger.action
def import_holidays(*, actor: Actor, now: datetime, rows: Iterable[Row]) -> Outcome:
    """Holidays of a table (on, name_th, name_en, agency), each once. Dates that run follow within a minute."""
    permissions.require_may_administer(actor)
    # Versions of the calendars are row numbers: of two imports at once, one must not land behind the other's.
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE agencies_holiday IN SHARE ROW EXCLUSIVE MODE")
    return _recorded(
        take_rows(rows, _take_holiday, once=("on", "agency")), events.HolidaysImported, actor, now
    )


@ledger.action_without_entry("how an agency divides work among its own desks concerns nobody else")
def import_desks(*, actor: Actor, now: datetime, rows: Iterable[Row]) -> Outcome:
    """Desks of a table (agency, name_th, name_en) are there afterwards, each once."""
    permissions.require_may_administer(actor)
    return take_rows(rows, _take_desk, once=("agency", "name_th"))


Told = type[events.AgenciesImported] | type[events.MandatesImported] | type[events.HolidaysImported]


def _recorded(outcome: Outcome, told: Told, actor: Actor, now: datetime) -> Outcome:
    announce_change()
    event = told(
        added=outcome.added, changed=outcome.changed, unchanged=outcome.unchanged, refused=len(outcome.bad)
    )
    ledger.record_entry(event, actor=actor, at=now)
    return outcome


def _take_agency(row: dict[str, str]) -> Done:
    require_cells(row, "code", "kind", "name_th", "name_en")
    _require_code(row, "code")
    if row["kind"] not in set(rules.AgencyKind):
        raise Unfit("kind", "unknown_kind")
    parent = _agency_key(row.get("parent", ""), "parent")
    if parent and row["code"] in queries.codes_above(row["parent"]):
        raise Unfit("parent", "contains_itself")
    values = {
        "kind": row["kind"],
        "name_th": row["name_th"],
        "name_en": row["name_en"],
        "short_th": row.get("short_th", ""),
        "phone": row.get("phone", ""),
        "website": row.get("website", ""),
        **_service_point(row),
        "is_central": row.get("is_central", "").lower() in ("1", "true", "yes"),
        "parent_id": parent,
        "area_id": _area_key(row),
    }
    return _put(Agency, {"code": row["code"]}, values)


_TOLD = ("email", "line_id", "address_th", "address_en", "hours", "channels")


def _service_point(row: dict[str, str]) -> dict[str, object]:
    """How and when an office is reached. A column that a table lacks leaves what is there. Raises Unfit."""
    told: dict[str, object] = {name: row[name] for name in _TOLD if name in row}
    if row.get("hours"):
        try:
            rules.read_hours(row["hours"])
        except rules.BadHours as wrong:
            raise Unfit("hours", "not_hours") from wrong
    if set(row.get("channels", "").split()) - set(rules.CHANNELS):
        raise Unfit("channels", "unknown_channel")
    if "is_step_free" in row:
        told["is_step_free"] = {"yes": True, "no": False}.get(row["is_step_free"].lower())
    if row.get("latitude") or row.get("longitude"):
        told |= dict(zip(("latitude", "longitude"), _point_of(row), strict=True))
    return told


def _point_of(row: dict[str, str]) -> tuple[float, float]:
    try:
        latitude, longitude = float(row.get("latitude", "")), float(row.get("longitude", ""))
    except ValueError as wrong:
        raise Unfit("latitude", "not_degrees") from wrong
    if problem := places.problem_of_point(latitude, longitude):
        raise Unfit("latitude", problem)
    return latitude, longitude


def _take_mandate(row: dict[str, str]) -> Done:
    require_cells(row, "agency", "topic", "law_th", "law_en")
    _require_code(row, "topic")
    valid_from, valid_until = days_of(row)
    key = {
        "agency_id": _agency_key(row["agency"], "agency"),
        "topic": row["topic"],
        "area_id": _area_key(row),
        "valid_from": valid_from,
    }
    values = {"law_th": row["law_th"], "law_en": row["law_en"], "valid_until": valid_until}
    return _put(Mandate, key, values)


def _take_holiday(row: dict[str, str]) -> Done:
    require_cells(row, "on", "name_th", "name_en")
    key = {"on": day_of(row, "on"), "agency_id": _agency_key(row.get("agency", ""), "agency")}
    return _put(Holiday, key, {"name_th": row["name_th"], "name_en": row["name_en"]})


def _take_desk(row: dict[str, str]) -> Done:
    require_cells(row, "agency", "name_th", "name_en")
    key = {"agency_id": _agency_key(row["agency"], "agency"), "name_th": row["name_th"]}
    return _put(Desk, key, {"name_en": row["name_en"]})


def _require_code(row: dict[str, str], column: str) -> None:
    if not rules.is_code(row[column]):
        raise Unfit(column, "not_a_code")


def _agency_key(code: str, column: str) -> int | None:
    if not code:
        return None
    found = Agency.objects.filter(code=code).values_list("pk", flat=True).first()
    if found is None:
        raise Unfit(column, "unknown_code")
    return int(found)


def _area_key(row: dict[str, str]) -> int | None:
    code = row.get("area", "")
    area = places.find_area(code)
    if code and area is None:
        raise Unfit("area", "unknown_code")
    return area.id if area else None


def _put(model: type[Any], key: Mapping[str, object], values: Mapping[str, object]) -> Done:
    for name, value in {**key, **values}.items():
        longest = getattr(model._meta.get_field(name), "max_length", None)
        if isinstance(value, str) and longest and len(value) > longest:
            raise Unfit(name, "too_long")
    row = model.objects.filter(**key).first()
    if row is None:
        return "added", key_of(model.objects.create(**key, **values))
    if all(getattr(row, field) == value for field, value in values.items()):
        return "unchanged"
    model.objects.filter(pk=row.pk).update(**values)
    return "changed"


@ledger.part_of_action("the import that names an office leaves the entry")
def ensure_agency(*, code: str, name: PublicText) -> str:
    """An office of that code is there, a local authority if it was not known before; then the key of what was added."""
    if queries.find_agency(code) is not None:
        return ""
    values = {"kind": rules.AgencyKind.LOCAL_AUTHORITY.value, "name_th": name, "name_en": name}
    agency, is_new = Agency.objects.get_or_create(code=code, defaults=values)
    announce_change()
    return key_of(agency) if is_new else ""


@ledger.part_of_action("the undoing of an import leaves the entry")
def take_back(*, actor: Actor, now: datetime, keys: Sequence[str], since: datetime) -> dict[str, str]:
    """Bodies, mandates and desks that an import added are gone again; those that stay, with the code of why."""
    permissions.require_may_administer(actor)

    def is_used(row: Any) -> bool:
        return isinstance(row, Agency) and any(uses(row.code) for uses in slots.uses)

    stays = take_back_rows((Agency, Mandate, Desk), keys, is_used)
    announce_change()
    return stays


@ledger.action_without_entry("how an agency divides work among its own desks concerns nobody else")
def add_desk(*, actor: Actor, agency: str, name_th: str, name_en: str) -> int:
    """The agency has one more desk to give work to. Raises Refused, NotFound, Invalid, Conflict if it has it."""
    permissions.require_may_administer(actor, agency)
    names = {"name_th": name_th.strip(), "name_en": name_en.strip()}
    if lacking := {name: "write_something" for name, value in names.items() if not value}:
        raise Invalid("invalid", lacking)
    body = _active(agency)
    desk, is_new = Desk.objects.get_or_create(
        agency=body, name_th=names["name_th"], defaults={"name_en": names["name_en"]}
    )
    if not is_new:
        raise Conflict("desk_there_already")
    return int(desk.pk)


def _active(agency: str) -> Agency:
    body = Agency.objects.filter(code=agency, is_active=True).first()
    if body is None:
        raise NotFound("agency_not_found", agency=agency)
    return body


@ledger.action
def grant_role(*, actor: Actor, now: datetime, person_id: int, agency: str, role: Role) -> int:
    """A person works for an agency in a role from now on.

    Raises Refused, Invalid for what is no office (citizen, system), NotFound for a body or person that is not
    there, Conflict if they hold it already.
    """
    permissions.require_may_administer(actor, agency)
    if role not in rules.GRANTABLE:
        raise Invalid("invalid", {"role": "choose_one"})
    body = _active(agency)
    if not people.is_person(person_id):
        raise NotFound("person_not_found")
    appointment, is_new = Appointment.objects.get_or_create(
        person_id=person_id,
        agency=body,
        role=role,
        ended_at=None,
        defaults={"granted_at": now, "granted_by_id": actor.person_id},
    )
    if not is_new:
        raise Conflict("role_already_held")
    ledger.record_entry(events.RoleGranted(agency=agency, role=role.value), actor=actor, at=now)
    return appointment.pk


@ledger.action
def end_role(*, actor: Actor, now: datetime, appointment_id: int) -> None:
    """A person's role for an agency ends now.

    Raises NotFound if there is no such running appointment, Conflict for the last administrator of an agency
    (the system may: somebody at the installation can appoint another).
    """
    appointment = (
        Appointment.objects.select_for_update(of=("self",))
        .select_related("agency")
        .filter(pk=appointment_id, ended_at__isnull=True)
        .first()
    )
    permissions.require_may_administer(actor, appointment.agency.code if appointment else None)
    if appointment is None:
        raise NotFound("not_found")
    if not actor.is_system:
        _require_not_last(appointment)
    appointment.ended_at = now
    appointment.save(update_fields=["ended_at"])
    event = events.RoleEnded(agency=appointment.agency.code, role=appointment.role)
    ledger.record_entry(event, actor=actor, at=now)


def _require_not_last(appointment: Appointment) -> None:
    if appointment.role != Role.ADMINISTRATOR:
        return
    holders = Appointment.objects.select_for_update(of=("self",)).filter(
        agency=appointment.agency, role=Role.ADMINISTRATOR, ended_at__isnull=True
    )
    if len(list(holders)) < 2:
        raise Conflict("last_administrator")
