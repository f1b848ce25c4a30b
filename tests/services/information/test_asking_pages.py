"""Asking by web: one question a page, what was asked before, the check, the number, the ways."""

import json
import re

import pytest
from django.test import Client
from tests.services.information.asked import QUESTION, ask, grant, later, officer, refuse, the
from tests.small_state import NOW

from sala.commons.agencies.queries import propose_offices
from sala.commons.ledger import queries as ledger
from sala.commons.matters.actions import index_matters
from sala.core import clock
from sala.core.references import check_digit, parse_reference
from sala.services.information import actions
from sala.services.information.forms.questions import TrackForm
from sala.services.information.queries.request import find_request, get_request
from sala.services.information.rules.states import Status
from sala.services.information.rules.wishes import Openness

pytestmark = pytest.mark.usefixtures("law_state")
BASE = "/information"


def walk(client: Client, language: str = "", **first: str) -> str:
    """Ask page by page; returns the reference."""
    base = language + BASE
    answer = client.post(f"{base}/new", {"text": QUESTION, "wish": "information", **first})
    answer = client.get(answer["Location"])
    if answer.status_code == 200:
        answer = client.get(answer.context["onward"])
        where = answer.request["PATH_INFO"]
    else:
        where = answer["Location"]
    steps: list[dict[str, str]] = [
        {"agency": "", "other": "kk-muni"},
        {"where_to_look": "สำนักช่าง"},
        {"wanted_as": "file"},
        {"openness": "public"},
        {"phone": "๐๘๑-234-5678", "email": "somying@example.org", "name": "สมหญิง", "address": ""},
    ]
    if first.get("wish", "information") != "information":
        del steps[3]
    for told in steps:
        assert client.get(where).status_code == 200
        answer = client.post(where, told)
        assert answer.status_code == 302, answer.content.decode()
        where = answer["Location"]
    assert where.endswith("/check")
    page = client.get(where).content.decode()
    assert QUESTION in page
    sent = client.post(where)
    match = re.search(r"/information/(RA69-\d+-\d)/filed", sent["Location"])
    assert match, sent["Location"]
    again = client.post(where)
    assert again["Location"] == sent["Location"], "a second press files nothing"
    assert client.get(sent["Location"]).status_code == 200
    return match[1]


@pytest.mark.req("ODP-3", "MCH")
@pytest.mark.parametrize("language", ["", "/en"])
def test_a_person_asks_page_by_page_without_an_account(client: Client, language: str) -> None:
    reference = walk(client, language)
    request = find_request(reference)
    assert request is not None
    assert request.matter.agency == "kk-muni"
    assert request.where_to_look == "สำนักช่าง"
    public = Client().get(f"{language}{BASE}/{reference}").content.decode()
    assert "081-234" not in public
    assert "ศรีจันทร์" in public
    assert client.get(f"{language}{BASE}/{reference}/own").status_code == 200
    assert Client().get(f"{language}{BASE}/{reference}/own").status_code == 404


def test_what_is_about_oneself_is_not_asked_whether_it_is_public(client: Client) -> None:
    reference = walk(client, wish="own_data")
    request = find_request(reference)
    assert request is not None
    assert request.privacy == "agency_only"
    assert Client().get(f"{BASE}/{reference}").status_code == 404


def test_mistakes_are_said_beside_the_field_and_nothing_typed_is_lost(client: Client) -> None:
    empty = client.post(f"{BASE}/new", {"text": " ", "wish": "information"})
    assert empty.status_code == 422
    where = client.post(f"{BASE}/new", {"text": QUESTION, "wish": "information"})["Location"]
    office = client.get(where)["Location"]
    wrong = client.post(office, {"agency": "", "other": "ไม่มีสำนักงานนี้"})
    assert wrong.status_code == 422
    assert "ไม่มีสำนักงานนี้" in wrong.content.decode()
    assert QUESTION[:20] in client.get(office.replace("/office", "/what")).content.decode()
    assert Client().get(office).status_code == 200, "its address brings it back, also elsewhere"
    assert Client().get(office.replace("/draft/", "/draft/x")).status_code == 404


@pytest.mark.parametrize("typed", ["เทศบาลขอนแก่น", "นครขอนแก่น", "Khon Kaen City"])
def test_an_office_named_as_people_name_it_is_asked_back_with_the_likely_one_chosen(
    client: Client, typed: str
) -> None:
    where = client.post(f"{BASE}/new", {"text": "ขอรายงานการประชุม", "wish": "information"})["Location"]
    office = client.get(where)["Location"]
    assert "(optional)" not in client.get(f"/en{office}").content.decode(), "an office is needed"
    page = client.post(f"/en{office}", {"other": typed}).content.decode()
    assert re.search(r'value="kk-muni"[^>]* checked', page)
    assert "One thing to make sure of" in page
    assert client.post(office, {"other": typed, "agency": "kk-muni"}).status_code == 302
    assert "เทศบาลนครขอนแก่น" in client.get(office.replace("/office", "/check")).content.decode()


def test_a_number_of_another_kind_leads_to_its_own_page(client: Client) -> None:
    answer = client.post(f"{BASE}/track", {"reference": "C69-0001234-7", "phone_tail": ""})
    assert answer["Location"] == "/m/C69-0001234-7"
    example = re.search(r"RA69-\d{7}-\d", str(TrackForm().fields["reference"].help_text))
    assert example, "the page shows what a number looks like"
    assert str(parse_reference(example[0])) == example[0], (
        "whoever types the example is not told that it is wrong"
    )


@pytest.mark.req("ODP-3")
def test_what_was_answered_before_is_shown_before_sending(client: Client) -> None:
    filed = ask()
    grant(filed, later(2))
    index_matters(ledger.entries_of_matter(filed.reference))
    where = client.post(f"{BASE}/new", {"text": "บันทึกการซ่อมไฟทางถนนศรีจันทร์", "wish": "information"})
    page = client.get(where["Location"])
    assert page.status_code == 200
    assert filed.reference in page.content.decode()


def own_client(filed: actions.Filed) -> Client:
    """A browser that opened its own link."""
    client = Client()
    assert client.get(f"{BASE}/{filed.reference}/own?key={filed.key}").status_code == 302
    return client


@pytest.mark.req("ODP-3")
def test_a_refused_person_begins_the_appeal_by_one_button() -> None:
    now = clock.now()
    filed = ask(now=now)
    refuse(filed, now)
    client = own_client(filed)
    page = client.get(f"/en{BASE}/{filed.reference}/own").content.decode()
    assert "Begin the appeal" in page
    assert "I have what I wanted" not in page, "nothing was given"
    assert page.index("Begin the appeal") < page.index("I accept this answer")
    assert "section 18" in page
    address = f"/en{BASE}/{filed.reference}/ways/appeal_refusal"
    shown = client.get(address)
    prepared = shown.context["form"].initial["text"]
    assert filed.reference in prepared
    assert "section 15 (2)" in prepared
    assert "Send the appeal" in shown.content.decode(), "the button sends, it begins nothing more"
    assert client.post(address, {"text": ""}).status_code == 422
    assert client.post(address, {"text": prepared}).status_code == 302
    assert the(filed).proceedings.get().kind == "appeal"
    printed = client.get(f"/en{BASE}/{filed.reference}/own").content.decode()
    assert 'class="stack screen-only" id="ways"' not in printed, (
        "on paper, too, stand the ways and their last days"
    )
    assert client.get(f"/en{BASE}/{filed.reference}/filed").status_code == 200
    assert "an answer is expected by" not in client.get(f"/en{BASE}/{filed.reference}/filed").content.decode()
    waits = client.get(f"/en{BASE}/{filed.reference}/own").content.decode()
    assert "You need do nothing" in waits
    assert "I accept this answer" not in waits, "an appeal that waits is not given up by a slip of the thumb"
    closed = client.post(address, {"text": prepared})
    assert closed.status_code == 302, "it runs already: back to the page that says what is open"
    assert the(filed).proceedings.count() == 1


def test_every_way_that_is_open_has_a_page(client: Client) -> None:
    now = clock.now()
    asked, late, answered = ask(now=now), ask(now=later(-40)), ask(now=now)
    actions.ask_person(actor=officer(), now=now, reference=asked.reference, text="ช่วงปีไหน")
    grant(answered, now)
    for filed in (asked, late, answered):
        mine = own_client(filed)
        page = mine.get(f"{BASE}/{filed.reference}/own")
        for way in page.context["ways"]:
            assert mine.get(way.address).status_code == 200, way.code
    mine = own_client(asked)
    assert mine.post(f"{BASE}/{asked.reference}/ways/answer_question", {"text": "ปี 2568"}).status_code == 302
    assert the(asked).state is Status.RECEIVED
    mine = own_client(late)
    assert mine.post(f"{BASE}/{late.reference}/ways/remind").status_code == 302
    assert mine.post(f"{BASE}/{late.reference}/ways/remind").status_code == 422, "once a week"
    mine = own_client(answered)
    assert mine.post(f"{BASE}/{answered.reference}/accept").status_code == 302
    assert the(answered).state is Status.CLOSED


def test_a_stranger_starts_nothing_for_another() -> None:
    filed = ask()
    for name in ("accept", "publish", "ways/withdraw"):
        assert Client().post(f"{BASE}/{filed.reference}/{name}").status_code == 404
    assert the(filed).state is Status.RECEIVED


def test_the_number_opens_the_page_and_four_digits_the_persons_own(client: Client) -> None:
    filed = ask()
    just_look = client.post(f"{BASE}/track", {"reference": filed.reference.lower(), "phone_tail": ""})
    assert just_look["Location"] == f"{BASE}/{filed.reference}"
    wrong = client.post(f"{BASE}/track", {"reference": filed.reference, "phone_tail": "0000"})
    assert wrong.status_code == 422
    mine = client.post(f"{BASE}/track", {"reference": filed.reference, "phone_tail": "5678"})
    assert client.get(mine["Location"]).status_code == 200
    assert client.post(f"{BASE}/track", {"reference": "RA69-9", "phone_tail": ""}).status_code == 422


@pytest.mark.parametrize("path", ["", "/documents", "/figures", "/rules", "/form", "/track", "/new"])
@pytest.mark.parametrize("language", ["", "/en"])
def test_pages_for_everyone_answer(client: Client, language: str, path: str) -> None:
    filed = ask(now=NOW)
    grant(filed, later(1))
    assert client.get(f"{language}{BASE}{path or '/'}").status_code == 200


def test_a_hidden_number_and_one_that_is_none_are_answered_alike(client: Client) -> None:
    hidden = ask(openness=Openness.AGENCY_ONLY).reference
    none = "RA69-0009999-" + check_digit("RA", "690009999")

    def said(path: str, reference: str, **form: str) -> tuple[int, str]:
        answer = client.post(path, {"reference": reference, **form}) if form else client.get(path)
        words = re.sub(r'value="[^"]*"', "", answer.content.decode())
        return answer.status_code, words.replace(reference, "")

    for page in ("", "/own", "/filed", "/ways/withdraw", "/documents/1/1"):
        assert said(f"{BASE}/{hidden}{page}", hidden) == said(f"{BASE}/{none}{page}", none), page
    for tail in ("", "0000"):
        track = f"{BASE}/track"
        assert said(track, hidden, phone_tail=tail) == said(track, none, phone_tail=tail)


def test_bad_addresses_are_not_found_and_never_break(client: Client) -> None:
    for path in (
        "RA69-1",
        "x",
        "RA69-0000001-0/own",
        "draft/x/what",
        "third/RA69-0000001-4/1/x",
        "C69-0000001-3",
    ):
        assert client.get(f"{BASE}/{path}").status_code == 404, path


def test_what_would_mislead_is_taken_from_what_a_program_asks() -> None:
    told = {"text": "\u0e34ขอสำเนา\u202eแผน\u202c", "where_to_look": "ตู้\u2066สาม\u2069", "agency": "kk-muni"}
    answer = Client().post("/api/information", json.dumps(told), content_type="application/json")
    assert answer.status_code == 201
    kept = get_request(answer.json()["reference"])
    assert (kept.original, kept.where_to_look) == ("ขอสำเนาแผน", "ตู้สาม")


def test_offices_are_proposed_by_their_names_however_long_the_words_are() -> None:
    named = [code for code, _ in propose_offices("ขอสำเนาแผนของเทศบาลนครขอนแก่น " + "ข้อความ " * 450, "th")]
    assert named[0] == "kk-muni"
    assert len(named) <= 5


def test_looking_through_what_was_given_has_an_end_for_one_address_and_its_words_stay_in_the_link() -> None:
    visitor = Client(REMOTE_ADDR="203.0.113.44")
    with clock.frozen(NOW):
        codes = [visitor.get(f"{BASE}/documents?q=แผน{n}").status_code for n in range(601)]
        assert codes == [200] * 600 + [429]
        assert visitor.get(f"{BASE}/documents").status_code == 200
