"""Being told of a complaint one did not file: by account, or at an address that confirms."""

from django.utils.translation import get_language

from sala.commons.matters import actions as matters
from sala.core import clock, mailboxes
from sala.platform import limits
from sala.platform.requests import Request


def start(request: Request, reference: str, email: str) -> bool:
    """Let the person be told of each step; whether a letter went out to ask for a confirmation."""
    now, language = clock.now(), get_language() or "th"
    if request.actor.is_signed_in:
        matters.follow_matter(
            actor=request.actor,
            now=now,
            reference=reference,
            frequency=matters.Frequency.EACH,
            language=language,
        )
    elif email:
        limits.require_room_for(request, matters.ASK_BY_LETTER, now=now, contact=mailboxes.folded(email))
        matters.follow_by_email(
            actor=request.actor,
            now=now,
            reference=reference,
            email=email,
            frequency=matters.Frequency.EACH,
            language=language,
        )
        return True
    return False
