"""What opens a complaint is its person's alone: staff never hold it, strangers cannot guess it or lock it up."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from tests.commons.agencies.factories import signed_in
from tests.services.complaints.factories import picture
from tests.small_state import NOW, staff

from sala.commons.agencies import actions as agencies
from sala.commons.drafts import actions as drafts
from sala.commons.drafts.models import Claim
from sala.commons.files import actions as files
from sala.commons.files.queries import list_of_matter
from sala.commons.identity import sessions
from sala.commons.identity.models import AccessRecord, Person
from sala.core import clock
from sala.core.actors import ANONYMOUS, SYSTEM, Actor, Channel, Role
from sala.core.errors import Refused
from sala.core.references import parse_reference
from sala.services.complaints import actions, mappings, queries
from sala.services.complaints.actions import Filed, Filing, Proof
from sala.services.complaints.models import Complaint
from sala.services.complaints.queries import Contact
from sala.services.complaints.rules import Privacy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("state"), pytest.mark.req("TRU-2")]
PHONE, NAME = "081 234 5678", "สมหญิง ใจเย็น"


@pytest.fixture(autouse=True)
def now() -> Any:
    with clock.frozen(NOW):
        yield
    translation.deactivate()


def filed(privacy: Privacy = Privacy.PUBLIC, **more: Any) -> Filed:
    contact = Contact(name=NAME, phone=PHONE, email="somying@example.th")
    actor, told = more.pop("actor", ANONYMOUS), {"text": "ไฟทางดับ", "contact": contact, **more}
    filing = Filing(topic="street_light", area="400101", privacy=privacy, **told)
    return actions.file_complaint(actor=actor, now=NOW, filing=filing)


def taken_in(channel: Channel = Channel.COUNTER) -> Filed:
    return filed(actor=staff("kk-muni").by(channel))


# ── codes on paper ───────────────────────────────────────────────────────────


@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.COUNTER, Channel.PAPER])
def test_whoever_takes_it_in_gets_no_key_and_no_link(channel: Channel) -> None:
    one = taken_in(channel)
    assert one.key == ""
    assert len(one.code) == 10


def test_the_slip_shows_number_day_subject_and_issuer_and_its_code_on_paper_alone() -> None:
    operator = signed_in("kk-muni")
    values = {"channel": "counter", "text": "ไฟทางดับ โทร 081-234-5678", "privacy": "public", "send": "1"}
    assert operator.post("/en/complaints/work/intake", values)["Location"] == "/en/complaints/work/slip"
    page = operator.get("/en/complaints/work/slip").content.decode()
    shown = re.sub(r'<div class="paper-only">.*?</div>', "", page, flags=re.DOTALL)
    assert "?key=" not in page
    assert "ไฟทางดับ" in shown
    assert "081-234-5678" not in page
    assert "Given out by Khon Kaen City Municipality" in shown
    code = operator.session["complaint_slip"][1]
    assert code[:5] in page
    assert code[:5] not in shown
    assert "<svg" not in shown.split("<main")[1].split("</main>")[0]


def test_a_code_makes_one_link_for_its_person_and_is_used_up() -> None:
    one, client = taken_in(), Client()
    address = "/en/complaints/claim"
    assert client.post(address, {"reference": one.reference, "code": "AAAAA AAAAA"}).status_code == 422
    answer = client.post(
        address, {"reference": one.reference, "code": f"{one.code[:5]} {one.code[5:].lower()}"}
    )
    assert answer["Location"] == f"/en/complaints/{one.reference}/filed"
    assert "?key=" in client.get(answer["Location"]).content.decode()
    assert client.get(f"/en/complaints/{one.reference}/own").status_code == 200
    second = Client().post(address, {"reference": one.reference, "code": one.code})
    assert second.status_code == 422
    assert Claim.objects.get().used_at is not None


def test_staff_who_kept_the_code_are_refused() -> None:
    one = taken_in()
    answer = signed_in("kk-muni").post("/complaints/claim", {"reference": one.reference, "code": one.code})
    assert answer.status_code == 403
    assert Claim.objects.get().used_at is None


# ── staff with a link ────────────────────────────────────────────────────────


@pytest.mark.parametrize("privacy", list(Privacy))
def test_staff_who_bear_somebodys_link_open_nothing(privacy: Privacy) -> None:
    one, operator = filed(privacy), signed_in("opm-1111", Role.OPERATOR)
    assert operator.get(f"/complaints/{one.reference}/own?key={one.key}").status_code == 403
    assert not AccessRecord.objects.exists()


def test_staff_do_not_say_solved_for_the_person() -> None:
    one, officer = filed(), staff("kk-muni")
    for act, values in (
        (actions.confirm_resolution, {"rating": 5}),
        (actions.answer_question, {"text": "แก้แล้ว"}),
        (actions.reopen_complaint, {"text": "ยังดับ"}),
    ):
        with pytest.raises(Refused, match="for_the_person_alone"):
            act(actor=officer, now=NOW, reference=one.reference, proof=Proof(key=one.key), **values)


def test_what_an_officer_filed_while_signed_in_is_theirs_all_the_same() -> None:
    officer = staff("pea")
    one = filed(actor=officer)
    actions.answer_question(actor=officer, now=NOW, reference=one.reference, text="เพิ่มเติม")


def test_answering_a_caller_is_recorded_and_a_confidential_one_stays_shut() -> None:
    operator = signed_in("opm-1111", Role.OPERATOR)
    public, secret = filed(), filed(Privacy.CONFIDENTIAL)
    told = {"phone_tail": "5678"}
    assert operator.post("/complaints/track", told | {"reference": public.reference}).status_code == 302
    assert AccessRecord.objects.get().purpose == "answer_caller"
    assert operator.post("/complaints/track", told | {"reference": secret.reference}).status_code == 403


# ── signing in after filing, in the same browser ─────────────────────────────


def filed_in_browser(**more: Any) -> tuple[Client, Filed]:
    """A browser on which somebody has just opened their own complaint by its link, and what they filed."""
    one, client = filed(**more), Client()
    assert client.get(f"/en/complaints/{one.reference}/own?key={one.key}").status_code == 302
    return client, one


def signs_in(client: Client, *, works_for: str = "") -> Person:
    """Somebody signs in at a browser, by the door that every way of signing in uses."""
    person = Person.objects.create(created_at=NOW)
    if works_for:
        grant = {"person_id": person.pk, "agency": works_for, "role": Role.OFFICER}
        agencies.grant_role(actor=SYSTEM, now=NOW, **grant)
    session = client.session
    bearer = sessions.Bearer(person.pk, 2, authenticated_at=NOW, way="demo")
    sessions.open_session(session, bearer)
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return person


@pytest.mark.parametrize("page", ["own", "filed", "answer"])
def test_who_signs_in_after_filing_goes_on_with_what_they_filed(page: str) -> None:
    client, one = filed_in_browser(privacy=Privacy.AGENCY_ONLY)
    signs_in(client)
    shown = client.get(f"/en/complaints/{one.reference}/{page}")
    assert shown.status_code == 200
    if page == "filed":
        assert f"?key={one.key}" in shown.content.decode()


@pytest.mark.parametrize("page", ["own", "filed", "answer", "reopen", "confirm", "appeal"])
@pytest.mark.parametrize("privacy", list(Privacy))
def test_staff_who_sign_in_where_somebody_filed_do_not_carry_what_was_shown(
    privacy: Privacy, page: str
) -> None:
    client, one = filed_in_browser(privacy=privacy)
    signs_in(client, works_for="pea")
    shown = client.get(f"/en/complaints/{one.reference}/{page}")
    assert shown.status_code == 403
    assert "for the person alone" in shown.content.decode()
    assert not AccessRecord.objects.exists()


def test_what_a_provider_proved_for_a_purpose_and_what_was_filed_stand_apart() -> None:
    client, one = filed_in_browser()
    signs_in(client)
    session = client.session
    sessions.keep_proof(session, "vote", "digest", now=NOW)
    session.save()
    assert client.get(f"/en/complaints/{one.reference}/own").status_code == 200
    assert sessions.proof_of(client.session, "vote", now=NOW) == "digest"


def test_the_page_after_filing_shows_no_half_of_a_link_to_who_bears_none() -> None:
    client = Client()
    person = signs_in(client)
    one = filed(actor=Actor(person_id=person.pk))
    known = client.get(f"/en/complaints/{one.reference}/filed").content.decode()
    guessed = Client()
    guessed.post("/en/complaints/track", {"reference": one.reference, "phone_tail": "5678"})
    for page in (known, guessed.get(f"/en/complaints/{one.reference}/filed").content.decode()):
        assert one.reference in page
        assert "?key=" not in page
        assert "Keep this" not in page


def test_a_file_opens_for_the_bearer_and_not_for_staff_or_by_digits() -> None:
    given = {"actor": ANONYMOUS, "now": NOW}
    token = drafts.save_draft(kind="complaint", token="", answers={"text": "ไฟดับ"}, **given)
    drafts.attach_to_draft(token=token, kept=files.keep_file(picture().read()), **given)
    client, one = filed_in_browser(privacy=Privacy.AGENCY_ONLY, draft_token=token)
    (file,) = list_of_matter(queries.get_complaint(one.reference).pk)
    address, own = f"/complaints/{one.reference}/files/{file.stored_as}", f"/complaints/{one.reference}/own"
    assert client.get(address)["Cache-Control"] == "private, no-store"
    assert file.stored_as in client.get(own).content.decode()
    guessed = Client()
    guessed.post("/complaints/track", {"reference": one.reference, "phone_tail": "5678"})
    assert guessed.get(own).status_code == 200
    assert file.stored_as not in guessed.get(own).content.decode()
    assert guessed.get(address).status_code == 404
    assert guessed.post(f"{address}/take-back", {"reason": "wrong_file"}).status_code == 404
    assert client.get(f"{address}/take-back").status_code == 200
    signs_in(client, works_for="pea")
    assert client.get(address).status_code == 404


# ── four digits ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize("privacy", [Privacy.PUBLIC, Privacy.AGENCY_ONLY])
def test_four_digits_show_no_name_and_no_number(privacy: Privacy) -> None:
    one, client = filed(privacy, text="ไฟทางดับ โทรหาเพื่อนบ้าน 089-876-5432"), Client()
    found = client.post("/complaints/track", {"reference": one.reference, "phone_tail": "5678"}, follow=True)
    page = found.content.decode()
    assert NAME not in page
    assert PHONE not in page
    assert "…678" in page
    assert "089-876-5432" not in page
    by_link = Client().get(f"/complaints/{one.reference}/own?key={one.key}", follow=True).content.decode()
    assert NAME in by_link
    assert PHONE in by_link
    assert "089-876-5432" in by_link


def test_a_stranger_who_tries_digits_locks_out_only_themselves() -> None:
    one = filed()
    tried = {"reference": one.reference, "phone_tail": "0000"}
    stranger, owner = Client(REMOTE_ADDR="203.0.113.9"), Client(REMOTE_ADDR="198.51.100.7")
    answers = [stranger.post("/complaints/track", tried).status_code for _ in range(8)]
    assert answers[0] == 422
    assert answers[-1] == 429
    assert owner.post("/complaints/track", tried | {"phone_tail": "5678"}).status_code == 302


# ── what is hidden and what is not there ─────────────────────────────────────


def differing_answers(path: str, hidden: str, absent: str, **posted: str) -> list[str]:
    """The answers for what is hidden and for what is not there, with the number itself taken out."""
    pages = []
    for reference in (hidden, absent):
        address, values = path.format(reference), {k: v.format(reference) for k, v in posted.items()}
        answer = Client().post(address, values) if posted else Client().get(address)
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
        pages.append(f"{answer.status_code} {answer.get('Location', '')} {page}".replace(reference, "#"))
    return pages


@pytest.mark.parametrize("privacy", [Privacy.AGENCY_ONLY, Privacy.CONFIDENTIAL])
@pytest.mark.parametrize(
    ("path", "posted"),
    [
        ("/m/{}", {}),
        ("/en/complaints/{}", {}),
        ("/en/complaints/{}/own", {}),
        ("/en/complaints/{}/join", {}),
        ("/en/complaints/{}/filed", {}),
        ("/en/complaints/{}/files/x.jpg/take-back", {}),
        ("/api/complaints/{}", {}),
        ("/en/complaints/track", {"reference": "{}"}),
        ("/en/complaints/track", {"reference": "{}", "phone_tail": "0000"}),
        ("/en/complaints/claim", {"reference": "{}", "code": "AAAAAAAAAA"}),
    ],
)
def test_what_is_hidden_answers_as_what_is_not_there(
    privacy: Privacy, path: str, posted: dict[str, str]
) -> None:
    hidden, absent = differing_answers(path, filed(privacy).reference, "C69-7654321-2", **posted)
    assert hidden == absent


def test_hidden_numbers_stand_in_no_sequence_and_leave_no_gap() -> None:
    numbers = {
        name: [parse_reference(filed(privacy).reference).number for _ in range(3)]
        for name, privacy in (
            ("before", Privacy.PUBLIC),
            ("hidden", Privacy.CONFIDENTIAL),
            ("after", Privacy.PUBLIC),
        )
    }
    assert numbers["after"][0] == numbers["before"][-1] + 1
    assert all(number >= 6_000_000 for number in numbers["hidden"])
    assert len({b - a for a, b in zip(numbers["hidden"], numbers["hidden"][1:], strict=False)} - {1}) == 2


# ── searching, joining, erasing, looking ahead ───────────────────────────────


@pytest.mark.parametrize("privacy", list(Privacy))
def test_nobody_finds_covered_digits_by_searching_for_them(privacy: Privacy) -> None:
    filing = Filing(text="ไฟทางดับ โทร 089-876-5432", topic="street_light", area="400101", privacy=privacy)
    one = actions.file_complaint(actor=ANONYMOUS, now=NOW, filing=filing)
    officer = signed_in(one.agency)
    assert one.reference in officer.get("/work/inbox?kind=complaint&view=open&q=ไฟทางดับ").content.decode()
    for digits in ("089-876-5432", "876", "5432"):
        assert (
            one.reference
            not in officer.get(f"/work/inbox?kind=complaint&view=open&q={digits}").content.decode()
        )


def test_one_device_is_counted_once_whatever_cookies_it_throws_away() -> None:
    reference = filed().reference
    for _ in range(3):
        Client(REMOTE_ADDR="203.0.113.9", HTTP_USER_AGENT="phone").post(f"/complaints/{reference}/join", {})
    assert queries.get_complaint(reference).matter.supporters == 1
    Client(REMOTE_ADDR="203.0.113.9", HTTP_USER_AGENT="another").post(f"/complaints/{reference}/join", {})
    assert queries.get_complaint(reference).matter.supporters == 2


def test_the_last_page_says_which_office_gets_it_by_when_by_which_rule_and_who_sees_what() -> None:
    client = Client()
    where = client.post("/en/complaints/new", {"text": "ไฟทางดับ", "topic": "street_light"})["Location"]
    client.post(where, {"area_words": "ในเมือง ขอนแก่น", "to_check": "1"})
    page = client.get(where.replace("/where", "/check")).content.decode()
    assert "Khon Kaen City Municipality" in page
    assert "must reply by" in page
    assert "Who will see what" in page
    assert not Complaint.objects.exists()


def test_an_imported_office_that_is_a_telephone_number_has_a_code_that_says_nothing() -> None:
    codes = {mappings.office_code("kk", name) for name in ("081 234 5678", "ช่างสมชาย ใจดี 081-234-5678")}
    assert all(code.startswith("office-") for code in codes)
    assert len(codes) == 2
    assert mappings.office_code("kk", "081 234 5678") in codes, "the same each time"
    assert mappings.office_code("kk", "PWDx") == "kk-pwdx"
