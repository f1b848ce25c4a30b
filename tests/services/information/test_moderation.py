"""What is suspect waits for a moderator unseen; words are covered by hand for a reason; somebody else hears appeals."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.test import Client
from tests.services.information.asked import (
    BOARD,
    OFFICE,
    QUESTION,
    ask,
    grant,
    later,
    officer,
    proof,
    refuse,
    the,
)
from tests.services.information.browsers import signed_in
from tests.small_state import staff

from sala.commons.identity import actions as identity
from sala.commons.identity.models import Person
from sala.commons.ledger import queries as ledger
from sala.commons.ledger import sequencer, subscriptions
from sala.commons.ledger.models import Entry
from sala.commons.matters.models import Matter
from sala.commons.moderation.actions import Breach
from sala.commons.moderation.models import Decision
from sala.commons.moderation.queries import APPEAL_WITHIN, recheck
from sala.core import clock
from sala.core.actors import ANONYMOUS, SYSTEM, Actor, Role
from sala.core.errors import Conflict, Invalid, NotFound, Refused
from sala.services.information import actions
from sala.services.information.actions import Filed
from sala.services.information.queries import due, figures, work
from sala.services.information.queries.commitments import list_kept
from sala.services.information.rules.ways import WayKind
from sala.services.information.rules.wishes import Openness

pytestmark = [pytest.mark.usefixtures("law_state"), pytest.mark.req("MOD", "ODP-3")]
WORK = "/en/information/work"
SPAM = "รับทำ SEO https://a.example https://b.example www.c.example คลิกเลย"
PUBLIC_PAGES = (
    "/", "/now/", "/information/", "/information/figures", "/information/documents", "/matters/",
    "/matters/rows.json", "/matters/rows.atom", "/api/matters", "/api/entries?limit=1000", "/ledger/",
)  # fmt: skip


def moderator(agency: str = OFFICE) -> Actor:
    return staff(agency, Role.MODERATOR)


def settle() -> None:
    sequencer.sequence_now()
    subscriptions.catch_up()


def told_publicly() -> str:
    return "".join(b"".join(Client().get(page)).decode() for page in PUBLIC_PAGES)


def by_pages(text: str, ip: str = "203.0.113.7") -> str:
    """Ask by the pages; the number."""
    client = Client(REMOTE_ADDR=ip)
    first = client.post("/information/new", {"text": text, "wish": "information"})
    base = first["Location"].rpartition("/")[0]
    for name, values in (
        ("office", {"agency": "", "other": OFFICE}),
        ("where", {"where_to_look": ""}),
        ("how", {"wanted_as": "file"}),
        ("open", {"openness": "public"}),
        ("contact", {"name": "", "phone": "", "email": "", "address": ""}),
    ):
        answer = client.post(f"{base}/{name}", values)
        assert answer.status_code == 302, answer.content.decode()
    filed = client.post(f"{base}/check", follow=True)
    assert filed.status_code == 200
    return str(filed.context["matter"].reference)


def visibility(reference: str) -> str:
    return str(Matter.objects.get(reference=reference).visibility)


def test_advertising_is_set_aside_on_arrival_and_its_sender_has_a_number_as_everybody() -> None:
    assert visibility(by_pages(SPAM)) == "quarantined"
    assert visibility(by_pages(QUESTION)) == "public"


def test_the_same_long_words_from_one_address_wait_for_a_moderator_and_none_is_refused() -> None:
    seen = [visibility(by_pages(QUESTION)) for _ in range(4)]
    assert seen == ["public", "public", "quarantined", "quarantined"]
    assert visibility(by_pages(QUESTION, ip="198.51.100.9")) == "public", "other places are others"


def test_a_program_cannot_publish_advertising_either() -> None:
    told = {"text": "ขอข้อมูล", "where_to_look": SPAM, "agency": OFFICE}
    answer = Client().post("/api/information", told, content_type="application/json")
    assert answer.status_code == 201
    assert visibility(answer.json()["reference"]) == "quarantined"


OFFICES: dict[str, dict[str, Any]] = {
    "assign_request": {"officer_id": 1},
    "ask_person": {"text": "ปีไหน"},
    "reply_to_person": {"text": "กำลังค้น"},
    "transfer_request": {"agency": "pea", "basis": None, "reason": "ของเขา"},
    "accept_transfer": {},
    "hand_back_request": {"reason": "ไม่ใช่"},
    "extend_time": {"until": None, "reason": "แผนที่ผ้าเก่ามาก คลี่แล้วขาด"},
    "reopen_request": {"reason": "คิดใหม่"},
    "answer_request": {"decision": actions.Decision(how=actions.Decision, text="x")},  # type: ignore[arg-type]  # never read
}
CLOCKS = ("let_sleep", "end_hearings", "close_answered", "warn_of_last_day")


@pytest.mark.parametrize("openness", list(Openness))
def test_nobody_works_on_what_is_set_aside_and_nothing_is_recorded(openness: Openness) -> None:
    filed = ask(is_suspect=True, openness=openness)
    before = Entry.objects.count()
    here: dict[str, Any] = {"now": later(60), "reference": filed.reference}
    for name, values in OFFICES.items():
        with pytest.raises(Conflict, match="set_aside"):
            getattr(actions, name)(actor=officer(), **values, **here)
    for name in CLOCKS:
        with pytest.raises(Conflict, match="set_aside"):
            getattr(actions, name)(actor=SYSTEM, **here)
    with pytest.raises(Conflict, match="set_aside"):
        actions.publish_request(actor=ANONYMOUS, proof=proof(filed), **here)
    with pytest.raises(Conflict, match="set_aside"):
        actions.set_request_aside(actor=SYSTEM, **here)
    assert Entry.objects.count() == before
    late = (list(due.list_late(later(60))), list(due.list_outdated(later(60))))
    assert late == ([], []), "the clock stands still until a moderator has looked"
    assert figures.by_standing() == {}


def test_nothing_public_tells_of_it_until_its_release_joins_all_of_it() -> None:
    filed = ask(is_suspect=True, now=clock.now())
    actions.add_words(
        actor=ANONYMOUS, now=clock.now(), reference=filed.reference, text="ด่วนนะคะ", proof=proof(filed)
    )
    settle()
    shown = told_publicly()
    assert filed.reference not in shown
    assert "ถนนศรีจันทร์" not in shown
    for page in (f"/information/{filed.reference}", f"/api/information/{filed.reference}"):
        assert Client().get(page).status_code == 404
    hidden = ledger.get_entry(ledger.count_entries() - 1).content
    assert hidden["matter"] == the(filed).hidden_name
    assert (hidden["agency"], hidden["area"]) == (None, None)
    actions.release_request(actor=moderator(), now=clock.now(), reference=filed.reference)
    settle()
    told = [step["kind"] for step in Client().get(f"/api/matters/{filed.reference}/steps").json()]
    assert [kind.partition(".")[2] for kind in told] == ["filed", "person_wrote", "released"]
    assert filed.reference in told_publicly()
    released = ledger.get_entry(ledger.count_entries() - 1).content
    assert released["content"]["continues"] == hidden["matter"]


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_moderator_sees_it_and_sets_it_free_and_the_office_has_it_then(language: str) -> None:
    filed = ask(is_suspect=True, now=clock.now())
    base = WORK.replace("/en", "" if language == "th" else "/en")
    clerk, looks_first = signed_in(OFFICE), signed_in(OFFICE, Role.MODERATOR)
    assert filed.reference not in clerk.get(f"{base}/", follow=True).content.decode()
    assert clerk.get(f"{base}/set-aside").status_code == 403
    assert filed.reference not in signed_in("nacc", Role.MODERATOR).get(f"{base}/set-aside").content.decode()
    listed = looks_first.get(f"{base}/set-aside").content.decode()
    assert filed.reference in listed
    assert "081-234" not in listed, "a moderator reads it covered too, until they look"
    page = looks_first.get(f"{base}/{filed.reference}")
    assert ("It is a real request" if language == "en" else "เป็นคำขอจริง") in page.content.decode()
    assert [act.code for act, _ in page.context["acts"]] == ["release", "keep"]
    assert looks_first.post(f"{base}/{filed.reference}/release").status_code == 302
    assert Client().get(f"/information/{filed.reference}").status_code == 200
    assert filed.reference in clerk.get(f"{base}/", follow=True).content.decode()
    entry = Entry.objects.order_by("-pk")[0]
    assert entry.kind == "information_request.released"


def test_what_stays_set_aside_has_a_reason_that_its_person_reads_and_appeals_against() -> None:
    filed = ask(is_suspect=True, now=clock.now())
    base = f"{WORK}/{filed.reference}"
    signed_in(OFFICE, Role.MODERATOR).post(f"{base}/keep", {"breach": "advertising"})
    person = Client()
    own = person.get(f"/en/information/{filed.reference}/own?key={filed.key}", follow=True).content.decode()
    assert "It was set aside" in own
    assert "It is advertising" in own
    decision = Decision.objects.get()
    address = f"/en/information/{filed.reference}/moderation/{decision.pk}/appeal"
    assert address in own
    assert person.post(address, {"text": ""}).status_code == 422
    assert person.post(address, {"text": "ฉันถามจริง ๆ"}).status_code == 302
    assert person.post(address, {"text": "อีกครั้ง"}).status_code == 422
    assert Client().post(address, {"text": "ใครก็ไม่รู้"}).status_code == 404
    head = signed_in(OFFICE, Role.EXECUTIVE)
    assert "ฉันถามจริง ๆ" in head.get(f"{WORK}/appeals").content.decode()
    rule = f"{WORK}/{filed.reference}/moderation/{decision.pk}"
    head.post(rule, {"upheld": "1", "text": ""})
    assert Decision.objects.get().is_waiting, "nobody decides without saying why"
    assert head.post(rule, {"upheld": "1", "text": "เป็นคำขอจริง"}).status_code == 302
    assert the(filed).matter.is_public
    assert "เป็นคำขอจริง" in person.get(f"/en/information/{filed.reference}/own").content.decode()


def cover(filed: Filed, by: Actor, text: str, part: str = "", **more: Any) -> None:
    values = {"breach": Breach.ACCUSES_A_PERSON, "now": later(3), **more}
    actions.cover_words(actor=by, reference=filed.reference, public_text=text, part=part, **values)


def test_words_of_an_answer_are_covered_by_hand_and_the_original_is_kept() -> None:
    filed = ask(where_to_look="แฟ้มของคุณดำ")
    grant(filed, later(1), "นายช่างแดงซ่อม 14 ครั้ง")
    signed = moderator()
    cover(filed, signed, "ช่างซ่อม 14 ครั้ง", "answer-1")
    cover(filed, signed, "แฟ้มของกองช่าง", "where")
    asked = the(filed)
    answer = asked.answers.get()
    assert (answer.public_text, answer.text) == ("ช่างซ่อม 14 ครั้ง", "นายช่างแดงซ่อม 14 ครั้ง")
    assert (asked.public_where, asked.where_to_look) == ("แฟ้มของกองช่าง", "แฟ้มของคุณดำ")
    public = Client().get(f"/en/information/{filed.reference}").content.decode()
    assert "นายช่างแดง" not in public
    assert "ช่างซ่อม 14 ครั้ง" in public
    assert "คุณดำ" not in public
    assert [decision.part for decision in Decision.objects.order_by("pk")] == ["answer-1", "where"]
    entry = Entry.objects.order_by("-pk")[0]
    assert entry.kind == "information_request.words_covered"
    assert "ดำ" not in bytes(entry.body).decode()


def test_an_upheld_appeal_brings_the_words_of_that_part_back_and_no_other() -> None:
    filed, first = ask(), moderator()
    grant(filed, later(1), "นายช่างแดงซ่อม 14 ครั้ง")
    before = str(the(filed).answers.get().public_text)
    cover(filed, first, "บันทึกการซ่อมไฟทาง")
    cover(filed, first, "ซ่อม", "answer-1")
    decision = Decision.objects.get(part="answer-1")
    here = {"reference": filed.reference, "decision_id": decision.pk}
    actions.appeal_moderation(actor=ANONYMOUS, now=later(4), text="ชื่อนี้อยู่ในคำสั่ง", proof=proof(filed), **here)
    ruled: dict[str, Any] = {"now": later(5), "is_upheld": True, "text": "ไม่ใช่การกล่าวหา", **here}
    with pytest.raises(Refused, match="nobody_judges"):
        actions.decide_moderation_appeal(actor=first, **ruled)
    with pytest.raises(Refused):
        actions.decide_moderation_appeal(actor=moderator("pea"), **ruled)
    actions.decide_moderation_appeal(actor=moderator("opm-1111"), **ruled)
    assert the(filed).answers.get().public_text == before
    assert the(filed).public_text == "บันทึกการซ่อมไฟทาง"
    assert Entry.objects.order_by("-pk")[0].kind == "information_request.moderation_appeal_decided"


def test_nobody_covers_what_changed_meanwhile_what_nobody_reads_or_what_is_not_theirs() -> None:
    filed = ask()
    with pytest.raises(Conflict, match="changed_meanwhile"):
        cover(filed, moderator(), "x", seen="another version")
    with pytest.raises(NotFound):
        cover(filed, moderator(), "x", "answer-1")
    with pytest.raises(Invalid):
        cover(filed, moderator(), "  ")
    for who in (officer(), moderator("pea"), ANONYMOUS):
        with pytest.raises(Refused):
            cover(filed, who, "x")
    private = ask(openness=Openness.AGENCY_ONLY)
    with pytest.raises(NotFound):
        cover(private, moderator(), "x")


def test_after_the_days_and_by_others_nobody_appeals() -> None:
    filed = ask()
    cover(filed, moderator(), "ขอบันทึก", now=later(0))
    here = {"reference": filed.reference, "decision_id": Decision.objects.get().pk, "text": "x"}
    late = later(0) + APPEAL_WITHIN + timedelta(minutes=1)
    with pytest.raises(Conflict):
        actions.appeal_moderation(actor=ANONYMOUS, now=late, proof=proof(filed), **here)
    with pytest.raises(Refused):
        actions.appeal_moderation(actor=ANONYMOUS, now=later(0), **here)


def test_a_moderator_compares_and_covers_by_the_pages_and_each_look_is_recorded() -> None:
    filed = ask(now=clock.now())
    signed = signed_in(OFFICE, Role.MODERATOR)
    assert filed.reference in signed.get(f"{WORK}/covered").content.decode()
    base = f"{WORK}/{filed.reference}"
    assert signed.get(f"{base}/original").status_code == 405
    compared = signed.post(f"{base}/original").content.decode()
    assert "<mark>081-234-5678</mark>" in compared
    own = Client().get(f"/en/information/{filed.reference}/own?key={filed.key}", follow=True).content.decode()
    assert "To check that personal data is hidden before publishing" in own
    stale = signed.post(f"{base}/mask", {"public_text": "ขอบันทึก", "breach": "insult", "seen": "0" * 16})
    assert stale.status_code == 409
    assert "ขอบันทึก" in stale.content.decode(), "what was typed stays"
    assert signed.post(f"{base}/mask", {"public_text": "", "breach": "insult"}).status_code == 422
    assert signed.post(f"{base}/mask", {"public_text": "ขอบันทึก", "breach": "insult"}).status_code == 302
    assert the(filed).public_text == "ขอบันทึก"
    assert filed.reference not in signed.get(f"{WORK}/covered").content.decode()
    assert filed.reference in signed.get(f"{WORK}/covered?checked").content.decode()


@pytest.mark.req("TRU-1")
def test_a_moderator_who_does_not_answer_it_reads_where_it_may_be_found_covered_too() -> None:
    filed = ask(now=clock.now(), where_to_look="ถามคุณสมชาย ใจดี 081-999-8888", is_suspect=True)
    central, base = signed_in("opm-1111", Role.MODERATOR), f"{WORK}/{filed.reference}"
    for page in (f"{WORK}/set-aside", base):
        assert "081-999" not in central.get(page).content.decode(), page
    assert central.post(f"{base}/contact").status_code == 403
    assert "081-999-8888" in central.post(f"{base}/original").content.decode()
    central.post(f"{base}/release")
    assert "081-999-8888" in signed_in(OFFICE).get(base).content.decode(), "who answers looks for it there"


def test_the_head_of_the_office_finds_the_appeals_they_decide() -> None:
    filed = ask(now=clock.now())
    cover(filed, moderator(), "ขอบันทึก", now=clock.now())
    actions.appeal_moderation(
        actor=ANONYMOUS,
        now=clock.now(),
        reference=filed.reference,
        decision_id=Decision.objects.get().pk,
        text="ไม่ใช่ชื่อคน",
        proof=proof(filed),
    )
    page = signed_in(OFFICE, Role.EXECUTIVE).get(f"{WORK}/", follow=True).content.decode()
    assert "Appeals about requests (1)" in page
    assert "Appeals about requests" not in signed_in(OFFICE).get(f"{WORK}/", follow=True).content.decode()


def test_an_erased_person_leaves_no_appeal_behind_and_the_doctor_finds_nothing_wrong() -> None:
    person = Person.objects.create(created_at=clock.now())
    filed = ask(Actor(person_id=person.pk), now=clock.now())
    cover(filed, moderator(), "ขอบันทึก", now=clock.now())
    actions.appeal_moderation(
        actor=Actor(person_id=person.pk),
        now=clock.now(),
        reference=filed.reference,
        decision_id=Decision.objects.get().pk,
        text="ฉันชื่อสมหญิง",
    )
    grant(filed, clock.now())
    identity.erase_person(actor=Actor(person_id=person.pk), now=clock.now())
    assert Decision.objects.get().appeal == ""
    cover(filed, moderator(), "ขอบันทึกการซ่อม", now=clock.now())
    assert recheck(list_kept()).broken == ()


def test_the_lists_ask_as_much_of_many_as_of_few(django_assert_num_queries: Any) -> None:
    for _ in range(3):
        ask(is_suspect=True, now=clock.now())
    signed = signed_in(OFFICE, Role.MODERATOR)
    page = partial(signed.get, f"{WORK}/set-aside")
    page()
    with django_assert_num_queries(14):
        page()
    for _ in range(9):
        ask(is_suspect=True, now=clock.now())
    with django_assert_num_queries(14):
        assert page().content.decode().count("article") == 24


def test_a_public_one_that_is_set_aside_later_leaves_the_boards_list_and_comes_back() -> None:
    filed = ask()
    refuse(filed, later(1))
    told = {"against": WayKind.APPEAL_REFUSAL, "text": "ขออุทธรณ์"}
    actions.lodge_appeal(
        actor=ANONYMOUS,
        now=later(2),
        reference=filed.reference,
        way=told["against"],
        text=told["text"],
        proof=proof(filed),
    )  # type: ignore[arg-type]  # two words of the person
    here: dict[str, Any] = {"now": later(3), "reference": filed.reference}
    actions.set_request_aside(actor=moderator(), breach=Breach.THREAT, **here)
    assert work.list_at_board() == []
    row = the(filed).proceedings.get()
    with pytest.raises(NotFound):
        actions.forward_appeal(actor=staff(BOARD), proceeding_id=row.pk, **here)
    actions.release_request(actor=moderator(), **here)
    assert [one.pk for one in work.list_at_board()] == [row.pk]
