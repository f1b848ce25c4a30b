"""One list for whoever works for two services: every kind among each other, counted, kept, walked through."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from tests.commons.agencies.factories import signed_in
from tests.services.information.asked import ask, put_back_law
from tests.small_state import NOW, staff

from sala.commons.matters.models import Matter
from sala.commons.worklist import queries, words
from sala.commons.worklist.models import SavedView
from sala.commons.worklist.templatetags.worklist_words import beside_the_day, last_day
from sala.core import clock
from sala.core.actors import ANONYMOUS, Role
from sala.core.dates import format_date
from sala.core.errors import NotFound
from sala.platform.worklist import Line
from sala.services.complaints import actions
from sala.services.complaints.actions import Filing
from sala.services.complaints.models import Complaint
from sala.services.information.models import Request
from sala.site import boxes

OFFICE = "kk-muni"
# However many matters there are, pages ask the same for each kind that somebody works on.
KINDS = sum(kind.worklist is not None for kind in boxes.every_kind())
pytestmark = [pytest.mark.usefixtures("state"), pytest.mark.req("CMP-2.2")]


@pytest.fixture(autouse=True)
def law(state: None) -> None:
    """The periods of requests."""
    put_back_law()


def complained(number: int = 1) -> str:
    filing = Filing(text=f"ไฟดับต้นที่ {number}", topic="street_light", area="400101")
    return actions.file_complaint(actor=ANONYMOUS, now=clock.now(), filing=filing).reference


def asked() -> str:
    return ask(now=clock.now()).reference


def due(reference: str, days: int) -> None:
    Matter.objects.filter(reference=reference).update(due_at=clock.now() + timedelta(days=days))


def many(count: int) -> None:
    """So many more of each kind, due one after the other."""
    now = clock.now()
    for letters, kind, stage in (("C", "complaint", "received"), ("RA", "information_request", "received")):
        matters = Matter.objects.bulk_create(
            Matter(
                reference=f"{letters}68-{number:07}-0",
                kind=kind,
                visibility="public",
                agency=OFFICE,
                stage=stage,
                opened_at=now,
                updated_at=now,
                due_at=now + timedelta(days=30, minutes=number),
            )
            for number in range(count)
        )
        if kind == "complaint":
            Complaint.objects.bulk_create(
                Complaint(matter=m, status="received", privacy="public", channel="web", original="x")
                for m in matters
            )
        else:
            Request.objects.bulk_create(
                Request(
                    matter=m, status="received", standing="received", privacy="public", channel="web",
                    original="x", wish="information", wanted_as="copy", received_on=NOW.date(),
                    first_agency=OFFICE,
                )
                for m in matters
            )  # fmt: skip


def listed(kind: str = "", **wanted: Any) -> list[str]:
    found = queries.get_inbox(
        kind, staff(OFFICE), OFFICE, queries.Wanted(**{"view": "open", **wanted}), now=clock.now()
    )
    return [row.matter.reference for row in found.rows]


def test_what_is_due_first_stands_first_whatever_kind_it_is_of() -> None:
    light, paper, drain, letter = complained(1), asked(), complained(2), asked()
    for reference, days in ((paper, 1), (light, 2), (letter, 3), (drain, 4)):
        due(reference, days)
    assert listed() == [paper, light, letter, drain]
    assert listed("complaint") == [light, drain]
    assert listed("information_request") == [paper, letter]


def test_the_counts_of_all_kinds_together_are_those_of_each_added() -> None:
    complained(1)
    complained(2)
    asked()
    officer = staff(OFFICE)
    whole, is_many = queries.count_views("", officer, OFFICE, now=clock.now())
    each = [
        queries.count_views(kind, officer, OFFICE, now=clock.now())[0]
        for kind in ("complaint", "information_request")
    ]
    assert (whole["open"], is_many) == (3, False)
    for view in ("open", "today", "overdue", "answered", "mine", "waiting"):
        assert whole[view] == sum(counts[view] for counts in each), view
    # What one kind does not count has no number together either: it would be too small.
    assert "closed" not in whole


@pytest.mark.parametrize("more", [10, 1000])
def test_the_list_asks_as_many_questions_for_ten_as_for_a_thousand(more: int) -> None:
    many(more)
    officer, now = staff(OFFICE), clock.now()
    for view, q, questions in (("open", "", 4), ("today", "", 2), ("open", "ไม่มีคำนี้", 2 + 4 * KINDS)):
        wanted = queries.Wanted(view=view, q=q)
        queries.get_inbox("", officer, OFFICE, wanted, now=now)
        with CaptureQueriesContext(
            connection,
        ) as asked_for:
            found = queries.get_inbox("", officer, OFFICE, wanted, now=now)
        assert len(asked_for) == questions, (view, q)
    assert found.counts["open"] == (2 * more)
    assert {kind: many for kind, many in found.kinds.items() if many} == {
        "complaint": more,
        "information_request": more,
    }
    assert not found.is_many


def test_more_than_are_counted_say_so_of_their_kind() -> None:
    many(1001)
    found = queries.get_inbox("", staff(OFFICE), OFFICE, queries.Wanted(view="open"), now=clock.now())
    assert found.is_many
    assert found.many_of == {"complaint", "information_request"}
    assert len(found.rows) == queries.PAGE
    assert found.has_more


def test_pages_of_both_kinds_show_each_matter_once() -> None:
    many(60)
    seen = [reference for page in (1, 2, 3) for reference in listed(page=page)]
    assert len(seen) == len(set(seen)) == 120
    assert {reference[0] for reference in listed()} == {"C", "R"}


def test_the_next_one_may_be_of_another_kind_and_leads_to_its_own_page() -> None:
    light, paper = complained(), asked()
    due(light, 1)
    due(paper, 2)
    officer = signed_in(OFFICE)
    officer.get("/work/inbox?view=open")
    page = officer.get(f"/complaints/work/{light}").content.decode()
    assert f'href="/information/work/{paper}" data-go="j"' in page
    back = officer.get(f"/information/work/{paper}").content.decode()
    assert f'href="/complaints/work/{light}" data-go="k"' in back
    # In the list of one kind there is no other.
    officer.get("/work/inbox?kind=complaint&view=open")
    assert paper not in officer.get(f"/complaints/work/{light}").content.decode()


def test_a_look_beside_the_list_shows_each_kind_with_its_own_acts() -> None:
    light, paper = complained(), asked()
    officer = signed_in(OFFICE)
    shown = officer.get(f"/work/inbox?view=open&open={paper}").content.decode()
    assert f'href="/information/work/{paper}?act=' in shown
    assert "081-234" not in shown
    assert (
        f'href="/complaints/work/{light}?act='
        in officer.get(f"/work/inbox?view=open&open={light}").content.decode()
    )
    assert officer.get("/work/inbox?open=X69-0000001-1").status_code == 404
    assert signed_in("pea").get(f"/work/inbox?open={paper}").status_code == 404


def test_a_kept_queue_of_every_kind_is_found_again_and_one_of_a_kind_in_both_lists() -> None:
    officer = signed_in(OFFICE)
    officer.post("/work/views", {"agency": OFFICE, "name": "ทั้งหมด", "view": "overdue", "q": ""})
    officer.post("/work/views", {"agency": OFFICE, "name": "ของขอ", "kind": "information_request"})
    assert {view.kind for view in SavedView.objects.all()} == {"", "information_request"}
    whole = officer.get("/work/inbox").content.decode()
    assert "ทั้งหมด" in whole
    assert "ของขอ" in whole
    one = officer.get("/work/inbox?kind=complaint").content.decode()
    assert "ของขอ" not in one
    assert officer.post("/work/views", {"agency": OFFICE, "name": "x", "kind": "nothing"}).status_code == 404


def test_what_lies_with_nobody_is_a_queue_of_its_own() -> None:
    light, paper = complained(), asked()
    assert set(listed(view=queries.UNASSIGNED)) == {light, paper}
    me = staff(OFFICE)
    Complaint.objects.filter(matter__reference=light).update(officer_id=me.person_id)
    assert listed(view=queries.UNASSIGNED) == [paper]
    assert listed(officer=str(me.person_id)) == [light]


def test_only_who_has_a_desk_there_reads_the_list() -> None:
    complained()
    assert signed_in(OFFICE, Role.ADMINISTRATOR).get("/work/inbox").status_code == 403
    assert signed_in("pea").get("/work/inbox?agency=kk-muni").status_code == 404
    reader = signed_in(OFFICE, Role.AUDITOR)
    page = reader.get("/work/inbox?kind=complaint&view=open").content.decode()
    assert "mark-box" not in page
    assert reader.post("/work/views", {"agency": OFFICE, "name": "x"}).status_code == 403


def test_an_address_of_a_service_leads_to_its_part_of_the_list() -> None:
    officer = signed_in(OFFICE)
    told = officer.get("/complaints/work/?view=open&topic=street_light&nonsense=1")
    assert told["Location"] == "/work/inbox?kind=complaint&view=open&topic=street_light"
    assert officer.get("/information/work/")["Location"] == "/work/inbox?kind=information_request"
    assert officer.get("/laws/questions/work/")["Location"] == "/work/inbox?kind=legal_question"


def test_words_kept_ready_are_put_into_an_answer_to_a_request_without_scripts() -> None:
    paper = asked()
    boss = signed_in(OFFICE, Role.SUPERVISOR)
    boss.post("/complaints/work/templates", {"agency": OFFICE, "name": "ขอบคุณ", "text": "ขอบคุณที่แจ้ง"})
    page = boss.get(f"/information/work/{paper}").content.decode()
    at = page.index('name="insert"')
    number = page[at : at + 60].split('value="')[1].split('"')[0]
    told = boss.post(f"/information/work/{paper}/reply", {"text": "สวัสดี", "insert": number})
    assert "สวัสดี\n\nขอบคุณที่แจ้ง" in told.content.decode().replace("\r\n", "\n")


def test_views_have_words_that_fit_all_kinds_and_each_kind_its_own() -> None:
    assert str(dict(words.view_names(""))["answered"]) != str(dict(words.view_names("complaint"))["answered"])
    with pytest.raises(NotFound):
        words.view_names("nothing")


def test_a_preview_does_not_say_the_day_twice() -> None:
    with override("th"):
        due = datetime(2026, 11, 23, 17, tzinfo=UTC)  # the end of 23 November there is the 24th's midnight
        day = format_date(last_day(due), language="th")  # type: ignore[arg-type]  # there is a day
        line = Line(
            reference="", address="", title="", left=(day, "late"), due_at=due, about="", stage=("", "")
        )
        assert beside_the_day(line) == "เกินกำหนด"
        assert beside_the_day(replace(line, left=(day, "wait"))) == "ใกล้ครบกำหนด"
        assert beside_the_day(replace(line, left=(day, ""))) == ""
        assert beside_the_day(replace(line, left=("เกิน 8 วันทำการ", "late"))) == "เกิน 8 วันทำการ"
        assert beside_the_day(replace(line, left=("–", ""), due_at=None)) == ""
