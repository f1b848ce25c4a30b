"""Which complaints a moderator sees first: decided at the doors, by cheap signs, without telling the sender."""

from sala.commons.identity import limits
from sala.commons.identity.requests import Request
from sala.core import clock
from sala.core.errors import TooMany
from sala.engines import thai
from sala.services.complaints import rules
from sala.services.complaints.views import rates


def is_suspect(request: Request, text: str, *, room_used: float = 0.0) -> bool:
    """Whether what a stranger sends should be set aside; `room_used` of the door's own limit, 0 to 1.

    Costs no statement for the first time these words come from an address.
    """
    words = " ".join(thai.normalise(text).casefold().split())
    used = _same_words_used(request, words) if rules.may_be_copied(words) else 0.0
    return rules.is_suspect(rules.Arrival(text, same_words_used=used, room_used=room_used))


def _same_words_used(request: Request, words: str) -> float:
    address = limits.address_of(request)
    try:
        keys = {limits.Key.CONTACT: f"{address or ''} {words}"}
        return limits.require_room(rates.SAME_WORDS, keys, now=clock.now()).used
    except TooMany:
        return 1.0
