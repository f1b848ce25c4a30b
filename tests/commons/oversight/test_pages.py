"""Pages of heads, supervisors and auditors: what they count, who may open them, and how many questions they ask."""

import csv
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.commons.agencies.factories import signed_in
from tests.services.information.asked import ask, put_back_law
from tests.small_state import staff

from sala.commons.agencies.queries import overseen_by
from sala.commons.identity.models import AccessRecord, Person
from sala.commons.matters.models import Matter
from sala.commons.oversight import permissions, queries
from sala.commons.oversight.rules import draw
from sala.core import clock
from sala.core.actors import ANONYMOUS, Role
from sala.core.errors import NotFound, Refused
from sala.services.complaints import actions
from sala.services.complaints.actions import Filing
from sala.services.complaints.models import Complaint
from sala.site import boxes

OFFICE = "kk-muni"
# However many matters there are, pages ask the same for each kind that somebody works on.
KINDS = sum(kind.worklist is not None for kind in boxes.every_kind())
pytestmark = [pytest.mark.usefixtures("state"), pytest.mark.req("CMP-P3")]


@pytest.fixture(autouse=True)
def law(state: None) -> None:
    """The periods of requests, and no figures of another test."""
    cache.clear()
    put_back_law()


def complained(number: int = 1) -> str:
    filing = Filing(text=f"ไฟดับต้นที่ {number}", topic="street_light", area="400101")
    return actions.file_complaint(actor=ANONYMOUS, now=clock.now(), filing=filing).reference


def moved(reference: str, *, opened: int, due: int, done: int | None = None) -> None:
    """Came in, is due and was done so many days ago."""
    now = clock.now()
    Matter.objects.filter(reference=reference).update(
        opened_at=now - timedelta(days=opened), due_at=now - timedelta(days=due)
    )
    if done is not None:
        Complaint.objects.filter(matter__reference=reference).update(
            resolved_at=now - timedelta(days=done), status="resolved", is_triaged=True
        )


def test_both_services_are_counted_together_week_by_week() -> None:
    late, done, old = complained(1), complained(2), complained(3)
    ask(now=clock.now())
    moved(late, opened=20, due=1)
    moved(done, opened=10, due=-3, done=2)
    moved(old, opened=50, due=40, done=10)
    picture = queries.get_picture([OFFICE], clock.now())
    assert picture.whole.came[-1] == 1
    assert picture.whole.came[-2] == 1
    assert picture.whole.came[-3] == 1
    assert (picture.whole.done[-1], picture.whole.done[-2]) == (1, 1)
    # The old one was late until it was done ten days ago; the other is late now.
    assert (picture.whole.late[-1], picture.whole.late_before) == (1, 1)
    assert picture.provinces == {"40": 1}
    assert {code: office.open_now for code, office in picture.kinds if office.open_now} == {
        "complaint": 1,
        "information_request": 1,
    }
    told, asked = picture.funnels[:2]
    assert (told.came, told.steps) == (1, (1, 1, 0))
    assert (asked.came, asked.steps) == (0, (0, 0))


@pytest.mark.parametrize("more", [10, 200])
def test_the_picture_asks_as_many_questions_for_ten_as_for_two_hundred(more: int) -> None:
    for number in range(2):
        complained(number)
    now = clock.now()
    matters = Matter.objects.bulk_create(
        Matter(
            reference=f"C68-{number:07}-0", kind="complaint", visibility="public", agency=("pea", OFFICE)[number % 2],
            stage="received", opened_at=now, updated_at=now, due_at=now - timedelta(days=number),
        )
        for number in range(more)
    )  # fmt: skip
    Complaint.objects.bulk_create(
        Complaint(matter=m, status="received", privacy="public", channel="web", original="x") for m in matters
    )
    for codes in (None, [OFFICE, "pea"]):
        with CaptureQueriesContext(connection) as asked:
            picture = queries.get_picture(codes, now)
        assert len(asked) == 3 * KINDS
        assert picture.whole.open_now == more + 2


def test_an_office_is_seen_by_its_head_those_above_and_auditors_and_by_nobody_else() -> None:
    complained()
    for office, role, asked in (
        (OFFICE, Role.EXECUTIVE, ""),
        ("moi", Role.EXECUTIVE, OFFICE),
        ("nacc", Role.AUDITOR, OFFICE),
        (OFFICE, Role.SUPERVISOR, OFFICE),
    ):
        answer = signed_in(office, role).get("/en/work/executive", {"agency": asked})
        assert answer.status_code == 200
        assert "Khon Kaen City Municipality" in answer.content.decode()
    assert signed_in("pea", Role.EXECUTIVE).get("/work/executive?agency=kk-muni").status_code == 404
    assert signed_in(OFFICE, Role.OFFICER).get("/work/executive").status_code == 403
    assert Client().get("/work/executive").status_code == 302
    assert OFFICE in overseen_by(staff("moi", Role.EXECUTIVE))
    assert overseen_by(staff(OFFICE, Role.OFFICER)) == ()


@pytest.mark.parametrize("part", ["weeks", "offices", "provinces", "steps"])
def test_each_table_of_the_page_can_be_taken_along(part: str) -> None:
    reference = complained()
    moved(reference, opened=20, due=1)
    head = signed_in(OFFICE, Role.EXECUTIVE)
    answer = head.get(f"/work/executive/{part}.csv")
    rows = list(csv.DictReader(answer.getvalue().decode().splitlines()))
    assert rows
    assert answer["Content-Type"].startswith("text/csv")
    if part == "offices":
        assert [(row["agency"], row["late_now"]) for row in rows] == [(OFFICE, "1")]
    assert head.get("/work/executive/nothing.csv").status_code == 404
    assert signed_in(OFFICE).get(f"/work/executive/{part}.csv").status_code == 403


def test_a_supervisor_sees_what_is_late_nearly_late_and_with_nobody_and_who_has_how_much() -> None:
    late, near, held = complained(1), complained(2), complained(3)
    paper = ask(now=clock.now()).reference
    moved(late, opened=20, due=2)
    Matter.objects.filter(reference=near).update(due_at=clock.now() + timedelta(minutes=5))
    officer = Person.objects.create(created_at=clock.now(), display_name="วิภา")
    Complaint.objects.filter(matter__reference__in=[held, near]).update(officer=officer)
    page = signed_in(OFFICE, Role.SUPERVISOR).get("/work/supervisor").content.decode()
    first, second, third = page.split('<section aria-labelledby="n_')[1:]
    third = third.split("</section>")[0]
    assert late in first
    assert late not in second
    assert near in second
    assert held not in second
    assert late in third
    assert paper in third
    assert held not in third
    loads = queries.list_loads(staff(OFFICE, Role.SUPERVISOR), OFFICE, clock.now())
    assert {(load.name, load.open_now, load.late_now, load.due_soon) for load in loads} == {
        ("วิภา", 2, 0, 1),
        ("", 2, 1, 0),
    }
    assert f"officer={officer.pk}" in page


@pytest.mark.parametrize("more", [3, 60])
def test_a_supervisors_page_asks_as_many_questions_however_much_waits(more: int) -> None:
    boss = signed_in(OFFICE, Role.SUPERVISOR)
    for number in range(more):
        complained(number)
    paper = ask(now=clock.now()).reference
    # Due first, so that both kinds are among the first six.
    Matter.objects.filter(reference=paper).update(due_at=clock.now() + timedelta(days=1, hours=1))
    boss.get("/work/supervisor")
    with CaptureQueriesContext(connection) as asked:
        boss.get("/work/supervisor")
    assert len(asked) == 11 + KINDS


def test_an_auditor_draws_what_anybody_can_draw_again() -> None:
    references = [complained(number) for number in range(9)] + [ask(now=clock.now()).reference]
    Matter.objects.filter(reference=references[0]).update(visibility="quarantined")
    now = clock.now()
    span = {"since": now - timedelta(days=1), "until": now + timedelta(days=1)}
    auditor = staff("nacc", Role.AUDITOR)
    drawn = queries.draw_sample(auditor, kind="", seed="ร่าง 7", size=4, **span)
    assert drawn.population == 9
    assert [m.reference for m in drawn.matters] == draw(references[1:], seed="ร่าง 7", size=4)
    only = queries.draw_sample(auditor, kind="information_request", seed="1", size=4, **span)
    assert [m.reference for m in only.matters] == references[-1:]
    with pytest.raises(Refused):
        queries.draw_sample(staff(OFFICE, Role.EXECUTIVE), kind="", seed="1", size=4, **span)


def test_a_draw_says_its_seed_in_the_file_and_what_is_wrong_beside_the_field() -> None:
    complained()
    today = clock.now().date()
    asked = {
        "kind": "", "since": today - timedelta(days=2), "until": today + timedelta(days=1), "size": 5, "seed": "a",
    }  # fmt: skip
    auditor = signed_in("nacc", Role.AUDITOR)
    assert auditor.get("/work/auditor").status_code == 200
    assert "C69-" in auditor.get("/work/auditor", asked).content.decode()
    rows = list(
        csv.DictReader(auditor.get("/work/auditor/sample.csv", asked).getvalue().decode().splitlines())
    )
    assert [(row["seed"], row["drawn_from"]) for row in rows] == [("a", "1")]
    for wrong in ({"size": "9999"}, {"seed": ""}, {"since": "²"}, {"until": "2020-01-01"}, {"kind": "x"}):
        assert auditor.get("/work/auditor", {**asked, **wrong}).status_code == 422, wrong
        assert auditor.get("/work/auditor/sample.csv", {**asked, **wrong}).status_code == 404
    for role in (Role.OFFICER, Role.EXECUTIVE, Role.SUPERVISOR):
        assert signed_in(OFFICE, role).get("/work/auditor").status_code == 403
        assert signed_in(OFFICE, role).get("/work/auditor/sample.csv", asked).status_code == 403
        assert signed_in(OFFICE, role).get("/work/auditor/looks.csv").status_code == 403


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_boxes_of_dates_hold_dates_as_a_browser_reads_them(prefix: str) -> None:
    """Written as the language writes dates, a browser shows an empty box, and the auditor sends no days."""
    page = signed_in("nacc", Role.AUDITOR).get(f"{prefix}/work/auditor").content.decode()
    boxes = [box for box in re.findall(r"<input[^>]*>", page) if 'type="date"' in box]
    assert len(boxes) == 4
    for box in boxes:
        assert re.search(r'value="(\d{4}-\d\d-\d\d)?"', box), box


def test_looks_are_told_with_office_and_reason_and_never_with_a_name() -> None:
    looker = Person.objects.create(created_at=clock.now(), display_name="ผู้เปิดดู")
    now = clock.now()
    AccessRecord.objects.create(
        matter="C69-0000001-0", agency=OFFICE, role="officer", purpose="handle_complaint", occurred_at=now,
        visible_at=now + timedelta(days=90), looked_by=looker, entry_id=1, salt="s",
    )  # fmt: skip
    auditor = signed_in("nacc", Role.AUDITOR)
    page = auditor.get("/en/work/auditor").content.decode()
    assert "Khon Kaen City Municipality" in page
    assert "C69-0000001-0" in page
    assert "ผู้เปิดดู" not in page
    today = now.date()
    span = {"looks_since": today - timedelta(days=2), "looks_until": today + timedelta(days=1)}
    told = auditor.get("/work/auditor/looks.csv", span).getvalue().decode()
    assert "handle_complaint" in told
    assert str(looker.pk) not in told.splitlines()[1].split(",")
    assert auditor.get("/work/auditor/looks.csv").status_code == 404
    assert "late" in auditor.get("/work/auditor?looks_since=x&looks_until=2026-01-01").content.decode()


@pytest.mark.parametrize(
    ("role", "page"),
    [
        (Role.OFFICER, "/work/inbox"),
        (Role.SUPERVISOR, "/work/supervisor"),
        (Role.EXECUTIVE, "/work/executive"),
        (Role.AUDITOR, "/work/auditor"),
        (Role.OPERATOR, "/complaints/work/intake"),
        (Role.MODERATOR, "/complaints/work/quarantine"),
    ],
)
def test_each_role_lands_on_its_own_page(role: Role, page: str) -> None:
    browser = signed_in(OFFICE, role)
    assert browser.get("/work/")["Location"] == page
    assert browser.get("/work/", follow=True).status_code == 200


def test_an_office_that_somebody_does_not_oversee_is_not_found() -> None:
    with pytest.raises(NotFound):
        permissions.require_supervised(staff(OFFICE, Role.SUPERVISOR), "pea")
    with pytest.raises(Refused):
        permissions.require_overseen(staff(OFFICE))
