"""The play of a conversation: some four hundred invented people answer forty invented statements about a beach.

Three ways of thinking are written in the table, as how many in a hundred of each agree; the rest is drawn from a
fixed start, so that every demonstration has the same answers.
"""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sala.commons.agencies.cast import People, Scene, Stage
from sala.commons.matters import queries as matters
from sala.commons.participation import actions, queries
from sala.commons.participation.models import Conversation
from sala.commons.participation.rules.statements import Opinion
from sala.core.actors import ANONYMOUS, SYSTEM
from sala.platform.package_tables import Row, rows

OFFICE, ABOUT = "pattaya", "ชายหาด"
QUESTION = "ร่ม เตียง และร้านค้าบนหาดจอมเทียน ควรจัดกันอย่างไร"
CAMPS = {"traders": 118, "residents": 187, "visitors": 97}
ANSWERED, PASSED = 0.82, 0.07


def scenes(stage: Stage) -> Iterator[Scene]:
    """One scene at the end, when the matter it belongs to is there."""
    yield Scene(stage.now, partial(_talk, stage.people, stage.start, stage.now))


def _talk(people: People, since: datetime, now: datetime) -> None:
    found = matters.list_open_titles(matters.Filter(agency=OFFICE), since=since, size=200)
    if not found:
        return
    key = next((key for key, title in found if ABOUT in title), found[0][0])
    (matter,) = matters.list_by_key([key])
    told, officer = rows(__name__, "statements"), people.officer(matter.agency)
    opening = actions.Opening(
        question=QUESTION,
        seeds=[row["text"] for _, row in told if row["from"] == "office"],
        closes_at=now + timedelta(days=45),
    )
    actions.open_conversation(actor=officer, now=now, reference=matter.reference, opening=opening)
    shared: dict[str, Any] = {"now": now, "reference": matter.reference}
    for line, row in told:
        if row["from"] == "person":
            mark = queries.mark_for(matter.reference, None, f"writer {line}")
            one = actions.tell_statement(actor=ANONYMOUS, text=row["text"], mark=mark, **shared)
            actions.decide_statement(actor=officer, number=one.number, **shared)
    waiting = queries.mark_for(matter.reference, None, "writer of what waits")
    actions.tell_statement(actor=ANONYMOUS, text="ควรมีที่ล้างเท้าทุกทางขึ้นจากหาด", mark=waiting, **shared)
    conversation = queries.get_conversation(matter.reference)
    actions.say_opinions(actor=SYSTEM, conversation=conversation, said=_said(conversation, told), at=now)
    actions.draw_conversation(actor=SYSTEM, **shared)


def _said(conversation: Conversation, told: list[Row]) -> Iterator[tuple[bytes, int, Opinion]]:
    shown = queries.shown_statements(conversation).values_list("text", "number")
    numbers = {str(text): number for text, number in shown}
    dice = random.Random(2569)  # noqa: S311  # invented people, and the same ones each time
    for camp, size in CAMPS.items():
        for person in range(size):
            mark = queries.mark_for(conversation.matter.reference, None, f"{camp} {person}")
            for _, row in told:
                if dice.random() > ANSWERED:
                    continue
                agrees = Opinion.AGREE if dice.random() * 100 < int(row[camp]) else Opinion.DISAGREE
                yield mark, numbers[row["text"]], Opinion.PASS if dice.random() < PASSED else agrees
