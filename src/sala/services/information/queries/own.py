"""What a person's own pages show of their requests, and what they may take with them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import BigIntegerField
from django.urls import reverse

from sala.commons.drafts.queries import letter_key, unsealed_contact
from sala.platform import seals
from sala.platform.statements import Given, Rows
from sala.services.information.models import Request
from sala.services.information.queries.request import get_request

SHOWN = 100


_ASKED = Rows(
    lambda: (
        Request.objects.filter(person_id=Given("person", BigIntegerField()))
        .select_related("matter")
        .order_by("-pk")[:SHOWN]
    )
)


def list_asked(person_id: int) -> list[Request]:
    """The requests a person made while signed in, the newest first."""
    return _ASKED.list(person=person_id)


def asked_among(person_id: int, matter_ids: Sequence[int]) -> frozenset[int]:
    """Those of these requests that the person made while signed in. One query."""
    rows = Request.objects.filter(person_id=person_id, pk__in=matter_ids)
    return frozenset(rows.values_list("pk", flat=True))


def own_page(reference: str, person_id: int | None, email: str) -> str:
    """The address of the person's own page for a letter to them; "" if they did not ask it."""
    request = get_request(reference)
    address = reverse("information:own", args=[reference])
    if person_id is not None:
        return address if person_id == request.person_id else ""
    is_theirs = email and email.lower() == unsealed_contact(request).email.strip().lower()
    return f"{address}?key={letter_key(request)}" if is_theirs and request.key_digest else ""


def export_asked(person_id: int) -> list[dict[str, Any]]:
    """Everything held of a person's requests, as JSON values."""
    rows = Request.objects.filter(person_id=person_id).select_related("matter").order_by("pk")
    return [
        {
            "reference": request.matter.reference,
            "filed_at": request.matter.opened_at,
            "status": request.standing,
            "privacy": request.privacy,
            "what_you_wrote": request.original,
            "where_it_may_be_found": request.where_to_look,
            "what_is_public": request.public_text,
            "contact": _contact(request),
            "what_you_said_later": [
                {"at": message.at, "text": message.text}
                for message in request.matter.messages.all()
                if not message.agency
            ],
            "what_went_to_the_board": [
                {"on": row.filed_on, "text": row.text} for row in request.proceedings.filter(third_party=None)
            ],
        }
        for request in rows.prefetch_related("matter__messages")
    ]


def _contact(request: Request) -> dict[str, str]:
    found = unsealed_contact(request)
    return {
        "name": found.name,
        "phone": found.phone,
        "email": found.email,
        "address": seals.unseal(request.address_sealed),
    }
