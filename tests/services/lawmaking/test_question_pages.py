"""Legal questions by web: one question a page, what was asked before, the number, one's own page; hostile input."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.services.lawmaking.asked_law import (
    ANSWER,
    LAW,
    QUESTION,
    answer,
    ask,
    later,
    officer,
    the,
)
from tests.small_state import NOW

from sala.commons.ledger import queries as ledger
from sala.commons.matters.actions import index_matters
from sala.core import clock
from sala.core.references import check_digit
from sala.platform.limits import forget_everything
from sala.services.lawmaking import actions
from sala.services.lawmaking.models import LegalQuestion
from sala.services.lawmaking.queries.questions import find_question
from sala.services.lawmaking.rules.questions import Openness, Status

pytestmark = pytest.mark.usefixtures("question_state")
BASE = "/laws/questions"


def walk(client: Client, language: str = "", **told_to_open: str) -> str:
    """Ask page by page; returns the reference."""
    answer = client.post(f"{language}{BASE}/new", {"text": QUESTION, "about_law": "กฎหมายอาคาร"})
    answer = client.get(answer["Location"])
    where = answer["Location"] if answer.status_code == 302 else answer.context["onward"]
    for told in (
        {"agency": "other", "other": "kk-muni"},
        {"openness": "public", "shown_name": "คนข้างบ้าน", **told_to_open},
        {"phone": "๐๘๑-234-5678", "email": "somying@example.org", "name": "สมหญิง"},
    ):
        assert client.get(where).status_code == 200
        answer = client.post(where, told)
        assert answer.status_code == 302, answer.content.decode()
        where = answer["Location"]
    assert where.endswith("/check")
    assert QUESTION in client.get(where).content.decode()
    sent = client.post(where)
    match = re.search(r"/laws/questions/(LA69-\d+-\d)/filed", sent["Location"])
    assert match, sent["Location"]
    assert client.post(where)["Location"] == sent["Location"], "a second press files nothing"
    assert client.get(sent["Location"]).status_code == 200
    return match[1]


@pytest.mark.req("LAW-Q")
@pytest.mark.parametrize("language", ["", "/en"])
def test_a_person_asks_page_by_page_without_an_account(client: Client, language: str) -> None:
    reference = walk(client, language)
    question = find_question(reference)
    assert question is not None
    assert question.matter.agency == "kk-muni"
    public = Client().get(f"{language}{BASE}/{reference}").content.decode()
    assert "081-234" not in public
    assert "สมหญิง" not in public
    for shown in ("กันสาด", "คนข้างบ้าน", "กฎหมายอาคาร"):
        assert shown in public
    assert client.get(f"{language}{BASE}/{reference}/own").status_code == 200
    assert Client().get(f"{language}{BASE}/{reference}/own").status_code == 404


def test_what_only_the_office_reads_shows_no_name_and_has_no_public_page(client: Client) -> None:
    reference = walk(client, openness="agency_only")
    question = find_question(reference)
    assert question is not None
    assert (question.privacy, str(question.shown_name)) == ("agency_only", "")
    assert Client().get(f"{BASE}/{reference}").status_code == 404


def test_mistakes_are_said_beside_the_field_and_nothing_typed_is_lost(client: Client) -> None:
    assert client.post(f"{BASE}/new", {"text": " "}).status_code == 422
    assert client.post(f"{BASE}/new", {"text": "ก" * 4001}).status_code == 422
    where = client.post(f"{BASE}/new", {"text": QUESTION})["Location"]
    office = client.get(where)["Location"]
    wrong = client.post(office, {"agency": "other", "other": "ไม่มีสำนักงานนี้"})
    assert wrong.status_code == 422
    assert "ไม่มีสำนักงานนี้" in wrong.content.decode()
    named = client.post(office.replace("/office", "/open"), {"openness": "public", "shown_name": "สมหญิง ใจดี"})
    assert named.status_code == 422
    assert "สมหญิง ใจดี" in named.content.decode()
    assert QUESTION[:20] in client.get(office.replace("/office", "/what")).content.decode()
    assert Client().get(office.replace("/draft/", "/draft/x")).status_code == 404


@pytest.mark.req("LAW-Q")
def test_what_was_answered_before_is_shown_before_sending(client: Client) -> None:
    filed = ask()
    answer(filed, later(2))
    index_matters(ledger.entries_of_matter(filed.reference))
    where = client.post(f"{BASE}/new", {"text": "เพื่อนบ้านต่อกันสาดล้ำที่ดิน"})
    page = client.get(where["Location"])
    assert page.status_code == 200
    assert filed.reference in page.content.decode()


@pytest.mark.req("LAW-Q")
def test_the_answer_is_read_by_everyone_with_its_section_as_page_table_and_feed(client: Client) -> None:
    filed = ask(shown_name="คนข้างบ้าน")
    answer(filed, later(2), text=ANSWER + " ติดต่อคุณสมชาย ใจดี โทร 081-999-8888")
    for path in (
        f"{BASE}/{filed.reference}",
        f"{BASE}/",
        f"{BASE}/answers?q=ควบคุมอาคาร",
        "/data/legal_answers.csv",
        "/data/legal_answers.json",
        "/data/legal_answers.atom",
    ):
        text = client.get(path).content.decode()
        assert "มาตรา 21" in text, path
        for secret in ("081-999", "081-234", "somying", "สมชาย"):
            assert secret not in text, path
    assert filed.reference not in client.get(f"{BASE}/answers?q=ภาษี").content.decode()
    assert "kk-muni" in client.get("/data/legal_question_offices.csv").content.decode()


def own_client(filed: actions.Filed) -> Client:
    """A browser that opened its own link."""
    client = Client()
    assert client.get(f"{BASE}/{filed.reference}/own?key={filed.key}").status_code == 302
    return client


def test_everything_the_person_can_do_has_a_page_and_does_its_thing() -> None:
    now = clock.now()
    asked, late, answered = ask(now=now), ask(now=later(-40)), ask(now=now)
    hidden = ask(now=now, openness=Openness.AGENCY_ONLY)
    actions.ask_person(actor=officer(), now=now, reference=asked.reference, text="กว้างกี่เมตร")
    answer(answered, now)
    for filed in (asked, late, answered, hidden):
        mine = own_client(filed)
        page = mine.get(f"{BASE}/{filed.reference}/own")
        for code, *_words in page.context["own_acts"]:
            assert mine.get(f"{BASE}/{filed.reference}/own/{code}").status_code == 200, code
    mine = own_client(asked)
    explain = f"{BASE}/{asked.reference}/own/explain"
    assert "กว้างกี่เมตร" in mine.get(explain).content.decode()
    assert mine.post(explain, {"text": " "}).status_code == 422
    assert mine.post(explain, {"text": "ก" * 8001}).status_code == 422
    assert mine.post(explain, {"text": "สองเมตร"}).status_code == 302
    assert the(asked).state is Status.RECEIVED
    mine = own_client(late)
    assert mine.post(f"{BASE}/{late.reference}/own/remind").status_code == 302
    assert mine.get(f"{BASE}/{late.reference}/own/remind").status_code == 302, "once a week"
    mine = own_client(answered)
    assert mine.post(f"{BASE}/{answered.reference}/own/follow_up", {"text": "แล้วถ้าสูงล่ะ"}).status_code == 302
    assert the(answered).state is Status.RECEIVED
    mine = own_client(hidden)
    assert mine.post(f"{BASE}/{hidden.reference}/own/publish").status_code == 302
    assert Client().get(f"{BASE}/{hidden.reference}").status_code == 200
    assert mine.post(f"{BASE}/{hidden.reference}/own/withdraw").status_code == 302
    assert the(hidden).state is Status.WITHDRAWN


def test_a_stranger_starts_nothing_for_another() -> None:
    filed = ask()
    for code in ("withdraw", "publish", "explain", "remind", "follow_up"):
        assert Client().post(f"{BASE}/{filed.reference}/own/{code}", {"text": "x"}).status_code == 404
    assert the(filed).state is Status.RECEIVED


def test_a_form_without_its_token_changes_nothing() -> None:
    filed = ask()
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(f"{BASE}/{filed.reference}/own?key={filed.key}").status_code == 302
    assert strict.post(f"{BASE}/{filed.reference}/own/withdraw").status_code == 403
    assert strict.post(f"{BASE}/new", {"text": QUESTION}).status_code == 403
    assert the(filed).state is Status.RECEIVED


def test_the_number_opens_the_page_and_four_digits_the_persons_own(client: Client) -> None:
    filed, track = ask(), f"{BASE}/track"
    just_look = client.post(track, {"reference": filed.reference.lower(), "phone_tail": ""})
    assert just_look["Location"] == f"{BASE}/{filed.reference}"
    assert client.post(track, {"reference": filed.reference, "phone_tail": "0000"}).status_code == 422
    mine = client.post(track, {"reference": filed.reference, "phone_tail": "5678"})
    assert client.get(mine["Location"]).status_code == 200
    assert client.post(track, {"reference": "LA69-9", "phone_tail": ""}).status_code == 422


def test_guessing_the_four_digits_ends_after_ten_tries(client: Client) -> None:
    filed, track = ask(), f"{BASE}/track"
    forget_everything()
    said = [
        client.post(track, {"reference": filed.reference, "phone_tail": f"{n:04}"}).status_code
        for n in range(12)
    ]
    assert said[:10] == [422] * 10
    assert said[10:] == [429, 429]


@pytest.mark.parametrize("path", ["/", "/answers", "/figures", "/rules", "/form", "/track", "/claim", "/new"])
@pytest.mark.parametrize("language", ["", "/en"])
def test_pages_for_everyone_answer(client: Client, language: str, path: str) -> None:
    answer(ask(now=NOW), later(1))
    assert client.get(f"{language}{BASE}{path}").status_code == 200


def test_a_hidden_number_and_one_that_is_none_are_answered_alike(client: Client) -> None:
    hidden = ask(openness=Openness.AGENCY_ONLY).reference
    none = "LA69-0009999-" + check_digit("LA", "690009999")

    def said(path: str, reference: str, **form: str) -> tuple[int, str]:
        answer = client.post(path, {"reference": reference, **form}) if form else client.get(path)
        words = re.sub(r'value="[^"]*"', "", answer.content.decode())
        return answer.status_code, words.replace(reference, "")

    for page in ("", "/own", "/filed", "/own/withdraw"):
        assert said(f"{BASE}/{hidden}{page}", hidden) == said(f"{BASE}/{none}{page}", none), page
    for tail in ("", "0000"):
        track = f"{BASE}/track"
        assert said(track, hidden, phone_tail=tail) == said(track, none, phone_tail=tail)


@pytest.mark.parametrize(
    "path",
    [
        "LA69-1",
        "x",
        "LA69-0000001-0/own",
        "draft/x/what",
        "draft/x/similar",
        "draft/x/check",
        "C69-0000001-3",
        "%00",
        "๙๙๙",
        "LA69-0000001-4/own/nothing",
    ],
)
def test_bad_addresses_are_not_found_and_never_break(client: Client, path: str) -> None:
    assert client.get(f"{BASE}/{path}").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "answers?before=-1",
        "answers?before=99999999999999999999999",
        "answers?before=x&q=%00",
        "answers?q=" + "ก" * 3000,
        "answers?q='%22;--",
        "figures?agency=%00",
        "figures?agency=" + "x" * 3000,
        "new?text=" + "ก" * 1000 + "&office=%00",
        "track?reference=%00",
    ],
)
def test_hostile_queries_are_answered_and_never_break(client: Client, query: str) -> None:
    assert client.get(f"{BASE}/{query}").status_code == 200


def test_a_mark_of_markup_stays_a_mark(client: Client) -> None:
    filed = ask(text="<script>alert(1)</script> ขายของหน้าบ้านได้ไหม", about_law="<b>กฎ</b>")
    answer(filed, later(1), text="ได้ <img src=x onerror=alert(1)>")
    text = client.get(f"{BASE}/{filed.reference}").content.decode()
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "<b>กฎ" not in text


@pytest.mark.parametrize("path", ["/", "/answers"])
def test_lists_ask_the_same_queries_for_one_and_for_many(client: Client, path: str) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{BASE}{path}").status_code == 200
        return len(queries)

    answer(ask(), later(1))
    asked()
    one = asked()
    for _ in range(5):
        answer(ask(), later(1))
    assert asked() == one


def test_a_questions_page_asks_the_same_queries_whatever_it_went_through(client: Client) -> None:
    def asked(reference: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{BASE}/{reference}").status_code == 200
        return len(queries)

    plain, moved = ask(), ask()
    answer(plain, later(1))
    answer(moved, later(1))
    asked(plain.reference)
    for day in range(2, 6):
        actions.revise_answer(
            actor=officer(),
            now=later(day),
            reference=moved.reference,
            answering=actions.Answering(ANSWER, (LAW,)),
        )
    assert asked(moved.reference) == asked(plain.reference)


def test_nothing_is_filed_by_looking(client: Client) -> None:
    for path in ("/new", "/track", "/claim"):
        client.get(f"{BASE}{path}")
    assert not LegalQuestion.objects.exists()


def test_an_office_that_the_words_name_is_proposed_and_one_must_be_chosen(client: Client) -> None:
    where = client.post(f"{BASE}/new", {"text": "เทศบาลนครขอนแก่นเก็บค่าขยะได้ตามกฎหมายใด"})["Location"]
    office = client.get(where)["Location"]
    assert "kk-muni" in client.get(office).content.decode()
    for nothing in ({"agency": ""}, {"agency": "other", "other": " "}, {"agency": "nobody"}):
        assert client.post(office, nothing).status_code == 422
    assert client.post(office, {"agency": "kk-muni", "other": ""}).status_code == 302
