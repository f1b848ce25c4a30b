"""What was answered, page by page or at an intake, as the filing that the action takes."""

from typing import Any

from django.utils.dateparse import parse_date

from sala.commons.places import queries as places
from sala.services.complaints import actions, queries
from sala.services.complaints.rules import Privacy


def filing_from(answers: dict[str, Any], *, token: str, language: str) -> actions.Filing:
    """A draft's answers as what the action takes."""
    contact = queries.Contact(*(str(answers.get(name) or "") for name in ("name", "phone", "email")))
    return actions.Filing(
        text=str(answers.get("text") or ""),
        topic=str(answers.get("topic") or ""),
        privacy=Privacy(str(answers.get("privacy") or "public")),
        area=str(answers.get("area") or ""),
        place=str(answers.get("place") or ""),
        latitude=answers.get("latitude"),
        longitude=answers.get("longitude"),
        shown=places.Shown(str(answers.get("shown") or places.Shown.ABOUT)),
        happened_on=parse_date(str(answers.get("happened_on") or "")),
        received_on=parse_date(str(answers.get("received_on") or "")),
        happened_words=str(answers.get("when") or ""),
        contact=contact,
        draft_token=token,
        language=language,
    )
