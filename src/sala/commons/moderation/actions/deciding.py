"""Writes of moderation. They run inside the action of the box whose matter it is, which locks it and names the fact."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sala.commons.ledger import actions as ledger
from sala.commons.matters import actions as matters
from sala.commons.moderation import permissions, rules
from sala.commons.moderation.models import Decision, Told
from sala.commons.moderation.permissions import moderating
from sala.commons.moderation.queries import (
    Part,
    hidden_name,
    inner_salt,
    is_set_aside,
    opening_of,
    told_part,
    version_of,
    words_committed,
)
from sala.commons.moderation.rules import Breach, Privacy, What
from sala.core.actors import Actor
from sala.core.errors import Conflict, Invalid
from sala.core.events import Event
from sala.engines import thai
from sala.engines.thai import PublicText
from sala.engines.thai.public_text import NOTHING

__all__ = ["Decision", "Told"]


@ledger.part_of_action("the moderator's action leaves the entry")
def record_decision(
    told: Told,
    what: What,
    breach: Breach,
    *,
    actor: Actor,
    now: datetime,
    file_id: int | None = None,
    part: str = "",
    before: PublicText | None = None,
) -> Decision:
    """What was decided stands on the person's own page with its reason, and can be appealed against."""
    return Decision.objects.create(
        matter=told.matter,
        what=what.value,
        breach=breach.value,
        file_id=file_id,
        part=part,
        before=before or NOTHING,
        decided_at=now,
        decided_by_id=actor.person_id,
    )


@ledger.part_of_action("covers words within a moderator's action, and leaves its entry")
def cover_words(
    told: Told,
    public_text: str,
    *,
    fact: Event,
    actor: Actor,
    now: datetime,
    breach: Breach,
    seen: str = "",
    part: Part | None = None,
) -> None:
    """Everyone reads the moderator's version from now on; the original is kept, restricted.

    `part` are the words meant, None for what was told at first. `seen` is the version of them that the moderator
    had before them, "" if nobody else can have changed them. Raises Refused, Invalid for no words or too many,
    Conflict if it is not public or was changed meanwhile.
    """
    permissions.require_may_moderate(actor, told)
    meant = part or told_part(told)
    if not public_text.strip():
        raise Invalid("invalid", {"text": "text_missing"})
    if meant.longest and len(public_text) > meant.longest:
        raise Invalid("invalid", {"text": "text_too_long"})
    if told.privacy != Privacy.PUBLIC or not meant.public_text:
        raise Conflict("not_public")
    if seen and seen != version_of(meant):
        raise Conflict("changed_meanwhile")
    before, words = meant.public_text, thai.checked(public_text)
    if words != before:
        record_decision(told, What.COVERED, breach, actor=actor, now=now, part=meant.code, before=before)
    if not meant.code:
        told.checked_at = now
        told.save(update_fields=["checked_at"])
    _say(told, meant, words, fact=fact, actor=actor, now=now)


def _say(told: Told, part: Part, words: PublicText, *, fact: Event, actor: Actor, now: datetime) -> None:
    """Words take the place of others; where their row keeps what opens a commitment, the new entry commits to them."""
    row, is_kept = part.row, part.is_committed
    setattr(row, part.column, words)
    secret = words_committed(words, part.original, inner_salt(row)) if is_kept else None
    recorded = ledger.record_entry(fact, actor=actor, at=now, secret=secret, role=moderating(actor))
    if is_kept:
        row.salt, row.entry_id = (recorded.salt or b"") + inner_salt(row), recorded.entry_id
    row.save(update_fields=[part.column, *(["salt", "entry_id"] if is_kept else [])])
    titled = {} if part.code else {"title": matters.shortened(words)}
    matters.move_matter(told.matter, now=now, **titled)


@ledger.part_of_action("leaves words as they are within a moderator's action, and leaves its entry")
def keep_as_it_is(
    told: Told,
    *,
    fact: Event,
    actor: Actor,
    now: datetime,
    seen: str = "",
    breach: Breach | None = None,
) -> None:
    """A moderator has read it and leaves it: covered words are rightly covered, what is set aside stays there.

    For what stays set aside `breach` says why: its person reads that, and may appeal. `seen` as for `cover_words`.
    Raises Refused, Invalid without a reason, Conflict if it was checked already or changed meanwhile.
    """
    permissions.require_may_moderate(actor, told)
    if told.checked_at is not None:
        raise Conflict("checked_already")
    if seen and seen != version_of(told_part(told)):
        raise Conflict("changed_meanwhile")
    if is_set_aside(told):
        if breach is None:
            raise Invalid("invalid", {"breach": "reason_needed"})
        record_decision(told, What.SET_ASIDE, breach, actor=actor, now=now)
    told.checked_at = now
    told.save(update_fields=["checked_at"])
    ledger.record_entry(fact, actor=actor, at=now, role=moderating(actor))


@ledger.part_of_action("sets aside within somebody's action, and leaves its entry")
def set_aside(told: Told, *, fact: Event, actor: Actor, now: datetime, breach: Breach | None = None) -> None:
    """Nobody but moderators sees it until one has looked; from then on it has a hidden name.

    A moderator says why (`breach`); the system, which only suspects, does not. Raises Refused, Invalid, Conflict.
    """
    if not actor.is_system:
        permissions.require_may_moderate(actor, told)
    if is_set_aside(told):
        raise Conflict("set_aside")
    if not actor.is_system:
        if breach is None:
            raise Invalid("invalid", {"breach": "reason_needed"})
        record_decision(told, What.SET_ASIDE, breach, actor=actor, now=now)
    # That it was is the last that is told of it under its number.
    ledger.record_entry(fact, actor=actor, at=now, role=moderating(actor))
    told.checked_at = None if actor.is_system else now
    told.hidden_name = hidden_name(told.matter.reference, told.openings)
    told.save(update_fields=["checked_at", "hidden_name"])
    matters.move_matter(told.matter, now=now, visibility=matters.Visibility.QUARANTINED.value)


@ledger.part_of_action("releases within somebody's action, and leaves its entry")
def release(
    told: Told, *, fact: Callable[[str | None, str | None], Event], actor: Actor, now: datetime
) -> None:
    """It goes its way as its person chose. `fact` makes the event from the hidden name it continues and the opening
    that proves it, both None for what stays hidden. Raises Conflict if it is not set aside."""
    if not is_set_aside(told):
        raise Conflict("not_quarantined")
    reference, is_public = told.matter.reference, told.privacy == Privacy.PUBLIC
    hidden, opening = hidden_name(reference, told.openings), opening_of(reference, told.openings)
    told.checked_at = None  # whoever releases it has not yet read what was covered
    told.openings += is_public
    told.save(update_fields=["checked_at", "openings"])
    matters.move_matter(told.matter, now=now, visibility=told.privacy)
    event = fact(hidden if is_public else None, opening if is_public else None)
    ledger.record_entry(event, actor=actor, at=now, role=moderating(actor))


@ledger.part_of_action("the person's action that appeals leaves the entry")
def appeal_decision(decision: Decision, text: str, *, now: datetime) -> datetime:
    """Somebody else than who decided looks at it, by the returned instant. Raises Invalid for no words, Conflict."""
    if not text.strip():
        raise Invalid("invalid", {"text": "text_missing"})
    if not rules.may_appeal(decided_at=decision.decided_at, appealed_at=decision.appealed_at, now=now):
        raise Conflict("no_appeal_now")
    decision.appealed_at, decision.appeal = now, text
    decision.appeal_due_at = now + rules.DECIDE_WITHIN
    decision.save(update_fields=["appealed_at", "appeal", "appeal_due_at"])
    return decision.appeal_due_at


@ledger.part_of_action("decides an appeal within the action of who may, and leaves its entry")
def end_appeal(
    told: Told,
    decision: Decision,
    *,
    is_upheld: bool,
    text: str,
    fact: Event,
    released: Callable[[], None],
    actor: Actor,
    now: datetime,
    part: Part | None = None,
    look_again: Callable[[int], None] | None = None,
) -> None:
    """The person reads whether the decision holds, and why. Upheld, it is undone as far as it can be: words (`part`)
    come back, what was set aside is `released`, which leaves the entry then, a file waits for another look.

    Raises Refused for whoever decided it, Conflict if none waits, Invalid for no words.
    """
    permissions.require_may_decide_appeal(actor, told, decision)
    if not decision.is_waiting:
        raise Conflict("no_appeal_waits")
    if not text.strip():
        raise Invalid("invalid", {"text": "text_missing"})
    decision.appeal_decided_at, decision.is_upheld = now, is_upheld
    decision.ruling = thai.cover(text)
    decision.save(update_fields=["appeal_decided_at", "is_upheld", "ruling"])
    what = What(decision.what)
    if is_upheld and what is What.COVERED:
        _say(told, part or told_part(told), decision.before, fact=fact, actor=actor, now=now)
    elif is_upheld and what is What.SET_ASIDE and is_set_aside(told):
        released()
    else:
        if is_upheld and decision.file_id and look_again is not None:
            look_again(decision.file_id)
        matters.move_matter(told.matter, now=now)
        ledger.record_entry(fact, actor=actor, at=now, role=moderating(actor))


@ledger.part_of_action("the erasure of whoever wrote it leaves the entry")
def erase_appeals(matter_ids: Sequence[int]) -> None:
    """Why a person did not accept a decision goes with their other words; what was decided stays."""
    Decision.objects.filter(matter_id__in=matter_ids).update(appeal="")
