"""A conversation of the small state, somebody who votes in it, and a crowd of two camps."""

from typing import Any

from tests.small_state import NOW

from sala.commons.participation import actions, queries
from sala.commons.participation.models import Conversation
from sala.commons.participation.rules.statements import Opinion
from sala.core.actors import ANONYMOUS, SYSTEM, Actor, Grant, Role
from sala.services.complaints.actions import Filing, file_complaint
from sala.services.complaints.queries import get_complaint

SEEDS = tuple(f"ควรมีไฟทางเพิ่มในซอยที่ {number}" for number in range(1, 9))


def matter() -> str:
    """A public matter of the small state: a complaint about a dark street."""
    return file_complaint(
        actor=ANONYMOUS, now=NOW, filing=Filing(text="ไฟดับทั้งซอย", topic="street_light")
    ).reference


def officer_of(reference: str) -> Actor:
    """Somebody of the office that the matter is at."""
    return Actor(None, (Grant(Role.OFFICER, get_complaint(reference).matter.agency),))


def opened(**more: Any) -> Conversation:
    """A conversation with eight statements of the office, open since yesterday by every clock."""
    reference = matter()
    opening = actions.Opening(question="ไฟทางในซอยของเรา", seeds=SEEDS, **more)
    actions.open_conversation(actor=SYSTEM, now=NOW, reference=reference, opening=opening)
    return queries.get_conversation(reference)


def mark(who: str) -> bytes:
    """What stands for somebody."""
    return queries.mark_for("x", None, who)


def say(where: Conversation, who: str, number: int, opinion: Opinion) -> None:
    """Somebody who did not sign in says what they think."""
    actions.say_opinion(actor=ANONYMOUS, conversation=where, mark=mark(who), number=number, opinion=opinion)


def crowd(where: Conversation, people: int = 30) -> None:
    """Two camps that disagree on the first four statements and share the others."""
    said = []
    for one in range(people):
        side = Opinion.AGREE if one % 3 else Opinion.DISAGREE
        said += [(mark(str(one)), number, side if number <= 4 else Opinion.AGREE) for number in range(1, 9)]
    actions.say_opinions(actor=SYSTEM, conversation=where, said=said)
