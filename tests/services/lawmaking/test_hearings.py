"""Hearings: opened by an office, open to the second, spoken in by anyone, covered, counted, kept beside the ledger."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from tests.services.information.browsers import signed_in
from tests.services.lawmaking.heard import (
    LAST_DAY,
    OFFICE,
    SECTION,
    open_one,
    put_back_hearing_periods,
    speak,
)
from tests.small_state import NOW, staff

from sala.commons.ledger import queries as ledger
from sala.commons.moderation.actions import Breach
from sala.commons.moderation.queries import recheck
from sala.commons.participation import queries as participation
from sala.commons.participation.models import Comment
from sala.commons.participation.rules.comments import place_of
from sala.commons.participation.rules.statements import problem_of_statement
from sala.core import clock
from sala.core.actors import ANONYMOUS, Actor, Channel, Role
from sala.core.errors import Conflict, Invalid, Refused
from sala.services.lawmaking import actions, tasks
from sala.services.lawmaking.models import Hearing
from sala.services.lawmaking.queries import hearings
from sala.services.lawmaking.rules import hearings as rules

BEGINS = datetime(2026, 11, 19, tzinfo=UTC)


@pytest.fixture
def heard(state: None) -> None:
    """The small state, with the period of guidance."""
    put_back_hearing_periods()


@pytest.fixture
def at_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages ask the test's clock."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


def of(reference: str) -> Hearing:
    return hearings.get_hearing(reference)


@pytest.mark.req("LAW-1.1")
@given(st.integers(0, 10**7), st.integers(1, 10**7), st.integers(0, 3 * 10**7))
def test_a_hearing_is_open_from_its_first_second_until_just_before_its_end(
    first: int, long: int, at: int
) -> None:
    opens = BEGINS + timedelta(seconds=first)
    closes, now = opens + timedelta(seconds=long), BEGINS + timedelta(seconds=at)
    found = rules.stage_at(opens, closes, now)
    assert (found is rules.Stage.OPEN) == (opens <= now < closes)
    assert (found is rules.Stage.CLOSED) == (now >= closes)


@pytest.mark.req("LAW-1.1")
@given(st.text("กขค\n ", max_size=30), st.integers(0, 29), st.integers(1, 30))
def test_chosen_words_are_found_where_they_stand_however_the_browser_broke_the_lines(
    words: str, start: int, length: int
) -> None:
    quote = words[start : start + length]
    if not quote.strip():
        return
    place = place_of(1, "sec_1", words, quote.replace("\n", " \n "))
    assert place.starts is not None
    assert place.ends is not None
    assert words[place.starts : place.ends] == place.quote
    assert place.quote.split() == quote.split()


@pytest.mark.req("LAW-1.1")
@pytest.mark.usefixtures("heard")
def test_a_hearing_shorter_than_guidance_needs_a_reason_for_all_to_read() -> None:
    soon = date(2026, 11, 25)
    with pytest.raises(Invalid) as refused:
        open_one(closes_on=soon)
    assert refused.value.fields == {"why_short": "hearing_short_why"}
    reference = open_one(closes_on=soon, why_short="ร่างเดิมรับฟังมาแล้วสามสิบวันเมื่อเดือนก่อน")
    assert of(reference).why_short


@pytest.mark.req("LAW-1.1")
@pytest.mark.usefixtures("heard")
def test_only_staff_of_the_office_open_its_hearing() -> None:
    for stranger in (ANONYMOUS, staff("pea"), staff(OFFICE, Role.AUDITOR)):
        with pytest.raises(Refused):
            open_one(actor=stranger)
    assert not Hearing.objects.exists()


@pytest.mark.req("LAW-1.1")
@pytest.mark.usefixtures("heard")
def test_nobody_speaks_before_the_first_second_or_at_the_end() -> None:
    reference = open_one(opens_at=NOW + timedelta(hours=1))
    ends = of(reference).closes_at
    for at in (NOW, NOW + timedelta(hours=1, seconds=-1), ends):
        with pytest.raises(Conflict, match="hearing_not_open"):
            speak(reference, now=at)
    speak(reference, now=NOW + timedelta(hours=1))
    speak(reference, now=ends - timedelta(seconds=1))
    assert participation.count_voices(of(reference).pk).comments == 2


@pytest.mark.req("LAW-1.1", "MOD")
@pytest.mark.usefixtures("heard")
def test_what_betrays_a_person_is_covered_and_the_words_still_open_their_entry() -> None:
    reference = open_one()
    speak(reference, text="โทรหาผมที่ 081-234-5678 ได้", suggestion="ติดต่อ 081-234-5678")
    (comment,) = Comment.objects.all()
    assert "5678" not in comment.public_text + comment.suggestion
    assert "5678" in comment.original
    assert recheck(participation.kept_comments("hearing", 10)).whole == 1
    entries = ledger.entries_of_matter(reference)
    assert "5678" not in str([entry.content for entry in entries])


@pytest.mark.req("LAW-1.1")
@pytest.mark.usefixtures("heard")
def test_words_that_do_not_stand_in_the_section_are_refused_and_those_that_do_are_placed() -> None:
    reference = open_one()
    at = {"version": 1, "provision": SECTION}
    with pytest.raises(Invalid) as refused:
        speak(reference, **at, quote="คำที่ไม่มี")
    assert refused.value.fields == {"quote": "quote_not_found"}
    speak(reference, **at, quote="สองเดือน", suggestion="หนึ่งเดือน")
    comment = Comment.objects.get()
    one = hearings.find_provision(of(reference), 1, SECTION)
    assert one is not None
    assert one.words[comment.starts : comment.ends] == "สองเดือน"
    for wrong in ({"provision": "sec_99", "version": 1}, {"provision": SECTION, "version": 7}):
        with pytest.raises(Invalid):
            speak(reference, **wrong)


@pytest.mark.req("LAW-1.1", "PRI")
@pytest.mark.usefixtures("heard")
def test_words_taken_by_telephone_count_as_much_and_are_counted_apart() -> None:
    reference = open_one()
    officer = staff(OFFICE)
    speak(reference)
    speak(reference, actor=officer.by(Channel.PHONE))
    speak(reference, actor=officer.by(Channel.PHONE))
    voices = participation.count_voices(of(reference).pk)
    assert (voices.comments, voices.people, voices.channels) == (3, 3, {"phone": 2, "web": 1})
    with pytest.raises(Refused):
        speak(reference, actor=staff("pea").by(Channel.PAPER))


@pytest.mark.req("LAW-1.1")
@pytest.mark.usefixtures("heard")
def test_who_is_signed_in_counts_once_however_often_they_speak() -> None:
    reference = open_one()
    person = Actor(person_id=staff("pea").person_id)
    for _ in range(3):
        speak(reference, actor=person)
    voices = participation.count_voices(of(reference).pk)
    assert (voices.comments, voices.people) == (3, 1)


@pytest.mark.req("LAW-1.1")
@pytest.mark.usefixtures("heard")
def test_another_version_stands_first_and_comments_stay_in_theirs() -> None:
    reference, officer = open_one(), staff(OFFICE)
    speak(reference, version=1, provision=SECTION)
    text = "\n".join(f"มาตรา {n}  ข้อความของมาตรานี้" for n in (1, 2, 3))
    changed = {"actor": officer, "now": NOW, "reference": reference, "text": text, "note": "เขียนใหม่ทั้งฉบับ"}
    assert actions.publish_hearing_text(**changed) == 2
    with pytest.raises(Conflict, match="hearing_text_same"):
        actions.publish_hearing_text(**changed)
    assert [one.number for one in hearings.list_texts(of(reference))] == [2, 1]
    assert Comment.objects.get().version == 1


@pytest.mark.req("LAW-1.1")
@pytest.mark.usefixtures("heard")
def test_people_may_be_given_more_time_and_never_less() -> None:
    reference, officer = open_one(), staff(OFFICE)
    for day in (LAST_DAY, date(2026, 12, 1)):
        with pytest.raises(Invalid):
            actions.make_hearing_longer(actor=officer, now=NOW, reference=reference, closes_on=day)
    actions.make_hearing_longer(actor=officer, now=NOW, reference=reference, closes_on=date(2026, 12, 20))
    assert of(reference).closes_at == rules.closes_at(date(2026, 12, 20))


@pytest.mark.req("LAW-1.1")
@pytest.mark.usefixtures("heard")
def test_the_clock_opens_and_closes_and_tells_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    reference = open_one(opens_at=NOW + timedelta(hours=1))
    kinds = []
    for at in (NOW + timedelta(hours=2), NOW + timedelta(days=40)):
        monkeypatch.setattr(clock, "now", lambda at=at: at)
        tasks.follow_hearings()
        tasks.follow_hearings()
        kinds = [entry.content["kind"] for entry in ledger.entries_of_matter(reference)]
    assert kinds == ["hearing.announced", "hearing.text_published", "hearing.opened", "hearing.closed"]
    assert of(reference).matter.closed_at == of(reference).closes_at


@pytest.mark.req("MOD")
@pytest.mark.usefixtures("heard")
def test_a_moderator_hides_what_breaks_a_rule_and_the_office_cannot() -> None:
    reference = open_one()
    told = {"now": NOW, "reference": reference, "comment": speak(reference), "breach": Breach.INSULT}
    with pytest.raises(Refused):
        actions.hide_hearing_comment(actor=staff(OFFICE), **told)
    actions.hide_hearing_comment(actor=staff(OFFICE, Role.MODERATOR), **told)
    assert participation.count_voices(of(reference).pk).comments == 0
    with pytest.raises(Conflict):
        actions.hide_hearing_comment(actor=staff(OFFICE, Role.MODERATOR), **told)


@pytest.mark.req("LAW-1.1")
@pytest.mark.usefixtures("heard", "at_now")
@pytest.mark.parametrize("language", ["", "/en"])
def test_somebody_speaks_about_words_of_a_section_without_an_account(client: Client, language: str) -> None:
    reference = open_one()
    page = client.get(f"{language}/hearings/{reference}").content.decode()
    assert "คืนเงินประกันห้องเช่าภายใน 7 วัน" in page
    assert f"{language}/hearings/{reference}/section-2" in page
    where = f"{language}/hearings/{reference}/section-2"
    told = {"text": "โทร 081-234-5678 ถามผมได้", "quote": "สองเดือน", "suggestion": "หนึ่งเดือน", "shown_name": ""}
    shown = client.post(where, told)
    assert shown.status_code == 200
    assert not Comment.objects.exists(), "covered words are shown before they are sent"
    assert client.post(where, told | {"sure": "yes"}).status_code == 302
    page = client.get(where).content.decode()
    assert "<ins>" in page
    assert "<del>" in page
    assert "5678" not in page


@pytest.mark.req("LAW-1.1")
@pytest.mark.usefixtures("heard", "at_now")
def test_nothing_and_odd_input_are_answered_in_words_and_keep_what_was_typed(client: Client) -> None:
    reference = open_one()
    empty = client.post(f"/hearings/{reference}/speak", {"text": " ", "shown_name": ""})
    assert empty.status_code == 422
    kept = client.post(f"/hearings/{reference}/section-2", {"text": "คิดว่าดี", "quote": "ไม่มีคำนี้"})
    assert kept.status_code == 422
    assert "คิดว่าดี" in kept.content.decode()
    assert client.post(f"/hearings/{reference}/speak", {"text": "x" * 6000}).status_code == 422
    for odd in ("section-99", "chp_1"):
        assert client.get(f"/hearings/{reference}/{odd}").status_code == 404
    for query in ("version=99", "version=²", "version=๑"):
        assert client.get(f"/hearings/{reference}?{query}").status_code in (200, 404)
    assert client.get("/hearings/LH69-0000000-0").status_code == 404
    assert client.get(f"/hearings/{reference}/comments?before=x&question=99").status_code == 200


@pytest.mark.req("LAW-1.1")
@pytest.mark.usefixtures("heard", "at_now")
def test_a_page_of_comments_costs_the_same_queries_however_many_there_are(
    client: Client,
) -> None:
    reference = open_one()
    hearing = of(reference)

    def cost(path: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as taken:
            assert client.get(path).status_code == 200
        return len(taken)

    paths = [f"/hearings/{reference}", f"/hearings/{reference}/comments", f"/hearings/{reference}/section-2"]
    speak(reference, version=1, provision=SECTION)
    for path in paths:
        client.get(path)
    few = [cost(f"{path}?before=999999") for path in paths]
    for _ in range(30):
        speak(reference, version=1, provision=SECTION)
    assert [cost(f"{path}?before=999998") for path in paths] == few
    assert participation.count_by_provision(hearing.pk, 1) == {SECTION: 31}


@pytest.mark.req("LAW-1.1")
@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize("number", ["9" * 60, "1" + "/1" * 80])
def test_a_number_that_runs_on_is_refused_in_words_in_a_draft_and_in_the_library(number: str) -> None:
    text = f"มาตรา {number} ก\nมาตรา 2 ข"
    with pytest.raises(Invalid) as refused:
        open_one(text=text)
    assert refused.value.fields == {"text": "provision_number_long"}
    with pytest.raises(Invalid):
        actions.publish_hearing_text(
            actor=staff(OFFICE), now=NOW, reference=open_one(), text=text, note="ใหม่"
        )


@pytest.mark.req("LAW-1.1")
@pytest.mark.usefixtures("heard", "at_now")
@pytest.mark.parametrize(
    "day", ["31/12/ค.ศ. 9999", "1/1/ค.ศ. 0001", "9999-12-31", "31/2/2569", "²/1/2570", "\u202e"]
)
def test_a_day_that_is_none_keeps_the_form_of_more_time(day: str) -> None:
    answer = signed_in(OFFICE).post(f"/hearings/work/{open_one()}", {"act": "longer", "closes_on": day})
    assert answer.status_code == 422
    assert day.strip("\u202e") in answer.content.decode()


@pytest.mark.req("LAW-1.1")
@pytest.mark.usefixtures("heard", "at_now")
def test_words_of_one_caller_that_are_sent_twice_count_once() -> None:
    reference, officer = open_one(), signed_in(OFFICE)
    page = officer.get(f"/hearings/work/{reference}").content.decode()
    key = re.search(r'name="form_key" value="([^"]+)"', page)
    assert key
    told = {"act": "take", "text": "ผู้โทรเห็นด้วย", "channel": "phone", "shown_name": "", "form_key": key[1]}
    for _ in range(2):
        assert officer.post(f"/hearings/work/{reference}", told).status_code == 302
    assert Comment.objects.count() == 1


@pytest.mark.req("LAW-1.1", "MOD")
@pytest.mark.usefixtures("heard", "at_now")
def test_markup_and_control_signs_in_a_draft_are_shown_as_words(client: Client) -> None:
    bad = "<script>alert(1)</script><img src=x onerror=alert(1)>\x07\x1b[31m\u202e"
    told = {"text": f"หมวด 1 {bad}\nมาตรา 1 {bad}\nมาตรา 2 ข", "title": f"ร่าง {bad}", "summary": bad}
    reference = open_one(**told)
    for path in ("", "/section-1", "/comments", "/speak"):
        page = client.get(f"/hearings/{reference}{path}").content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert not set("\x07\x1b\u202e") & set(page)


@pytest.mark.req("LAW-1.1")
@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize("nothing", ["\u200b\u200b", "\u202e", "\u3164", "\u0e34"])
def test_what_shows_nothing_is_no_title_no_comment_no_name_and_no_statement(nothing: str) -> None:
    reference = open_one()
    with pytest.raises(Invalid) as refused:
        speak(reference, text=nothing)
    assert refused.value.fields == {"text": "comment_missing"}
    with pytest.raises(Invalid) as refused:
        speak(reference, shown_name=nothing)
    assert list(refused.value.fields) == ["shown_name"]
    for field in ("title", "why", "open_points"):
        with pytest.raises(Invalid) as refused:
            open_one(**{field: nothing})
        assert refused.value.fields == {field: "hearing_say_this"}
    assert problem_of_statement(nothing) == "statement_missing"


@pytest.mark.req("MOD")
@pytest.mark.usefixtures("heard", "at_now")
def test_a_moderator_hides_by_page_with_a_published_reason_and_nobody_else_finds_the_door(
    client: Client,
) -> None:
    reference = open_one()
    number = speak(reference, text="คำหยาบ")
    where = f"/hearings/work/{reference}/comment/{number}"
    assert client.get(where).status_code in (302, 403, 404)
    for role, allowed in ((Role.OFFICER, False), (Role.MODERATOR, True)):
        client = signed_in(OFFICE, role)
        assert (client.get(where).status_code == 200) is allowed
    assert client.post(where, {"breach": "no such rule"}).status_code == 422
    assert client.post(where, {"breach": "insult"}).status_code == 302
    assert "คำหยาบ" not in client.get(f"/hearings/{reference}/comments").content.decode()


@pytest.mark.req("LAW-1.1")
@pytest.mark.usefixtures("heard", "at_now")
def test_words_about_an_earlier_version_never_stand_under_a_section_of_the_newest(client: Client) -> None:
    reference = open_one()
    speak(reference, version=1, provision=SECTION, text="พูดถึงฉบับแรก")
    text = "\n".join(f"มาตรา {n}  เรื่องอื่นทั้งหมดของมาตรานี้" for n in (1, 2, 3))
    actions.publish_hearing_text(
        actor=staff(OFFICE), now=NOW, reference=reference, text=text, note="เขียนใหม่ทั้งฉบับ"
    )
    assert "พูดถึงฉบับแรก" not in client.get(f"/hearings/{reference}/section-2").content.decode()
    assert "พูดถึงฉบับแรก" in client.get(f"/hearings/{reference}/section-2?version=1").content.decode()
    assert participation.count_by_provision(of(reference).pk, 2) == {}


@pytest.mark.req("LAW-1.1")
@pytest.mark.usefixtures("heard", "at_now")
def test_what_would_be_refused_is_said_before_the_words_are_shown_once_more(client: Client) -> None:
    reference = open_one()
    where = f"/hearings/{reference}/section-2"
    told = {"text": "โทร 081-234-5678", "quote": "ไม่มีคำนี้", "suggestion": "", "shown_name": "นายสมชาย ใจดี"}
    page = client.post(where, told)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"quote", "shown_name"}
    assert "โทร 081-234-5678" in page.content.decode()
    assert not Comment.objects.exists()


@pytest.mark.req("LAW-1.1")
@pytest.mark.usefixtures("heard", "at_now")
def test_after_one_question_comes_the_next_and_after_the_last_what_others_said(client: Client) -> None:
    reference = open_one()
    for number, onward in ((1, "speak?question=2"), (2, "comments")):
        sent = client.post(f"/hearings/{reference}/speak?question={number}", {"text": f"ตอบข้อ {number}"})
        assert sent["Location"].endswith(f"/hearings/{reference}/{onward}")


@pytest.mark.req("LAW-1.1")
@pytest.mark.usefixtures("heard", "at_now")
def test_a_comment_on_an_earlier_version_names_the_section_as_people_do(client: Client) -> None:
    reference = open_one()
    speak(reference, version=1, provision="sec_3")
    actions.publish_hearing_text(
        actor=staff(OFFICE), now=NOW, reference=reference, text="มาตรา 1  ข้อความเดียว", note="เหลือมาตราเดียว"
    )
    page = client.get(f"/hearings/{reference}/comments").content.decode()
    assert "มาตรา 3" in page
    assert "sec_3" not in page
