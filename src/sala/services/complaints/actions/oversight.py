"""Watching over complaints: escalation of late ones, moderation of what is public."""

from datetime import datetime

from sala.commons.ledger import actions as ledger
from sala.commons.moderation import actions as moderation
from sala.commons.moderation import queries as moderated
from sala.commons.moderation.actions import Breach
from sala.core.actors import SYSTEM, Actor
from sala.core.deadlines import LEVELS, EscalationLevel, escalation_due
from sala.core.errors import Conflict
from sala.services.complaints import events, permissions, rules
from sala.services.complaints.actions.moderation import released
from sala.services.complaints.actions.records import locked, named
from sala.services.complaints.queries.clock import clock_of, escalation_thresholds


@ledger.action
def escalate_complaint(
    *, now: datetime, reference: str, level: EscalationLevel, cause: str = "late", actor: Actor = SYSTEM
) -> None:
    """The next one up is told that it is late, or that it was sent around too often. Raises Conflict if told."""
    permissions.require_system(actor)
    complaint = locked(reference)
    told = LEVELS.index(EscalationLevel(complaint.escalation))
    if LEVELS.index(level) <= told or complaint.state not in rules.OPEN:
        raise Conflict("already_escalated")
    moderation.require_not_set_aside(complaint)
    if cause == "late":
        reached = escalation_due(
            days_over=clock_of(complaint, now).days_over,
            thresholds=escalation_thresholds(complaint.matter.topic, now),
        )
        if LEVELS.index(reached) < LEVELS.index(level):
            raise Conflict("not_yet")
    complaint.escalation = level.value
    complaint.save(update_fields=["escalation"])
    event = events.ComplaintEscalated(**named(complaint), level=level.value, cause=cause)
    ledger.record_entry(event, actor=actor, at=now)


@ledger.action
def mask_text(
    *,
    actor: Actor,
    now: datetime,
    reference: str,
    public_text: str,
    seen: str = "",
    breach: Breach = Breach.PERSONAL_DATA,
) -> None:
    """Everyone reads the moderator's version from now on; the person reads why, and may appeal.

    `seen` is the version of the words that the moderator had before them, "" if nobody else can have changed
    them. Raises Refused, Invalid for no words, Conflict if it is not public or was changed meanwhile.
    """
    complaint = locked(reference)
    moderation.require_may_moderate(actor, complaint)
    fact = events.TextMasked(**named(complaint), reason=breach.value)
    moderation.cover_words(complaint, public_text, fact=fact, actor=actor, now=now, breach=breach, seen=seen)


@ledger.action
def keep_as_it_is(
    *, actor: Actor, now: datetime, reference: str, seen: str = "", breach: Breach | None = None
) -> None:
    """A moderator has read it and leaves it: covered words are rightly covered, what is set aside stays there.

    For the latter `breach` says why. `seen` as for `mask_text`. Raises Refused, Invalid without a reason, Conflict
    if it was checked already or changed meanwhile.
    """
    complaint = locked(reference)
    moderation.require_may_moderate(actor, complaint)
    reason = breach.value if breach and moderated.is_set_aside(complaint) else ""
    fact = events.WordsChecked(**named(complaint), reason=reason)
    moderation.keep_as_it_is(complaint, fact=fact, actor=actor, now=now, seen=seen, breach=breach)


@ledger.action
def quarantine_complaint(
    *, actor: Actor, now: datetime, reference: str, breach: Breach | None = None
) -> None:
    """It is set aside: nobody but moderators sees it until one has looked. Raises Refused, Invalid, Conflict.

    That it was is the last that is told of it under its number; from then on it has a hidden name.
    """
    complaint = locked(reference)
    if not actor.is_system:
        moderation.require_may_moderate(actor, complaint)
    fact = events.ComplaintQuarantined(**named(complaint), reason=breach.value if breach else "")
    moderation.set_aside(complaint, fact=fact, actor=actor, now=now, breach=breach)


@ledger.action
def release_complaint(*, actor: Actor, now: datetime, reference: str) -> None:
    """It is a real complaint after all and goes its way, as its person chose. Raises Refused, Conflict."""
    complaint = locked(reference)
    moderation.require_may_moderate(actor, complaint)
    released(complaint, actor=actor, now=now)
