"""Watching over complaints: escalation of late ones, moderation of what is public, legal periods read in."""

from collections.abc import Iterable
from datetime import datetime

from sala.commons.ledger import actions as ledger
from sala.commons.matters import actions as matters
from sala.core.actors import SYSTEM, Actor
from sala.core.errors import Conflict, Invalid
from sala.core.tables import Outcome, Row, Unfit, days_of, require_cells, take_rows
from sala.engines import thai
from sala.services.complaints import events, permissions, rules
from sala.services.complaints.actions.records import locked, named, unless_hidden, words_committed
from sala.services.complaints.models import LegalPeriod, ReplyTemplate, SavedView
from sala.services.complaints.queries.clock import clock_of, escalation_thresholds, forget_periods
from sala.services.complaints.queries.complaint import version_of
from sala.services.complaints.queries.naming import hidden_name, is_set_aside, opening_of
from sala.services.complaints.rules import EscalationLevel

LONGEST_NAME = 80
LONGEST_CELLS = {"code": 24, "topic": 40, "law_th": 300, "law_en": 300}
MOST_DAYS = 32_767


@ledger.action
def escalate_complaint(
    *, now: datetime, reference: str, level: EscalationLevel, cause: str = "late", actor: Actor = SYSTEM
) -> None:
    """The next one up is told that it is late, or that it was sent around too often. Raises Conflict if told."""
    permissions.require_system(actor)
    complaint = locked(reference)
    told = rules.LEVELS.index(EscalationLevel(complaint.escalation))
    if rules.LEVELS.index(level) <= told or complaint.state not in rules.OPEN:
        raise Conflict("already_escalated")
    if is_set_aside(complaint):
        raise Conflict("set_aside")
    if cause == "late":
        reached = rules.escalation_due(
            days_over=clock_of(complaint, now).days_over,
            thresholds=escalation_thresholds(complaint.matter.topic, now),
        )
        if rules.LEVELS.index(reached) < rules.LEVELS.index(level):
            raise Conflict("not_yet")
    complaint.escalation = level.value
    complaint.save(update_fields=["escalation"])
    event = events.ComplaintEscalated(**named(complaint), level=level.value, cause=cause)
    ledger.record_entry(event, actor=actor, at=now)


@ledger.action
def mask_text(*, actor: Actor, now: datetime, reference: str, public_text: str, seen: str = "") -> None:
    """Everyone reads the moderator's version from now on; the original is kept, restricted.

    `seen` is the version of the words that the moderator had before them, "" if nobody else can have changed
    them. Raises Refused, Invalid for no words, Conflict if it is not public or was changed meanwhile.
    """
    complaint = locked(reference)
    permissions.require_may_moderate(actor, complaint)
    if not public_text.strip():
        raise Invalid("invalid", {"text": "text_missing"})
    if complaint.privacy != rules.Privacy.PUBLIC:
        raise Conflict("not_public")
    if seen and seen != version_of(complaint):
        raise Conflict("changed_meanwhile")
    complaint.public_text = public_text
    recorded = ledger.record_entry(
        events.TextMasked(**named(complaint)),
        actor=actor,
        at=now,
        secret=words_committed(public_text, complaint.original, bytes(complaint.salt)[-16:]),
        role=permissions.moderating(actor),
    )
    complaint.salt = (recorded.salt or b"") + bytes(complaint.salt)[-16:]
    complaint.checked_at = now
    complaint.save(update_fields=["public_text", "salt", "checked_at"])
    matters.move_matter(complaint.matter, now=now, title=matters.shortened(public_text))


@ledger.action
def keep_as_it_is(*, actor: Actor, now: datetime, reference: str, seen: str = "") -> None:
    """A moderator has read it and leaves it: covered words are rightly covered, what is set aside stays there.

    `seen` as for `mask_text`. Raises Refused, Conflict if it was checked already or changed meanwhile.
    """
    complaint = locked(reference)
    permissions.require_may_moderate(actor, complaint)
    if complaint.checked_at is not None:
        raise Conflict("checked_already")
    if seen and seen != version_of(complaint):
        raise Conflict("changed_meanwhile")
    complaint.checked_at = now
    complaint.save(update_fields=["checked_at"])
    role = permissions.moderating(actor)
    ledger.record_entry(events.WordsChecked(**named(complaint)), actor=actor, at=now, role=role)


@ledger.action
def quarantine_complaint(*, actor: Actor, now: datetime, reference: str) -> None:
    """It is set aside: nobody but moderators sees it until one has looked. Raises Refused, Conflict.

    That it was is the last that is told of it under its number; from then on it has a hidden name.
    """
    complaint = locked(reference)
    if not actor.is_system:
        permissions.require_may_moderate(actor, complaint)
    if is_set_aside(complaint):
        raise Conflict("set_aside")
    role = permissions.moderating(actor)
    ledger.record_entry(events.ComplaintQuarantined(**named(complaint)), actor=actor, at=now, role=role)
    complaint.checked_at = None if actor.is_system else now
    complaint.hidden_name = hidden_name(reference, complaint.openings)
    complaint.save(update_fields=["checked_at", "hidden_name"])
    matters.move_matter(complaint.matter, now=now, visibility=matters.Visibility.QUARANTINED.value)


@ledger.action
def release_complaint(*, actor: Actor, now: datetime, reference: str) -> None:
    """It is a real complaint after all and goes its way, as its person chose. Raises Refused, Conflict."""
    complaint = locked(reference)
    permissions.require_may_moderate(actor, complaint)
    if not is_set_aside(complaint):
        raise Conflict("not_quarantined")
    hidden = named(complaint)["matter"]
    opening = opening_of(reference, complaint.openings)
    is_public = complaint.privacy == rules.Privacy.PUBLIC
    complaint.checked_at = None  # whoever releases it has not yet read what was covered
    complaint.openings += is_public
    complaint.save(update_fields=["checked_at", "openings"])
    matters.move_matter(complaint.matter, now=now, visibility=complaint.privacy)
    event = events.ComplaintReleased(
        **named(complaint),
        received_at=ledger.instant(complaint.matter.opened_at),
        topic=unless_hidden(complaint, complaint.matter.topic, also_agency_only=False),
        continues=hidden if is_public else None,
        opening=opening if is_public else None,
    )
    ledger.record_entry(event, actor=actor, at=now, role=permissions.moderating(actor))


@ledger.action_without_entry("how an officer arranges their own list concerns nobody else")
def save_view(*, actor: Actor, agency: str, name: str, filters: dict[str, str]) -> int:
    """The officer finds these filters again under a name; the same name again changes them."""
    permissions.require_may_take_in(actor)
    person_id = actor.person_id or 0
    if not name.strip():
        raise Invalid("invalid", {"name": "text_missing"})
    kept, _ = SavedView.objects.update_or_create(
        person_id=person_id,
        agency=agency,
        name=name.strip()[:60],
        defaults={"filters": {key: value for key, value in filters.items() if value}},
    )
    return int(kept.pk)


@ledger.action_without_entry("words an agency keeps ready say nothing until someone sends them")
def import_templates(*, actor: Actor, now: datetime, rows: Iterable[Row]) -> Outcome:
    """Ready words of a table (agency, name, text) are there afterwards, each once under its name."""
    permissions.require_may_import(actor)
    return take_rows(rows, _take_template, once=("agency", "name"))


def _take_template(row: dict[str, str]) -> str:
    require_cells(row, "agency", "name", "text")
    if len(row["name"]) > LONGEST_NAME:
        raise Unfit("name", "too_long")
    _, is_new = ReplyTemplate.objects.update_or_create(
        agency=row["agency"], name=row["name"], defaults={"text": row["text"]}
    )
    return "added" if is_new else "unchanged"


@ledger.action
def import_periods(*, actor: Actor, now: datetime, rows: Iterable[Row]) -> Outcome:
    """Legal periods of a table are in force from their day on, each once; bad rows are told, good ones land."""
    permissions.require_may_import(actor)
    outcome = take_rows(rows, _take_period, once=("code", "topic", "valid_from"))
    forget_periods()
    event = events.PeriodsImported(
        added=outcome.added, changed=outcome.changed, unchanged=outcome.unchanged, refused=len(outcome.bad)
    )
    ledger.record_entry(event, actor=actor, at=now)
    return outcome


def _take_period(row: dict[str, str]) -> str:
    require_cells(row, "code", "days", "law_th", "law_en")
    valid_from, valid_until = days_of(row)
    days, unit = thai.normalise(row["days"]), row.get("unit") or "working"
    if not (days.isascii() and days.isdigit() and int(days[:9]) <= MOST_DAYS):
        raise Unfit("days", "not_a_number")
    if unit not in ("working", "calendar"):
        raise Unfit("unit", "unknown_value")
    for name, longest in LONGEST_CELLS.items():
        if len(row.get(name, "")) > longest:
            raise Unfit(name, "too_long")
    values = {
        "days": int(days),
        "is_working": unit == "working",
        "law_th": row["law_th"],
        "law_en": row["law_en"],
        "valid_until": valid_until,
    }
    key = {"code": row["code"], "topic": row.get("topic", ""), "valid_from": valid_from}
    known = LegalPeriod.objects.filter(**key).first()
    if known is None:
        LegalPeriod.objects.create(**key, **values)
        return "added"
    if all(getattr(known, name) == value for name, value in values.items()):
        return "unchanged"
    LegalPeriod.objects.filter(pk=known.pk).update(**values)
    return "changed"
