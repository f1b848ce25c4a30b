"""What a person's own pages show of their complaints, and what they may take with them."""

from collections.abc import Iterable
from typing import Any

from sala.services.complaints.models import Complaint, Message
from sala.services.complaints.queries.complaint import unsealed_contact

SHOWN = 100


def list_filed(person_id: int) -> list[Complaint]:
    """The complaints a person filed while signed in, newest first, with their matters and messages."""
    rows = Complaint.objects.filter(person_id=person_id).select_related("matter", "desk")
    return list(rows.prefetch_related("messages").order_by("-pk")[:SHOWN])


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
                if message.kind in ("answer", "reopening")
            ],
        }
        for complaint in rows.prefetch_related("messages")
    ]


def _contact(complaint: Complaint) -> dict[str, str]:
    contact = unsealed_contact(complaint)
    return {"name": contact.name, "phone": contact.phone, "email": contact.email}
