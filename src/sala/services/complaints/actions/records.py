"""What all writes of complaints share: locking one, naming it in the ledger, writing its message."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sala.commons.correspondence import actions as correspondence
from sala.commons.correspondence.queries import Message
from sala.commons.deadlines import actions as deadlines
from sala.commons.deadlines.queries import Counted
from sala.commons.files import actions as files
from sala.commons.ledger import actions as ledger
from sala.commons.matters import actions as matters
from sala.commons.moderation import queries as naming
from sala.core import working_time
from sala.core.actors import Actor
from sala.core.clock import BANGKOK
from sala.core.errors import NotFound
from sala.engines import thai
from sala.engines.thai.public_text import NOTHING, PublicText
from sala.services.complaints import rules
from sala.services.complaints.actions.erasure import finish_erasure
from sala.services.complaints.models import Complaint
from sala.services.complaints.queries.clock import count, unit_of
from sala.services.complaints.rules import NOTE, Move, PauseReason, Privacy, Status


@ledger.part_of_action("locks what an action of complaints is about")
def locked(reference: str) -> Complaint:
    """The complaint with its matter, both locked until the action ends, matter first. Raises NotFound."""
    matter = matters.lock_matter(reference)
    complaint = Complaint.objects.select_for_update(of=("self",)).filter(pk=matter.pk).first()
    if complaint is None:
        raise NotFound("matter_not_found", reference=reference)
    complaint.matter = matter
    return complaint


@ledger.part_of_action("moves the state that an action of complaints decided")
def move(complaint: Complaint, what: Move, *, now: datetime, **changes: object) -> Status:
    """Make a move of the state table, on the complaint and on its matter. Raises Conflict."""
    status = rules.move(complaint.state, what)
    complaint.status = status.value
    if complaint.is_history:
        changes = {**_adopted(complaint, now), **changes}
    closed_at = now if status in (Status.CLOSED, Status.REJECTED) else None
    matters.move_matter(complaint.matter, now=now, stage=status.value, closed_at=closed_at, **changes)
    if closed_at is not None:
        finish_erasure(complaint)
    return status


@ledger.part_of_action("the move that begins work here leaves the entry")
def _adopted(complaint: Complaint, now: datetime) -> dict[str, object]:
    """From an office's first step here our clock runs for what an earlier system brought; its date stays."""
    complaint.adopted_at = now
    complaint.save(update_fields=["adopted_at"])
    matter = complaint.matter
    if matter.due_at is not None:
        return {}
    counted = count("resolve", topic=matter.topic, agency=matter.agency, start=now)
    deadlines.run_deadline(matter, counted)
    return {"due_at": counted.due_at}


@dataclass(frozen=True, slots=True)
class LedgerName:
    """How a complaint is named in the ledger."""

    matter: str
    agency: str | None
    area: str | None


def ledger_name(matter: matters.Matter, privacy: str) -> LedgerName:
    """Public ones by reference, agency and area; others under a keyed name that leads nowhere.

    Of a complaint for the agency's eyes only the agency is told, of a confidential one nothing: so it appears in
    counts, and its own timeline can still be proven to whoever holds the reference.
    """
    if privacy == Privacy.PUBLIC:
        return LedgerName(matter.reference, matter.agency, matter.area or None)
    hidden = naming.ledger_name(matter.reference, privacy)
    return LedgerName(hidden, matter.agency if privacy == Privacy.AGENCY_ONLY else None, None)


def named(complaint: Complaint) -> dict[str, str | None]:
    """The three names every event of a complaint carries, as keyword arguments.

    What is set aside has its hidden name, whatever happens to it: nobody is to know of it before a moderator
    has looked. Its release joins that name to its number.
    """
    if naming.is_set_aside(complaint):
        hidden = naming.hidden_name(complaint.matter.reference, complaint.openings)
        return {"matter": hidden, "agency": None, "area": None}
    name = ledger_name(complaint.matter, complaint.privacy)
    return {"matter": name.matter, "agency": name.agency, "area": name.area}


def unless_hidden(complaint: Complaint, told: str, *, also_agency_only: bool = True) -> str:
    """What a fact may tell of a complaint beside its names: nothing of a confidential one or one set aside.

    Of one for the agency's eyes only agencies may be told, not what it is about (`also_agency_only` False).
    """
    if naming.is_set_aside(complaint):
        return ""
    if complaint.privacy == Privacy.PUBLIC or (also_agency_only and complaint.privacy == Privacy.AGENCY_ONLY):
        return told
    return ""


@ledger.part_of_action("the action that ends the pause leaves the entry with it")
def stop_pause(complaint: Complaint, *, now: datetime, reason: PauseReason | None = None) -> datetime | None:
    """End the open pause (for `reason`, if given) and move the date; the new date, None if none was open."""
    matter = complaint.matter
    due_at = deadlines.end_pause(
        matter,
        due_at=matter.due_at or now,
        unit=unit_of(complaint),
        agency=matter.agency,
        now=now,
        reason=reason.value if reason else "",
    )
    if due_at is None:
        return None
    complaint.is_paused = False
    complaint.save(update_fields=["is_paused"])
    matters.move_matter(matter, now=now, due_at=due_at)
    return due_at


@ledger.part_of_action("the reopening or the decision on an appeal leaves the entry")
def begin_anew(complaint: Complaint, counted: Counted, *, now: datetime) -> None:
    """What had ended is work again by a new date: how it ended, and what was told of its lateness, holds no more."""
    deadlines.end_deadline(complaint.matter, now=now)
    deadlines.run_deadline(complaint.matter, counted)
    complaint.outcome = complaint.rejection = complaint.escalation = ""
    complaint.resolved_at = complaint.confirm_by = None
    complaint.save(
        update_fields=[
            "status",
            "reopened",
            "outcome",
            "rejection",
            "escalation",
            "resolved_at",
            "confirm_by",
        ]
    )


def iso_day(at: datetime | None) -> str:
    """The day of an instant in Thailand, as facts tell it; "" for none."""
    return at.astimezone(BANGKOK).date().isoformat() if at else ""


def due_day(at: datetime | None) -> str:
    """The last day that is in time for an instant, as facts tell it; "" for none."""
    return working_time.day_of(at).isoformat() if at else ""


@ledger.part_of_action("writes the words that an action of complaints is about")
def write_message(
    complaint: Complaint,
    *,
    kind: str,
    text: str,
    actor: Actor,
    now: datetime,
    recorded: ledger.Recorded,
    shown: tuple[int, ...] = (),
    pictures: Sequence[files.KeptFile] = (),
    agency: str = "",
) -> Message:
    """Keep words beside their entry; what is public of them is masked, notes are never public.

    An office's are those of `agency`, or of the one that owns it.
    """
    message = correspondence.write_message(
        complaint.matter,
        kind=kind,
        text=text,
        public_text=public_words(complaint, kind, text),
        actor=actor,
        now=now,
        recorded=recorded,
        agency=agency,
    )
    if kind != NOTE:
        complaint.last_word = kind
        complaint.save(update_fields=["last_word"])
    is_public = complaint.privacy == Privacy.PUBLIC and kind != NOTE
    if pictures:
        files.add_files(
            pictures,
            matter_id=complaint.pk,
            message_id=message.pk,
            is_public=is_public,
            looks_first=complaint.matter.topic in rules.PICTURES_LOOKED_AT_FIRST,
            now=now,
        )
    if shown:
        files.show_with(message.pk, matter_id=complaint.pk, file_ids=shown, is_public=is_public)
    return message


def public_words(complaint: Complaint, kind: str, text: str) -> PublicText:
    """What everyone may read of a text: covered for public complaints, nothing of others and of notes."""
    if complaint.privacy != Privacy.PUBLIC or kind == NOTE:
        return NOTHING
    return thai.cover(text)


def said(complaint: Complaint, text: str, kind: str = "") -> dict[str, str]:
    """What the entry of a message commits to: the words that are kept and can be read again to check it.

    Those everyone reads where there are some; else the words themselves, which nobody learns from a commitment.
    """
    return {"text": public_words(complaint, kind, text) or text}
