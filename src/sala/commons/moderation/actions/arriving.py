"""Which texts a moderator sees first: decided at the doors, by cheap signs, without telling the sender."""

from django.http import HttpRequest

from sala.commons.moderation import rules
from sala.core import clock
from sala.core.errors import TooMany
from sala.engines import thai
from sala.platform import limits
from sala.platform.limits import Key, Policy, Rate

# The very same long text from one address, to whichever service: the third within the hour waits for a moderator,
# none is refused.
SAME_WORDS = Policy("moderation.same-words", {Key.CONTACT: Rate(5, 3600)})


def is_suspect(request: HttpRequest, text: str, *, room_used: float = 0.0) -> bool:
    """Whether what a stranger sends should be set aside; `room_used` of the door's own limit, 0 to 1.

    Costs no statement for the first time these words come from an address.
    """
    words = " ".join(thai.normalise(text).casefold().split())
    used = _same_words_used(request, words) if rules.may_be_copied(words) else 0.0
    return rules.is_suspect(rules.Arrival(text, same_words_used=used, room_used=room_used))


def _same_words_used(request: HttpRequest, words: str) -> float:
    address = limits.address_of(request)
    try:
        keys = {Key.CONTACT: f"{address or ''} {words}"}
        return limits.require_room(SAME_WORDS, keys, now=clock.now()).used
    except TooMany:
        return 1.0
