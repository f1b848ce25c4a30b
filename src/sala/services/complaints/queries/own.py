"""What a person's own pages show of their complaints, and what they may take with them."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from sala.services.complaints import permissions
from sala.services.complaints.models import Complaint, Message
from sala.services.complaints.queries.complaint import get_complaint, unsealed_contact

SHOWN = 100


def list_filed(person_id: int) -> list[Complaint]:
    """The complaints a person filed while signed in, newest first, with their matters and messages."""
    rows = Complaint.objects.filter(person_id=person_id).select_related("matter", "desk")
    return list(rows.prefetch_related("messages").order_by("-pk")[:SHOWN])


def own_page(reference: str, person_id: int | None, email: str) -> str:
    """The address of the filer's own page for a letter to this person or e-mail address; "" if they did not file it."""
    complaint = get_complaint(reference)
    address = reverse("complaints:own", args=[reference])
    if person_id is not None:
        return address if person_id == complaint.person_id else ""
    is_theirs = email and email.lower() == unsealed_contact(complaint).email.strip().lower()
    return f"{address}?key={permissions.letter_key(complaint)}" if is_theirs and complaint.key_digest else ""


def awaits_answer(messages: Iterable[Message]) -> bool:
    """Whether the office asked something that has no answer yet."""
    asked = [m.kind for m in messages if m.kind in ("question", "answer")]
    return asked[-1:] == ["question"]


def export_filed(person_id: int) -> list[dict[str, Any]]:
    """Everything held of a person's complaints, as JSON values."""
    rows = Complaint.objects.filter(person_id=person_id).select_related("matter").order_by("pk")
    return [
        {
            "reference": complaint.matter.reference,
            "filed_at": complaint.began_at,
            "status": complaint.status,
            "privacy": complaint.privacy,
            "what_you_wrote": complaint.original,
            "what_is_public": complaint.public_text,
            "contact": _contact(complaint),
            "what_you_said_later": [
                {"at": message.at, "text": message.text}
                for message in complaint.messages.all()
                if message.kind in message.PERSONS
            ],
        }
        for complaint in rows.prefetch_related("messages")
    ]


def _contact(complaint: Complaint) -> dict[str, str]:
    contact = unsealed_contact(complaint)
    return {"name": contact.name, "phone": contact.phone, "email": contact.email}
