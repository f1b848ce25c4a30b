"""Writes about deadlines: dates that run, stand still, end, or follow a changed calendar; periods read in."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from procrastinate.contrib.django import app

from sala.commons.agencies import queries as agencies
from sala.commons.deadlines import events, permissions
from sala.commons.deadlines.models import Deadline, LegalPeriod, Pause
from sala.commons.deadlines.queries import Counted, due_resumed, recounted
from sala.commons.ledger import actions as ledger
from sala.commons.ledger.queries import LoggedEntry
from sala.commons.matters.actions import Matter
from sala.core.actors import Actor
from sala.core.deadlines import Basis, Unit
from sala.core.digits import find_whole_number
from sala.core.seeds import Seeded, may_replace
from sala.core.tables import Outcome, Row, Unfit, days_of, require_cells, take_rows
from sala.platform.reference_data import announce_change
from sala.platform.rows import insert_row

LONGEST_CELLS = {"code": 24, "topic": 40, "law_th": 300, "law_en": 300, "counted_from": 24, "source": 300}
MOST_DAYS = 32_767


@ledger.part_of_action("the action that pauses leaves the entry, with the reason")
def start_pause(matter: Matter, *, reason: str, words: str, now: datetime, clock: str = "") -> None:
    """The clock of a locked matter stands still from now on; the caller has looked that it runs."""
    Pause.objects.create(matter=matter, clock=clock, reason=reason, words=words, started_at=now)


@ledger.part_of_action("the action that ends the pause leaves the entry with it")
def end_pause(
    matter: Matter,
    *,
    due_at: datetime,
    unit: Unit,
    agency: str,
    now: datetime,
    reason: str = "",
    clock: str = "",
) -> datetime | None:
    """End the open pause of a locked matter (for `reason`, if given); the new date, None if none was open."""
    open_ones = Pause.objects.filter(matter=matter, clock=clock, ended_at__isnull=True)
    pause = (open_ones.filter(reason=reason) if reason else open_ones).first()
    if pause is None:
        return None
    pause.ended_at = now
    pause.save(update_fields=["ended_at"])
    return due_resumed(pause, due_at=due_at, unit=unit, agency=agency, now=now)


@ledger.part_of_action("the action that sets the date leaves the entry that tells it")
def run_deadline(matter: Matter, counted: Counted, *, clock: str = "", agency: str = "") -> None:
    """A date that was just counted runs from now on. An earlier one of the same clock was ended before.

    `clock` "" is the matter's own date, which the caller writes on the matter; `agency` is whose calendar counts
    where that is not the owner's.
    """
    insert_row(
        Deadline(
            matter=matter,
            clock=clock,
            agency=agency,
            period=counted.period.code,
            unit=counted.period.unit.value,
            days=counted.period.days,
            began_at=counted.began_at,
            due_at=counted.due_at if clock else None,
            calendars=counted.calendars,
        )
    )


@ledger.part_of_action("the action that parts a matter leaves the entry")
def copy_deadline(whole: Matter, part: Matter) -> None:
    """The date of a matter runs for a part of it too, since the same day, by the same period."""
    for running in Deadline.objects.filter(matter=whole, clock="", ended_at__isnull=True):
        running.pk, running.matter = None, part
        running.save(force_insert=True)


@ledger.part_of_action("the action that ends what ran leaves the entry")
def end_deadline(matter: Matter, *, clock: str = "", now: datetime) -> None:
    """A date runs no more: what it was for has been done, or begins anew. None that runs is no fault."""
    Deadline.objects.filter(matter=matter, clock=clock, ended_at__isnull=True).update(ended_at=now)


@ledger.part_of_action("the action of the kind of matter tells in its own words that the date moved")
def recount_deadline(matter: Matter, *, clock: str = "") -> datetime | None:
    """Count a running date of a locked matter by today's calendars; the new date, None if it stands.

    The matter's own date is for the caller to write. From then on it counts as known to these calendars.
    """
    running = (
        Deadline.objects.select_for_update(of=("self",))
        .filter(matter=matter, clock=clock, ended_at__isnull=True)
        .first()
    )
    if running is None:
        return None
    running.matter = matter
    # One reading for both: a date counted by one and marked with another would move twice, or never.
    known = agencies.calendars()
    before, after = (running.due_at if clock else matter.due_at), recounted(running, known)
    running.calendars = known.version
    if clock:
        running.due_at = after
    running.save(update_fields=["calendars", "due_at"])
    return after if after != before else None


@ledger.action_without_entry("a date that stands as it was is nothing to tell")
def note_unmoved(*, actor: Actor, deadline_ids: Sequence[int], calendars: int) -> None:
    """These dates were looked at by a version of the calendars and stand."""
    permissions.require_system(actor)
    Deadline.objects.filter(pk__in=deadline_ids).update(calendars=calendars)


@ledger.projection("has the dates counted again once it is recorded that calendars changed")
def hear_calendars(entries: Sequence[LoggedEntry]) -> None:
    """Have the worker count the running dates again, soon after holidays were declared."""
    if entries:
        app.configure_task("sala.commons.deadlines.tasks.follow_calendars").defer(timestamp=0)


@ledger.action
def import_periods(*, actor: Actor, now: datetime, kind: str, rows: Iterable[Row]) -> Outcome:
    """Legal periods of a kind of matter are in force from their day on, each once; bad rows are told."""
    permissions.require_may_import(actor)
    outcome = take_rows(rows, lambda row: _take_period(kind, row), once=("code", "topic", "valid_from"))
    announce_change()
    event = events.PeriodsImported(
        of_kind=kind,
        added=outcome.added,
        changed=outcome.changed,
        unchanged=outcome.unchanged,
        refused=len(outcome.bad),
    )
    ledger.record_entry(event, actor=actor, at=now)
    return outcome


@ledger.action_if_changed("seeds run at every upgrade; the ledger tells of changes, not of looks")
def seed_periods(
    *, actor: Actor, now: datetime, kind: str, present: Iterable[Row], released: Iterable[Row]
) -> Seeded:
    """The periods that come with this version are in force; those that an office set otherwise stay as set.

    `present` are the rows of this version, `released` those of all earlier ones. Raises core.tables.Unfit for a row of
    ours that cannot be taken, which the tests rule out.
    """
    permissions.require_may_import(actor)
    done = Seeded()
    earlier = [_read_period(kind, row) for _, row in released]
    for key, values in (_read_period(kind, row) for _, row in present):
        found = LegalPeriod.objects.filter(**key).values(*DECIDED).first()
        ours = [_decided(of) for named, of in earlier if named == key]
        if found not in (None, _decided(values)) and not may_replace(found or {}, ours):
            done.kept += 1
            continue
        outcome = _put_period(key, values)
        setattr(done, outcome, getattr(done, outcome) + 1)
    if done.is_news:
        announce_change()
        event = events.PeriodsImported(
            of_kind=kind,
            added=done.added,
            changed=done.changed,
            unchanged=done.unchanged + done.kept,
            refused=0,
        )
        ledger.record_entry(event, actor=actor, at=now)
    return done


# What an office decides when it sets a period itself; the rest of a row says where it was read.
DECIDED = ("days", "unit", "law_th", "law_en", "valid_until")


def _decided(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in DECIDED}


def _take_period(kind: str, row: dict[str, str]) -> str:
    return _put_period(*_read_period(kind, row))


def _read_period(kind: str, row: dict[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a row of a table says of a period: what tells it from others, and its values. Raises Unfit."""
    require_cells(row, "code", "days", "law_th", "law_en")
    valid_from, valid_until = days_of(row)
    # The house's one reader of numbers: nine zeros before five thousand digits passed the check made here before.
    days = find_whole_number(row["days"], least=0, most=MOST_DAYS)
    if days is None:
        raise Unfit("days", "not_a_number")
    chosen = {
        "unit": row.get("unit") or Unit.WORKING.value,
        "basis": row.get("basis") or Basis.NOT_VERIFIED.value,
    }
    for name, known in (("unit", Unit), ("basis", Basis)):
        if chosen[name] not in set(known):
            raise Unfit(name, "unknown_value")
    for name, longest in LONGEST_CELLS.items():
        if len(row.get(name, "")) > longest:
            raise Unfit(name, "too_long")
    told = {name: row.get(name, "") for name in ("law_th", "law_en", "counted_from", "source")}
    values = {"days": days, "valid_until": valid_until, **chosen, **told}
    return {
        "kind": kind,
        "code": row["code"],
        "topic": row.get("topic", ""),
        "valid_from": valid_from,
    }, values


def _put_period(key: Mapping[str, Any], values: Mapping[str, Any]) -> str:
    known_one = LegalPeriod.objects.filter(**key).first()
    if known_one is None:
        LegalPeriod.objects.create(**key, **values)
        return "added"
    if all(getattr(known_one, name) == value for name, value in values.items()):
        return "unchanged"
    LegalPeriod.objects.filter(pk=known_one.pk).update(**values)
    return "changed"
