"""What opens a request is its person's alone: staff never hold it, and four guessed digits open little."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from tests.commons.agencies.factories import signed_in
from tests.services.information.asked import MORNING, QUESTION, ask, head, later, officer, picture
from tests.small_state import staff

from sala.commons.drafts.models import Claim
from sala.commons.drafts.queries import Proof
from sala.commons.files import actions as files
from sala.commons.identity.models import AccessRecord
from sala.core import clock
from sala.core.actors import ANONYMOUS, Channel, Role
from sala.core.errors import Refused
from sala.services.information import actions
from sala.services.information.actions import Decision, NewDocument
from sala.services.information.rules.grounds import Wish
from sala.services.information.rules.states import Move
from sala.services.information.rules.wishes import Openness

pytestmark = [pytest.mark.usefixtures("law_state"), pytest.mark.req("ODP-3", "TRU-2")]


@pytest.fixture(autouse=True)
def now() -> Any:
    with clock.frozen(MORNING):
        yield
    translation.deactivate()


def knows_digits(reference: str) -> Client:
    """A visitor who showed number and last four digits."""
    client = Client()
    answer = client.post("/en/information/track", {"reference": reference, "phone_tail": "5678"})
    assert answer["Location"] == f"/en/information/{reference}/own"
    return client


@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.COUNTER, Channel.PAPER])
def test_whoever_takes_it_in_gets_no_key(channel: Channel) -> None:
    one = ask(staff("kk-muni").by(channel))
    assert one.key == ""
    assert len(one.code) == 10


def test_the_slip_has_its_code_on_paper_alone_and_no_link() -> None:
    operator = signed_in("kk-muni")
    values = {"channel": "counter", "text": QUESTION, "agency": "kk-muni", "wish": "information"}
    values |= {"openness": "public", "wanted_as": "file"}
    answer = operator.post("/en/information/work/intake", values)
    assert answer["Location"] == "/en/information/work/slip"
    page = operator.get("/en/information/work/slip").content.decode()
    shown = re.sub(r'<div class="paper-only">.*?</div>', "", page, flags=re.DOTALL)
    code = operator.session["information_slip"][1]
    assert "?key=" not in page
    assert "081-234-5678" not in page
    assert code[:5] in page
    assert code[:5] not in shown


def test_a_code_makes_one_link_for_its_person_and_is_used_up() -> None:
    one, client = ask(staff("kk-muni").by(Channel.COUNTER)), Client()
    address = "/en/information/claim"
    assert client.post(address, {"reference": one.reference, "code": "AAAAAAAAAA"}).status_code == 422
    answer = client.post(address, {"reference": one.reference, "code": one.code.lower()})
    assert answer["Location"] == f"/en/information/{one.reference}/filed"
    assert "?key=" in client.get(answer["Location"]).content.decode()
    assert client.get(f"/en/information/{one.reference}/own").status_code == 200
    assert Client().post(address, {"reference": one.reference, "code": one.code}).status_code == 422


def test_staff_who_kept_code_or_link_open_nothing() -> None:
    taken, own = ask(staff("kk-muni").by(Channel.PHONE)), ask()
    clerk = signed_in("kk-muni")
    told = {"reference": taken.reference, "code": taken.code}
    assert clerk.post("/information/claim", told).status_code == 403
    assert Claim.objects.get().used_at is None
    assert clerk.get(f"/information/{own.reference}/own?key={own.key}").status_code == 403
    assert not AccessRecord.objects.exists()


def test_digits_cannot_be_tried_out_by_writing_the_number_in_other_ways() -> None:
    one = ask()
    plain = one.reference.replace("-", "")
    written = [
        one.reference,
        plain,
        plain.lower(),
        one.reference.replace("-", " "),
        f" {plain[:4]}-{plain[4:]} ",
    ]
    written += [
        one.reference.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")),
        one.reference.replace("-", "–"),
    ]
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    tried = [
        stranger.post("/information/track", {"reference": way, "phone_tail": "0000"}).status_code
        for way in written
    ]
    assert tried == [422] * 6 + [429]
    owner = Client(REMOTE_ADDR="198.51.100.7")
    assert owner.post("/information/track", {"reference": plain, "phone_tail": "5678"}).status_code == 302


def test_digits_of_one_request_cannot_be_tried_out_from_many_places() -> None:
    one, tried = ask(), []
    for place in range(201):
        client = Client(REMOTE_ADDR=f"198.51.{place // 250}.{place % 250 + 1}")
        told = {"reference": one.reference, "phone_tail": f"{place:04d}"}
        tried.append(client.post("/information/track", told).status_code)
    assert tried == [422] * 200 + [429]


def test_digits_alone_show_neither_name_nor_number_nor_address() -> None:
    one = ask(address="12 ถนนศรีจันทร์")
    page = knows_digits(one.reference).get(f"/en/information/{one.reference}/own").content.decode()
    assert "somying@example.org" not in page
    assert "สมหญิง" not in page
    assert "ถนนศรีจันทร์ 12" not in page
    assert "12 ถนนศรีจันทร์" not in page
    bearer = Client()
    bearer.get(f"/en/information/{one.reference}/own?key={one.key}")
    assert "12 ถนนศรีจันทร์" in bearer.get(f"/en/information/{one.reference}/own").content.decode()


def test_digits_alone_open_no_file_of_a_request_that_is_not_public() -> None:
    one = ask(wish=Wish.OWN_DATA, openness=Openness.AGENCY_ONLY)
    given = NewDocument("ข้อมูลของผู้ขอ", files.keep_own(picture()))
    decision = Decision(how=Move.GRANT, text="แนบให้แล้ว", documents=(given,))
    actions.answer_request(actor=officer(), now=later(1), reference=one.reference, decision=decision)
    file = f"/information/{one.reference}/documents/1/1/file"
    with clock.frozen(later(2)):
        assert knows_digits(one.reference).get(file).status_code == 404
        bearer = Client()
        bearer.get(f"/information/{one.reference}/own?key={one.key}")
        assert bearer.get(file).status_code == 200


def test_digits_alone_show_no_words_that_betray_anybody_and_undo_nothing() -> None:
    words = QUESTION + " ติดต่อ 089-876-5432"
    one = ask(text=words, openness=Openness.AGENCY_ONLY)
    answered = Decision(how=Move.GRANT, text="ให้ติดต่อ 089-876-5432", is_in_text=True)
    actions.answer_request(actor=head(), now=later(1), reference=one.reference, decision=answered)
    own = f"/en/information/{one.reference}"
    with clock.frozen(later(2)):
        guessed, bearer = knows_digits(one.reference), Client()
        bearer.get(f"{own}/own?key={one.key}")
        assert "089-876-5432" not in guessed.get(f"{own}/own").content.decode()
        assert "Let everybody read it" not in guessed.get(f"{own}/own").content.decode()
        assert bearer.get(f"{own}/own").content.decode().count("089-876-5432") == 2
        assert "You opened this with four digits" in guessed.get(f"{own}/own").content.decode()
        assert "You opened this with four digits" not in bearer.get(f"{own}/own").content.decode()
        refused = guessed.post(f"{own}/publish")
        assert refused.status_code == 403
        assert "Four digits are not enough" in refused.content.decode()
        assert "Let everybody read it" in bearer.get(f"{own}/own").content.decode()


def test_four_digits_do_not_withdraw_what_somebody_asked() -> None:
    one, proof = ask(), Proof(phone_tail="5678")
    with pytest.raises(Refused, match="link_needed"):
        actions.withdraw_request(actor=ANONYMOUS, now=later(1), reference=one.reference, proof=proof)
    with clock.frozen(later(1)):
        page = knows_digits(one.reference).post(f"/en/information/{one.reference}/ways/withdraw")
    assert page.status_code == 403
    assert "Four digits are not enough" in page.content.decode()
    actions.withdraw_request(actor=ANONYMOUS, now=later(1), reference=one.reference, proof=Proof(key=one.key))


def test_staff_who_sign_in_where_somebody_asked_do_not_carry_what_was_shown() -> None:
    one, clerk = ask(openness=Openness.AGENCY_ONLY), signed_in("opm-1111", Role.OPERATOR)
    session = clerk.session
    session["proofs"] = {one.reference: [one.key, "", None]}
    session.save()
    for page in ("own", "filed", "ways/withdraw"):
        assert clerk.get(f"/information/{one.reference}/{page}").status_code == 403


def test_staff_who_answer_a_caller_are_recorded_once_and_others_refused() -> None:
    one = ask()
    told = {"reference": one.reference, "phone_tail": "5678"}
    clerk = signed_in("opm-1111", Role.OPERATOR)
    clerk.post("/information/track", told, follow=True)
    clerk.get(f"/information/{one.reference}/own")
    assert [record.purpose for record in AccessRecord.objects.all()] == ["answer_caller"]
    assert signed_in("opm-1111", Role.MODERATOR).post("/information/track", told).status_code == 403
