"""What a person's own pages show of their complaints, and what they may take with them."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db.models import BigIntegerField
from django.urls import reverse

from sala.commons.correspondence import queries as correspondence
from sala.commons.drafts.queries import letter_key, unsealed_contact
from sala.platform.statements import Given, Rows, Statement
from sala.services.complaints.models import Complaint
from sala.services.complaints.queries.complaint import get_complaint
from sala.services.complaints.rules import BY_PERSON

SHOWN = 100


# What a line of the page "me" reads of a complaint and its matter; the words and the contact are not among it.
_LINE = ("status", "outcome", "matter__reference", "matter__title", "matter__closed_at")


_PERSON = Given("person", BigIntegerField())
_FILED = Rows(
    lambda: (
        Complaint.objects.filter(person_id=_PERSON)
        .select_related("matter")
        .only(*_LINE)
        .order_by("-pk")[:SHOWN]
    )
)


@cache
def _filed_among() -> Statement:
    among = Given("matters", BigIntegerField())
    return Statement.of(Complaint.objects.filter(person_id=_PERSON, matter_id__among=among).values_list("pk"))


def list_filed(person_id: int) -> list[tuple[Complaint, bool]]:
    """The complaints a person filed while signed in, newest first, each with whether the office awaits an answer.

    Two queries, whatever was written about them.
    """
    filed = _FILED.list(person=person_id)
    asked = correspondence.find_asked([complaint.pk for complaint in filed])
    return [(complaint, complaint.pk in asked) for complaint in filed]


def filed_among(person_id: int, matter_ids: Sequence[int]) -> frozenset[int]:
    """Those of these complaints that the person filed while signed in. One query."""
    found = _filed_among().run({"person": person_id, "matters": list(matter_ids)})
    return frozenset(pk for (pk,) in found)


def own_page(reference: str, person_id: int | None, email: str) -> str:
    """The address of the filer's own page for a letter to this person or e-mail address; "" if they did not file it."""
    complaint = get_complaint(reference)
    address = reverse("complaints:own", args=[reference])
    if person_id is not None:
        return address if person_id == complaint.person_id else ""
    is_theirs = email and email.lower() == unsealed_contact(complaint).email.strip().lower()
    return f"{address}?key={letter_key(complaint)}" if is_theirs and complaint.key_digest else ""


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
                for message in complaint.matter.messages.all()
                if message.kind in BY_PERSON
            ],
        }
        for complaint in rows.prefetch_related("matter__messages")
    ]


def _contact(complaint: Complaint) -> dict[str, str]:
    contact = unsealed_contact(complaint)
    return {"name": contact.name, "phone": contact.phone, "email": contact.email}
