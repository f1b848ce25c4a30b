"""Finding matters in Thai, and being told of them: together, never more often than chosen, ended by one click."""

import html
import re
from datetime import timedelta
from typing import Any

import feedparser
import pytest
from django.core import mail
from django.test import Client
from tests.commons.matters.letters_due import send_due, settle
from tests.small_state import NOW, staff

from sala.commons.identity.models import Person
from sala.commons.ledger.models import Entry
from sala.commons.ledger.queries import LoggedEntry
from sala.commons.matters import actions as matter_actions
from sala.commons.matters import queries as matters
from sala.commons.matters import rules
from sala.commons.matters.models import Follow, Matter, Notice
from sala.commons.matters.queries import search
from sala.commons.matters.rules import Frequency
from sala.core.actors import ANONYMOUS, Actor
from sala.core.errors import Invalid, NotFound, Refused
from sala.platform import seals
from sala.services.complaints import actions
from sala.services.complaints.actions import Filing
from sala.services.complaints.queries import Contact
from sala.services.complaints.rules import Privacy

pytestmark = pytest.mark.usefixtures("state")

ASKED = {"email": "nok@example.th", "frequency": "each"}


def file(text: str, privacy: Privacy = Privacy.PUBLIC, email: str = "", *, is_confirmed: bool = True) -> str:
    filing = Filing(
        text=text, topic="street_light", area="400101", privacy=privacy, contact=Contact(email=email)
    )
    reference = actions.file_complaint(actor=ANONYMOUS, now=NOW, filing=filing).reference
    if is_confirmed:
        Follow.objects.filter(confirmed_at=None).update(confirmed_at=NOW)
        mail.outbox.clear()
    return reference


def entry_of(reference: str) -> LoggedEntry:
    """The last entry of a matter, as if it had a position."""
    entry = Entry.objects.filter(matter=reference).order_by("-pk")[0]
    return LoggedEntry(position=entry.pk, body=bytes(entry.body))


@pytest.mark.django_db(transaction=True)
@pytest.mark.req("CMP-1.2")
def test_thai_is_found_by_words_parts_place_and_in_spite_of_a_slip() -> None:
    light = file("ไฟทางดับทั้งซอยหลังวัดป่า มืดมาก")
    file("ขยะไม่มีคนเก็บมาสองสัปดาห์ เหม็นมาก")
    hidden = file("ไฟทางดับ เรื่องลับ", Privacy.AGENCY_ONLY)
    settle()
    every = matters.Filter()
    for question in ("ไฟทางดับ", "วัดป่า", "ขอนแก่น ไฟ", "Street lights"):
        found = matters.search_matters(question, every)
        assert light in [m.reference for m in found.matters], question
        assert hidden not in [m.reference for m in found.matters]
    slip = matters.search_matters("ไฟทงดับทั้งซอย", every)
    assert [m.reference for m in slip.matters] == [light]
    assert slip.is_guess
    assert matters.search_matters("ไฟทางดับ", matters.Filter(area="10")).matters == ()
    assert matters.search_matters("'); DROP TABLE --", every).matters == ()


@pytest.mark.django_db(transaction=True)
@pytest.mark.req("CMP-1.2")
@pytest.mark.parametrize(
    "question",
    [
        "โคมไฟไม่ติด",  # said otherwise
        "street light",  # in English, about a text in Thai
        "streetlights",
        "ไฟถนนมืด",
        "ไฟทางเสียแถววัดป่า",  # half of it is told in the text
    ],
)
def test_what_is_said_otherwise_is_found_as_near(question: str) -> None:
    light = file("ไฟทางดับทั้งซอยหลังวัดป่า")
    file("ขยะไม่มีคนเก็บมาสองสัปดาห์")
    settle()
    found = matters.search_matters(question, matters.Filter(kind="complaint"))
    assert found.matters[0].reference == light, "the text says the same in other words"


@pytest.mark.django_db(transaction=True)
def test_to_look_for_what_nobody_told_costs_few_queries(django_assert_max_num_queries: Any) -> None:
    file("ไฟทางดับทั้งซอยหลังวัดป่า")
    settle()
    matters.search_matters("ไฟทางดับ", matters.Filter())
    with django_assert_max_num_queries(18):
        assert matters.search_matters("เรือดำน้ำ สีชมพู บนดวงจันทร์", matters.Filter()).matters == ()
    for odd in ("') | '(", "\\ ' & !", "((((", "'' ไฟ '' \\"):
        matters.search_matters(odd, matters.Filter())


@pytest.mark.django_db(transaction=True)
@pytest.mark.req("CMP-1.2")
@pytest.mark.parametrize("far", [0, 6, 1000])
def test_what_is_found_does_not_depend_on_how_far_the_search_looks_first(
    monkeypatch: pytest.MonkeyPatch, far: int
) -> None:
    for module, name, value in (
        (rules, "PART", 2),
        (search, "PART", 2),
        (search, "NEAR", 4),
        (search, "FAR", far),
    ):
        monkeypatch.setattr(module, name, value)
    rare = file("สุนัขจรจัดหน้าศาลเจ้า")
    lamps = [file(f"ไฟทางดับต้นที่ {number}") for number in range(12)]
    settle()
    every = matters.Filter(kind="complaint")

    def found(text: str, size: int) -> list[str]:
        return [m.reference for m in matters.list_holding(text, every, size=size).matters]

    assert found("ศาลเจ้า", 3) == [rare]
    assert found("ไฟทาง", 3) == lamps[:-4:-1]
    assert found("ไฟทาง", 9) == lamps[:2:-1]
    assert found("ไฟทาง", 50) == lamps[::-1]
    assert found("ไม่มีคำนี้", 3) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.req("RES")
def test_several_steps_come_as_one_letter_that_ends_itself_by_a_click(
    mailoutbox: list[Any], client: Client
) -> None:
    reference = file("ไฟทางดับ", email="somying@example.com")
    officer = staff("kk-muni")
    later = NOW + timedelta(minutes=1)
    actions.start_work(actor=officer, now=later, reference=reference)
    actions.reply_to_person(actor=officer, now=later, reference=reference, text="ช่างจะเข้าวันพรุ่งนี้")
    settle()
    assert list(matters.list_due_letters(later)) == []
    due = later + timedelta(minutes=3)
    for letter in list(matters.list_due_letters(due)):
        assert matter_actions.post_letters(due=[letter], now=due)
    (sent,) = mailoutbox
    assert sent.to == ["somying@example.com"]
    assert reference in sent.subject
    assert sent.body.count("\n- ") >= 2
    assert "2569" in sent.body
    link = re.search(r"/unfollow/\S+", sent.body)
    assert link
    assert client.get(link[0]).status_code == 200
    assert Follow.objects.count() == 1
    client.post(link[0])
    assert Follow.objects.count() == 0
    assert list(matters.list_due_letters(due)) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.req("RES")
def test_the_way_out_in_an_old_letter_still_works_and_mail_programs_know_it(
    mailoutbox: list[Any], client: Client
) -> None:
    reference = file("ไฟทางดับ", email="somying@example.com")
    settle()
    assert send_due(NOW + timedelta(minutes=3)) == 1
    later = NOW + timedelta(hours=1)
    actions.start_work(actor=staff("kk-muni"), now=later, reference=reference)
    settle()
    assert send_due(later + timedelta(minutes=3)) == 1
    first, second = mailoutbox
    link = re.search(r"/unfollow/\S+", first.body)
    assert link
    assert f"{link[0]}>" in second.extra_headers["List-Unsubscribe"]
    one_click = Client(enforce_csrf_checks=True).post(link[0], {"List-Unsubscribe": "One-Click"})
    assert one_click.status_code == 200
    assert Follow.objects.count() == 0
    for wrong in ("1-", "-", "99-abc", "x" * 400, "๑-๒", f"{9**25}-a"):
        assert client.get(f"/follow/{wrong}").status_code == 200
        assert client.post(f"/follow/{wrong}").status_code == 404


def account(told: str, email: str = "nok@example.com") -> Actor:
    sealed = seals.seal(email)
    return Actor(person_id=Person.objects.create(created_at=NOW, told=told, email_sealed=sealed).pk)


@pytest.mark.django_db(transaction=True)
@pytest.mark.req("RES")
def test_an_account_gets_one_letter_of_all_its_matters_at_its_own_pace(mailoutbox: list[Any]) -> None:
    nok, silent = account("daily"), account("never", "quiet@example.com")
    references = [file("ไฟทางดับ"), file("ถนนเป็นหลุม")]
    for reference in references:
        for follower in (nok, silent):
            matter_actions.follow_matter(
                actor=follower, now=NOW, reference=reference, frequency=Frequency.EACH
            )
    officer = staff("kk-muni")
    for hours in (1, 2):
        at = NOW + timedelta(hours=hours)
        for reference in references:
            if hours == 1:
                actions.start_work(actor=officer, now=at, reference=reference)
            else:
                actions.reply_to_person(actor=officer, now=at, reference=reference, text="จะไปดู")
        settle()
        send_due(at + timedelta(minutes=5))
    (letter,) = mailoutbox
    assert letter.to == ["nok@example.com"]
    assert all(reference in letter.body for reference in references)
    assert send_due(NOW + timedelta(hours=26)) == 1
    assert send_due(NOW + timedelta(days=9)) == 0
    assert len(mailoutbox) == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.req("RES")
def test_steps_heard_together_are_told_one_by_one_to_who_followed_by_then() -> None:
    early, late, unseen = (account("each", f"{name}@example.com") for name in "abc")
    reference, hidden = file("ไฟทางดับ"), file("ลับ", Privacy.CONFIDENTIAL)
    for follower, hours, followed in ((early, 0, reference), (late, 2, reference), (unseen, 0, hidden)):
        Follow.objects.create(
            matter=Matter.objects.get(reference=followed),
            person_id=follower.person_id,
            frequency=Frequency.EACH.value,
            created_at=NOW,
            confirmed_at=NOW + timedelta(hours=hours),
        )
    officer, answer = staff("kk-muni"), "ช่างจะเข้าวันพรุ่งนี้"
    actions.start_work(actor=officer, now=NOW + timedelta(hours=1), reference=reference)
    actions.reply_to_person(actor=officer, now=NOW + timedelta(hours=3), reference=reference, text=answer)
    settle()
    told = Notice.objects.values_list("follow__person_id", flat=True)
    assert sorted(told) == sorted([early.person_id] * 3 + [late.person_id] + [unseen.person_id])


def test_following_the_ledger_costs_the_same_for_many_entries(django_assert_num_queries: Any) -> None:
    texts = [f"ไฟทางดับ {number}" for number in range(10)]
    entries = [entry_of(file(text)) for text in texts]
    matter_actions.index_matters(entries[:1])  # areas and agencies are known from now on
    for some in (entries[1:3], entries[3:] * 3):
        with django_assert_num_queries(3):
            matter_actions.index_matters(some)
        with django_assert_num_queries(2):
            matter_actions.note_entries(some)
    found = matters.search_matters("ไฟทางดับ", matters.Filter()).matters
    assert sorted(m.title for m in found) == sorted(texts)


@pytest.mark.django_db(transaction=True)
def test_a_letter_listed_twice_goes_out_once(mailoutbox: list[Any]) -> None:
    file("ไฟทางดับ", email="somying@example.com")
    settle()
    due = NOW + timedelta(minutes=3)
    listed = [*matters.list_due_letters(due), *matters.list_due_letters(due)]
    assert [matter_actions.post_letters(due=[each], now=due) for each in listed] == [1, 0]
    assert len(mailoutbox) == 1


@pytest.mark.django_db(transaction=True)
def test_an_address_follows_only_after_its_own_click(mailoutbox: list[Any], client: Client) -> None:
    reference = file("ไฟทางดับ")
    for _ in range(2):
        answer = client.post(f"/m/{reference}/follow", {"email": "a@example.com", "frequency": "daily"})
        assert answer.status_code == 200
    assert Follow.objects.count() == 1
    assert Follow.objects.get().confirmed_at is None
    link = re.search(r"/follow/\S+", mailoutbox[-1].body)
    assert link
    client.post(link[0])
    assert Follow.objects.get().confirmed_at is not None
    assert client.post("/follow/nothing").status_code == 404


def test_a_person_follows_once_and_ends_it() -> None:
    reference = file("ไฟทางดับ")
    person = Person.objects.create(created_at=NOW)
    actor = Actor(person_id=person.pk)
    matter_actions.follow_matter(actor=actor, now=NOW, reference=reference, frequency=Frequency.WEEKLY)
    matter_actions.follow_matter(actor=actor, now=NOW, reference=reference, frequency=Frequency.DAILY)
    assert Follow.objects.get().frequency == "daily"
    matter_actions.unfollow(actor=actor, reference=reference)
    assert Follow.objects.count() == 0


def test_following_is_refused_to_nobody_to_bad_addresses_and_for_hidden_matters() -> None:
    reference, hidden = file("ไฟทางดับ"), file("ลับ", Privacy.AGENCY_ONLY)
    each = Frequency.EACH
    with pytest.raises(Refused):
        matter_actions.follow_matter(actor=ANONYMOUS, now=NOW, reference=reference, frequency=each)
    with pytest.raises(Invalid):
        matter_actions.follow_by_email(
            actor=ANONYMOUS, now=NOW, reference=reference, email="no", frequency=each
        )
    person = Person.objects.create(created_at=NOW)
    with pytest.raises(NotFound):
        matter_actions.follow_matter(
            actor=Actor(person_id=person.pk), now=NOW, reference=hidden, frequency=each
        )


@pytest.mark.django_db(transaction=True)
@pytest.mark.req("CMP-3.3")
def test_the_list_is_also_json_csv_atom_and_points(client: Client) -> None:
    reference = file("ไฟทางดับ =1+1")
    file("ลับ", Privacy.AGENCY_ONLY)
    settle()
    (row,) = client.get("/data/matters.json").json()["rows"]
    assert row["reference"] == reference
    csv = client.get("/matters/rows.csv", follow=True).content.decode()
    assert csv.count("\r\n") == 2
    feed = feedparser.parse(client.get("/data/matters.atom?kind=complaint").content)
    assert [e.title for e in feed.entries] == [row["title"]]
    steps = feedparser.parse(client.get(f"/m/{reference}/steps.atom").content)
    assert not steps.bozo
    assert len(steps.entries) == 1
    assert client.get(f"/m/{reference}/steps.json").json()["entries"][0]["kind"] == "complaint.filed"
    assert client.get("/matters/points.json?box=0,0,200,90").json()["features"] == []
    assert client.get("/matters/points.json?box=here").status_code == 400
    assert client.get("/matters/?q=ไฟ&page=x&before=-1&area=x").status_code == 200
    assert client.get("/matters/?area=%00").status_code == 422


@pytest.mark.django_db(transaction=True)
@pytest.mark.req("CMP-3.3", "ODP")
@pytest.mark.parametrize("asked", ["ไฟทางดับ", "16.43,102.83", "ไฟ ไม่มีคำนี้เลย", "!!"])
def test_the_files_beside_a_search_hold_what_was_searched_for(client: Client, asked: str) -> None:
    at = Filing(text="ไฟทางดับ", topic="street_light", latitude=16.4301, longitude=102.8301)
    near, far = (
        actions.file_complaint(actor=ANONYMOUS, now=NOW, filing=at).reference,
        file("ถนนเป็นหลุม"),
    )
    settle()
    page = client.get("/matters/", {"q": asked, "kind": "complaint"}).content.decode()
    files = [html.unescape(href) for href in re.findall(r'href="(/data/matters\.[^"]+)"', page)]
    assert len(files) == 4  # the feed twice: for people, and for readers of feeds
    for address in files:
        told = client.get(address)
        assert told.status_code == 200, address
        holds = (near in told.content.decode(), far in told.content.decode())
        assert holds == (asked in ("ไฟทางดับ", "16.43,102.83"), False)


def test_a_stage_that_two_services_have_stands_in_the_list_of_stages_once(client: Client) -> None:
    """Chosen, it shows the matters of both: a reader who found it under one service would be told half."""
    page = client.get("/en/matters/?stage=received").content.decode()
    stages = page.partition('name="stage"')[2].partition("</select>")[0]
    assert re.findall(r'<option value="(\w+)" selected', stages) == ["received"]
    codes = re.findall(r'value="(\w+)"', stages)
    assert len(codes) == len(set(codes))
    assert stages.index("For every kind") < stages.index('value="received"') < stages.index("Complaints")


def test_the_public_list_costs_the_same_for_many_rows(
    django_assert_max_num_queries: Any, client: Client
) -> None:
    for number in range(15):
        file(f"ไฟทางดับ {number}")
    client.get("/matters/")
    with django_assert_max_num_queries(3):
        client.get("/matters/?kind=complaint")


def test_a_stranger_cannot_be_flooded_with_letters_that_ask(client: Client) -> None:
    reference = file("ไฟทางดับทั้งซอย")
    for _ in range(5):
        assert client.post(f"/m/{reference}/follow", ASKED).status_code == 200
    assert client.post(f"/m/{reference}/follow", ASKED).status_code == 429
    assert (
        len(mail.outbox) == 1
    )  # asking the same address again for the same matter sends no second letter that day


@pytest.mark.django_db(transaction=True)
@pytest.mark.req("RES")
def test_who_filed_with_an_address_confirms_from_the_letter_and_nobody_else(client: Client) -> None:
    reference = file("ไฟทางดับทั้งซอย", email="Som@example.th", is_confirmed=False)
    asked = str(mail.outbox[-1].body)
    assert "ไฟทาง" not in asked
    assert reference not in asked
    assert "/own" not in asked
    other = {"email": "nok@example.th", "frequency": "each"}
    client.post(f"/m/{reference}/follow", other)
    for letter in mail.outbox[:2]:
        begins = re.search(r"/follow/(\S+)", str(letter.body))
        assert begins is not None
        assert client.post(f"/follow/{begins[1]}").status_code == 200
    assert "/own?key=L" in str(mail.outbox[-1].body) or "/own?key=L" in str(mail.outbox[-2].body)
    assert [f.confirmed_at is not None for f in Follow.objects.order_by("pk")] == [True, True]
    officer = staff("kk-muni")
    later = NOW + timedelta(days=3650)
    actions.start_work(actor=officer, now=later, reference=reference)
    settle()
    send_due(later + timedelta(minutes=3))
    letters = {message.to[0]: str(message.body) for message in mail.outbox[2:]}
    link = re.search(rf"(/complaints/{reference}/own[?]key=L[0-9a-f]+)", letters["Som@example.th"])
    assert link is not None
    page = Client().get(link[1], follow=True)
    assert page.status_code == 200
    assert "เพิ่มข้อมูล" in page.content.decode()
    assert "/own" not in letters["nok@example.th"]
    assert Client().get(link[1][:-1] + "x").status_code == 404
