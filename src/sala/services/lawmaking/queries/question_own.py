"""What a person's own pages show of their legal questions, and what they may take with them."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from sala.commons.drafts.queries import letter_key, unsealed_contact
from sala.services.lawmaking.models import LegalQuestion
from sala.services.lawmaking.queries.questions import get_question

SHOWN = 100


def list_asked(person_id: int) -> list[LegalQuestion]:
    """The questions a person asked while signed in, the newest first."""
    rows = LegalQuestion.objects.filter(person_id=person_id).select_related("matter")
    return list(rows.order_by("-pk")[:SHOWN])


def asked_among(person_id: int, matter_ids: Sequence[int]) -> frozenset[int]:
    """Those of these questions that the person asked while signed in. One query."""
    rows = LegalQuestion.objects.filter(person_id=person_id, pk__in=matter_ids)
    return frozenset(rows.values_list("pk", flat=True))


def own_page(reference: str, person_id: int | None, email: str) -> str:
    """The address of the person's own page for a letter to them; "" if they did not ask it."""
    question = get_question(reference)
    address = reverse("questions:own", args=[reference])
    if person_id is not None:
        return address if person_id == question.person_id else ""
    is_theirs = email and email.lower() == unsealed_contact(question).email.strip().lower()
    return f"{address}?key={letter_key(question)}" if is_theirs and question.key_digest else ""


def export_asked(person_id: int) -> list[dict[str, Any]]:
    """Everything held of a person's questions, as JSON values."""
    rows = LegalQuestion.objects.filter(person_id=person_id).select_related("matter").order_by("pk")
    return [
        {
            "reference": question.matter.reference,
            "filed_at": question.matter.opened_at,
            "status": question.standing,
            "privacy": question.privacy,
            "what_you_wrote": question.original,
            "what_is_public": question.public_text,
            "name_shown": question.shown_name,
            "contact": _contact(question),
            "what_you_said_later": [
                {"at": message.at, "text": message.text}
                for message in question.matter.messages.all()
                if not message.agency
            ],
        }
        for question in rows.prefetch_related("matter__messages")
    ]


def _contact(question: LegalQuestion) -> dict[str, str]:
    found = unsealed_contact(question)
    return {"name": found.name, "phone": found.phone, "email": found.email}
