"""What moderators do to requests, and appeals against it: the person says why, somebody else looks again."""

from datetime import datetime
from functools import partial

from sala.commons.drafts.actions import NO_PROOF, Proof, require_is_sender
from sala.commons.ledger import actions as ledger
from sala.commons.moderation import actions as moderation
from sala.commons.moderation import queries as moderated
from sala.commons.moderation.actions import Breach, What
from sala.core.actors import Actor
from sala.core.events import Event
from sala.services.information import events
from sala.services.information.actions.records import iso, locked, named
from sala.services.information.models import Request
from sala.services.information.queries import law, parts


@ledger.action
def set_request_aside(*, actor: Actor, now: datetime, reference: str, breach: Breach | None = None) -> None:
    """It is set aside: nobody but moderators sees it until one has looked. Raises Refused, Invalid, Conflict.

    That it was is the last that is told of it under its number; from then on it has a hidden name.
    """
    request = locked(reference)
    if not actor.is_system:
        moderation.require_may_moderate(actor, request)
    fact = events.RequestSetAside(**named(request), reason=breach.value if breach else "")
    moderation.set_aside(request, fact=fact, actor=actor, now=now, breach=breach)


@ledger.action
def release_request(*, actor: Actor, now: datetime, reference: str) -> None:
    """It is a real request after all and goes its way, as its person chose. Raises Refused, Conflict."""
    request = locked(reference)
    moderation.require_may_moderate(actor, request)
    _released(request, actor=actor, now=now)


@ledger.part_of_action("the release of a moderator or of an appeal leaves the entry with it")
def _released(request: Request, *, actor: Actor, now: datetime) -> None:
    """Its hidden name is joined to its number if it is public; its day stays the one that its person was told."""

    def fact(continues: str | None, opening: str | None) -> Event:
        received_at = ledger.instant(request.matter.opened_at)
        return events.RequestReleased(
            **named(request), received_at=received_at, continues=continues, opening=opening
        )

    moderation.release(request, fact=fact, actor=actor, now=now)


@ledger.action
def keep_words(
    *, actor: Actor, now: datetime, reference: str, seen: str = "", breach: Breach | None = None
) -> None:
    """A moderator has read it and leaves it: covered words are rightly covered, what is set aside stays there.

    For the latter `breach` says why. `seen` as for `cover_words`. Raises Refused, Invalid without a reason, Conflict
    if it was checked already or changed meanwhile.
    """
    request = locked(reference)
    moderation.require_may_moderate(actor, request)
    reason = breach.value if breach and moderated.is_set_aside(request) else ""
    fact = events.WordsChecked(**named(request), reason=reason)
    moderation.keep_as_it_is(request, fact=fact, actor=actor, now=now, seen=seen, breach=breach)


@ledger.action
def cover_words(
    *,
    actor: Actor,
    now: datetime,
    reference: str,
    public_text: str,
    part: str = "",
    seen: str = "",
    breach: Breach = Breach.PERSONAL_DATA,
) -> None:
    """Everyone reads the moderator's version of a part from now on; the person reads why, and may appeal.

    `part` is a code of `queries.parts`, `seen` the version of its words that the moderator had before them, "" if
    nobody else can have changed them. Raises Refused, NotFound for a part that nobody reads, Invalid for no words,
    Conflict if the request is not public or the words were changed meanwhile.
    """
    request = locked(reference)
    moderation.require_may_moderate(actor, request)
    meant = parts.get_part(request, part)
    fact = events.WordsCovered(**named(request), what=part.partition("-")[0] or "asked", reason=breach.value)
    moderation.cover_words(
        request, public_text, fact=fact, actor=actor, now=now, breach=breach, seen=seen, part=meant
    )


@ledger.action
def appeal_moderation(
    *, actor: Actor, now: datetime, reference: str, decision_id: int, text: str, proof: Proof = NO_PROOF
) -> datetime:
    """Another moderator looks at the decision, by the returned instant. Raises Refused, NotFound, Invalid, Conflict."""
    request = locked(reference)
    require_is_sender(actor, request, proof)
    decision = moderated.get_decision(request.pk, decision_id)
    due_at = moderation.appeal_decision(decision, text, now=now)
    event = events.ModerationAppealed(**named(request), against=decision.what, due_on=iso(law.day_of(due_at)))
    ledger.record_entry(event, actor=actor, at=now, secret={"text": text})
    return due_at


@ledger.action
def decide_moderation_appeal(
    *, actor: Actor, now: datetime, reference: str, decision_id: int, is_upheld: bool, text: str
) -> None:
    """The decision holds, or is undone: words come back as they were read before, what was set aside is released.

    Raises Refused for whoever decided it, NotFound, Invalid for no words, Conflict if none waits.
    """
    request = locked(reference)
    decision = moderated.get_decision(request.pk, decision_id)
    moderation.require_may_decide_appeal(actor, request, decision)
    comes_back = is_upheld and decision.what == What.COVERED
    event = events.ModerationAppealDecided(**named(request), against=decision.what, is_upheld=is_upheld)
    moderation.end_appeal(
        request,
        decision,
        is_upheld=is_upheld,
        text=text,
        fact=event,
        released=partial(_released, request, actor=actor, now=now),
        part=parts.get_part(request, decision.part) if comes_back else None,
        actor=actor,
        now=now,
    )
