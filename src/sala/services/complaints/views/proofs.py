"""What a visitor has shown to be the one who filed, kept in their session; and a draft's answers as a filing."""

from typing import Any

from django.urls import reverse
from django.utils.dateparse import parse_date

from sala.commons.identity.requests import Request
from sala.services.complaints import actions, permissions, queries, words
from sala.services.complaints.rules import Privacy

_KEY = "complaint_proofs"
_MOST = 20


def remember(request: Request, reference: str, key: str = "", phone_tail: str = "") -> None:
    """Keep a proof for this session, so that the secret need not stay in addresses."""
    kept = dict(request.session.get(_KEY, {}))
    kept.pop(reference, None)
    kept[reference] = [key, phone_tail]
    request.session[_KEY] = dict(list(kept.items())[-_MOST:])


def proof_for(request: Request, reference: str) -> permissions.Proof:
    """What this session has shown for a complaint; nothing costs no query for a visitor without a session."""
    if not request.session.session_key:
        return permissions.NO_PROOF
    key, phone_tail = request.session.get(_KEY, {}).get(reference, ("", ""))
    return permissions.Proof(key=key, phone_tail=phone_tail)


def own_link(reference: str, key: str) -> str:
    """The address that opens one's own complaint; its secret is in the fragment of nothing, so keep it private."""
    return f"{reverse('complaints:own', kwargs={'reference': reference})}?key={key}"


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
        happened_on=parse_date(str(answers.get("happened_on") or "")),
        received_on=parse_date(str(answers.get("received_on") or "")),
        happened_words=str(answers.get("when") or ""),
        contact=contact,
        draft_token=token,
        language=language,
    )


def words_for(code: str) -> str:
    """The sentence for a code an action refused with."""
    return words.refusal(code)
