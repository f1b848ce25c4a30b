"""Recording looks at personal data, and letting people ask why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sala.commons.identity import events, permissions, rules
from sala.commons.identity.models import AccessQuestion, AccessRecord, Consent
from sala.commons.ledger import actions as ledger
from sala.core.actors import Actor
from sala.core.errors import Conflict, Invalid, NotFound, Refused
from sala.platform import seals

# Section 30 of the Personal Data Protection Act B.E. 2562: access within thirty days.
ANSWER_WITHIN = timedelta(days=30)
LONGEST_TEXT = 2000


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose data is looked at: a person we know, or the one behind a matter (its reference), or both."""

    person_id: int | None = None
    matter: str = ""


@ledger.action
def record_access(
    *, actor: Actor, agency: str, purpose: str, subjects: Sequence[Subject], now: datetime
) -> None:
    """Each person in `subjects` can read that this agency looked at their data, as what, when and why.

    Doors call it before they show personal data to staff: one call for one page. The public entry tells
    agency, role, purpose and how many; a commitment to the rows keeps them from being changed unseen.
    Raises Invalid for an unknown purpose or nobody to look at, Refused if the role may not look for it,
    or if the basis is consent and one of them has not agreed.
    """
    known, role = permissions.require_may_look(actor, agency, purpose)
    if not subjects or not all(s.person_id or s.matter for s in subjects):
        raise Invalid("nobody_looked_at")
    if known.basis is rules.Basis.CONSENT:
        _require_consents(subjects, purpose)
    digests = [_digest_of(s, agency=agency, purpose=purpose, now=now) for s in subjects]
    recorded = ledger.record_entry(
        events.AccessRecorded(agency=agency, purpose=purpose, looks=len(subjects)),
        actor=actor,
        at=now,
        secret={"looks": sorted(digests)},
        role=role,
    )
    AccessRecord.objects.bulk_create(
        AccessRecord(
            person_id=subject.person_id,
            matter=subject.matter,
            agency=agency,
            role=role,
            purpose=purpose,
            occurred_at=now,
            visible_at=now + known.delay,
            looked_by_id=permissions.require_person(actor),
            entry_id=recorded.entry_id,
            salt=(recorded.salt or b"").hex(),
        )
        for subject in subjects
    )


def _require_consents(subjects: Sequence[Subject], purpose: str) -> None:
    """Each of them agreed and has not taken it back; who has no account cannot have agreed."""
    people = {subject.person_id for subject in subjects if subject.person_id}
    in_force = Consent.objects.filter(person_id__in=people, purpose=purpose, withdrawn_at=None).count()
    if in_force < len(people) or not all(subject.person_id for subject in subjects):
        raise Refused("no_consent")


def _digest_of(subject: Subject, *, agency: str, purpose: str, now: datetime) -> str:
    """What the public entry commits to for one look; made again from the row when someone doubts it."""
    return seals.digest(
        "look", str(subject.person_id or ""), subject.matter, agency, purpose, now.isoformat()
    )


@ledger.action
def question_access(*, actor: Actor, record_id: int, text: str, now: datetime) -> None:
    """Ask the agency why it looked at my data; it has thirty days to answer.

    Raises NotFound for a look that is not shown to this person, Invalid for an empty or too long text,
    Conflict if it was asked already.
    """
    person_id = permissions.require_person(actor)
    record = AccessRecord.objects.filter(pk=record_id, person_id=person_id, visible_at__lte=now).first()
    if record is None:
        raise NotFound("not_found")
    question = _require_text(text)
    _, is_new = AccessQuestion.objects.get_or_create(
        record=record,
        defaults={"text_sealed": seals.seal(question), "asked_at": now, "due_at": now + ANSWER_WITHIN},
    )
    if not is_new:
        raise Conflict("asked_already")
    ledger.record_entry(
        events.AccessQuestioned(agency=record.agency, purpose=record.purpose), actor=actor, at=now
    )


@ledger.action
def explain_access(*, actor: Actor, question_id: int, text: str, now: datetime) -> None:
    """Answer somebody who asked why this agency looked at their data.

    Raises NotFound, Refused if the actor does not answer for that agency, Conflict if it was answered.
    """
    permissions.require_person(actor)
    question = (
        AccessQuestion.objects.select_for_update(of=("self",))
        .select_related("record")
        .filter(pk=question_id)
        .first()
    )
    if question is None:
        raise NotFound("not_found")
    permissions.require_may_answer(actor, question.record.agency)
    if question.answered_at is not None:
        raise Conflict("answered_already")
    question.answer_sealed = seals.seal(_require_text(text))
    question.answered_at = now
    question.answered_by_id = actor.person_id
    question.save(update_fields=["answer_sealed", "answered_at", "answered_by"])
    ledger.record_entry(
        events.AccessExplained(agency=question.record.agency, purpose=question.record.purpose),
        actor=actor,
        at=now,
    )


def _require_text(text: str) -> str:
    kept = text.strip()
    if not kept:
        raise Invalid("invalid", {"text": "write_something"})
    if len(kept) > LONGEST_TEXT:
        raise Invalid("invalid", {"text": "too_long"})
    return kept
