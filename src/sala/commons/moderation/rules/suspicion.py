"""Which texts a moderator looks at before anybody else does: decided by cheap signs."""

import re
from dataclasses import dataclass

# A report of a fraud names one address or two; advertising names many, or hardly anything else.
MOST_LINKS = 2
SHARE_OF_LINKS = 0.5
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
# Neighbours send "ไฟดับ" word for word alike; nobody sends two lines word for word alike by chance.
LONG_ENOUGH_TO_COPY = 30
SAME_WORDS_USED = 0.5
NEARLY_FULL = 0.9


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a door knows of a text beside what it says; both are shares of a rate limit's room, 0 to 1.

    `same_words_used`: how much of the room for these very words from this address; `room_used`: for anything.
    """

    text: str
    same_words_used: float = 0.0
    room_used: float = 0.0


def is_suspect(arrival: Arrival) -> bool:
    """Whether a moderator should look before anybody else: many links, the same words again and again, a flood.

    The sender is not told and nothing is lost: a moderator releases what is real.
    """
    links = _LINK.findall(arrival.text)
    told = len("".join(arrival.text.split()))
    if len(links) > MOST_LINKS or (links and sum(map(len, links)) > SHARE_OF_LINKS * told):
        return True
    return arrival.same_words_used > SAME_WORDS_USED or arrival.room_used > NEARLY_FULL


def may_be_copied(text: str) -> bool:
    """Whether a text is so long that the same words again are hardly chance."""
    return len(text) >= LONG_ENOUGH_TO_COPY
