"""The draft behind a secret, what was typed into it, what it became."""

import hashlib
import json

from django.db.models import CharField

from sala.commons.drafts.models import Draft
from sala.platform import seals
from sala.platform.statements import Given, Rows

__all__ = ["Draft", "answers_of", "find_draft", "find_draft_or_sent", "is_sent", "sent_as", "token_digest"]


def find_draft(kind: str, token: str) -> Draft | None:
    """The draft of a kind whose secret this is, or None; one that was sent is no draft any more."""
    return find_draft_or_sent(kind, token)[0]


_DRAFT = Rows(
    lambda: Draft.objects.filter(
        token_digest=Given("token", CharField()), kind=Given("kind", CharField())
    ).order_by("pk")
)


def _kept_draft(kind: str, token: str) -> Draft | None:
    return _DRAFT.first(token=token_digest(token), kind=kind) if token else None


def is_sent(draft: Draft) -> bool:
    """Whether this draft has become a matter."""
    return "sent" in answers_of(draft)


def sent_as(kind: str, token: str) -> tuple[str, str] | None:
    """What a draft became within the last week: the matter's reference and the key of its link; else None."""
    return find_draft_or_sent(kind, token)[1]


def find_draft_or_sent(kind: str, token: str) -> tuple[Draft | None, tuple[str, str] | None]:
    """The draft of a kind whose secret this is, or what it became (as `sent_as` tells); neither if it is gone.

    One query.
    """
    draft = _kept_draft(kind, token)
    sent = answers_of(draft).get("sent") if draft else None
    if isinstance(sent, list):
        return None, (str(sent[0]), str(sent[1]))
    return draft, None


def answers_of(draft: Draft) -> dict[str, object]:
    """What was typed into a draft so far."""
    return dict(json.loads(seals.unseal(draft.answers_sealed)))


def token_digest(token: str) -> str:
    """The digest under which a draft's secret is kept."""
    return hashlib.sha256(f"draft {token}".encode()).hexdigest()
