"""A conversation for the looks at every page: eight statements, a crowd, a map, one statement that waits."""

from collections.abc import Iterator, Mapping

from tests.commons.participation.conversations import SEEDS, crowd, mark

from sala.commons.participation import actions, queries
from sala.core import clock
from sala.core.actors import ANONYMOUS, SYSTEM
from sala.services.complaints.actions import Filing, file_complaint


def build() -> dict[str, str | int]:
    """The value that addresses of conversations need."""
    now = clock.now()
    filing = Filing(text="ไฟดับทั้งซอยหน้าโรงเรียน", topic="street_light", area="400101")
    reference = file_complaint(actor=ANONYMOUS, now=now, filing=filing).reference
    opening = actions.Opening(question="ไฟทางในซอยของเรา", seeds=SEEDS)
    actions.open_conversation(actor=SYSTEM, now=now, reference=reference, opening=opening)
    where = queries.get_conversation(reference)
    crowd(where)
    text = "ไฟควรเปิดตามแสง ไม่ใช่ตามเวลา"
    actions.tell_statement(actor=ANONYMOUS, now=now, reference=reference, text=text, mark=mark("writer"))
    actions.draw_conversation(actor=SYSTEM, now=now, reference=reference)
    return {"opinion_matter": reference}


def own_links(values: Mapping[str, object]) -> Iterator[str]:
    """Nobody has a link of their own here."""
    return iter(())
