"""Every look at personal data is written down, seen by the person, committed to in public, and can be questioned."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from sala.commons.identity import actions, queries, rules, slots
from sala.commons.identity.actions.looks import Subject
from sala.commons.identity.models import AccessRecord, Person
from sala.commons.ledger.models import Entry
from sala.core import clock
from sala.core.actors import ANONYMOUS, Actor, Grant, Role
from sala.core.errors import Conflict, Invalid, NotFound, Refused

pytestmark = pytest.mark.req("TRU-1")
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def new_person() -> int:
    return Person.objects.create(created_at=NOW).pk


def staff(role: Role = Role.OFFICER, agency: str = "bma") -> Actor:
    return Actor(person_id=new_person(), grants=(Grant(role, agency),))


def look(
    actor: Actor,
    *subjects: Subject,
    purpose: str = "handle_complaint",
    agency: str = "bma",
    at: datetime = NOW,
) -> None:
    actions.record_access(actor=actor, agency=agency, purpose=purpose, subjects=subjects, now=at)


@pytest.mark.django_db
def test_the_person_sees_agency_role_purpose_time_and_matter_but_no_name() -> None:
    person, officer = new_person(), staff()
    look(officer, Subject(person, "C69-0001234-7"))
    (shown,) = queries.list_looks(Actor(person_id=person), now=NOW)
    seen = shown.looks.last
    assert (seen.agency, seen.role, seen.purpose) == ("bma", "officer", "handle_complaint")
    assert (seen.matter, seen.occurred_at) == ("C69-0001234-7", NOW)
    assert not hasattr(seen, "looked_by")
    assert AccessRecord.objects.get().looked_by_id == officer.person_id


@pytest.mark.django_db
def test_the_public_entry_tells_how_many_and_why_but_nobody_and_no_matter() -> None:
    person = new_person()
    look(staff(), Subject(person, "C69-0001234-7"), Subject(None, "C69-0001235-4"))
    entry = Entry.objects.get()
    body = bytes(entry.body).decode()
    assert entry.kind == "access.recorded"
    assert (entry.agency, entry.matter) == ("bma", None)
    assert '"looks":2' in body
    assert "officer" in body
    assert "C69" not in body
    assert set(AccessRecord.objects.values_list("entry_id", flat=True)) == {entry.pk}
    assert all(len(salt) > 20 for salt in AccessRecord.objects.values_list("salt", flat=True))


@pytest.mark.django_db
def test_a_page_of_fifty_people_is_recorded_in_a_fixed_number_of_statements(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    officer, people = staff(), [new_person() for _ in range(50)]
    counts = []
    for size in (1, 50):
        with django_assert_num_queries(4):  # savepoint, entry, rows, release
            look(officer, *(Subject(person) for person in people[:size]))
        counts.append(AccessRecord.objects.count())
    assert counts == [1, 51]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("actor_role", "purpose", "agency"),
    [
        (Role.OFFICER, "handle_complaint", "doh"),
        (Role.OFFICER, "audit", "bma"),
        (Role.SUPERVISOR, "inquiry", "bma"),
        (Role.OFFICER, "supervise", "bma"),
    ],
)
def test_who_may_not_look_for_this_purpose_is_refused_and_nothing_is_written(
    actor_role: Role, purpose: str, agency: str
) -> None:
    person = new_person()
    with pytest.raises(Refused):
        look(staff(actor_role), Subject(person), purpose=purpose, agency=agency)
    assert not AccessRecord.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_a_look_needs_someone_signed_in_a_known_purpose_and_somebody_to_look_at() -> None:
    with pytest.raises(Refused):
        look(ANONYMOUS, Subject(None, "C69-0001234-7"))
    with pytest.raises(Invalid):
        look(staff(), Subject(new_person()), purpose="curiosity")
    for subjects in ((), (Subject(),)):
        with pytest.raises(Invalid):
            look(staff(), *subjects)


@pytest.mark.django_db
def test_a_look_for_an_inquiry_is_seen_ninety_days_later_never_not_at_all() -> None:
    person = new_person()
    look(staff(Role.AUDITOR), Subject(person), purpose="inquiry")
    me = Actor(person_id=person)
    assert queries.list_looks(me, now=NOW + timedelta(days=89)) == []
    assert len(queries.list_looks(me, now=NOW + timedelta(days=90))) == 1
    assert queries.export_own_data(me, now=NOW)["looks_at_my_data"] == []


@pytest.mark.django_db
def test_other_people_s_looks_are_not_mine(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    mine, other, officer = new_person(), new_person(), staff()
    for _ in range(3):
        look(officer, Subject(other))
    for number in range(20):
        look(officer, Subject(mine, f"C69-{number}"))
    with django_assert_num_queries(2):
        assert len(queries.list_looks(Actor(person_id=mine), now=NOW)) == 20


@pytest.mark.django_db
def test_somebody_without_an_account_finds_looks_by_their_matter() -> None:
    look(staff(), Subject(None, "C69-0001234-7"))
    (group,) = queries.list_looks_at_matter("C69-0001234-7", now=NOW)
    assert group.count == 1
    assert queries.list_looks_at_matter("C69-0001235-4", now=NOW) == ()


@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from(["a", "b"]), st.sampled_from(["", "C69-1"]))))
def test_folding_looks_loses_none_and_keeps_the_newest_first(rows: list[tuple[int, str, str]]) -> None:
    looks = [
        rules.Look(number, agency, "officer", "audit", matter, NOW - timedelta(hours=hours))
        for number, (hours, agency, matter) in enumerate(sorted(rows))
    ]
    groups = rules.group_looks(looks)
    assert sum(group.count for group in groups) == len(looks)
    assert [g.last.occurred_at for g in groups] == sorted((g.last.occurred_at for g in groups), reverse=True)
    assert len({(g.day, g.last.agency, g.last.matter) for g in groups}) == len(groups)


def test_every_purpose_has_a_basis_and_only_an_inquiry_is_delayed() -> None:
    delayed = [code for code, purpose in rules.PURPOSES.items() if purpose.delay]
    assert delayed == ["inquiry"]


@pytest.mark.django_db
def test_a_person_asks_why_and_the_agency_answers() -> None:
    person, officer, head = new_person(), staff(), staff(Role.SUPERVISOR)
    look(officer, Subject(person))
    me, record = Actor(person_id=person), AccessRecord.objects.get().pk
    actions.question_access(actor=me, record_id=record, text=" ทำไมถึงเปิดดู ", now=NOW)
    (asked,) = queries.list_open_questions(head)
    assert (asked.text, asked.due_at) == ("ทำไมถึงเปิดดู", NOW + timedelta(days=30))
    assert queries.list_open_questions(officer) == []
    assert queries.list_open_questions(staff(Role.SUPERVISOR, "doh")) == []
    actions.explain_access(actor=head, question_id=asked.id, text="เพื่อโทรกลับ", now=NOW)
    (shown,) = queries.list_looks(me, now=NOW)
    assert (shown.question, shown.answer) == ("ทำไมถึงเปิดดู", "เพื่อโทรกลับ")
    kinds = list(Entry.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["access.recorded", "access.questioned", "access.explained"]
    assert not any("เปิดดู" in bytes(e.body).decode() for e in Entry.objects.all())


@pytest.mark.django_db
def test_questions_that_cannot_be_asked_or_answered() -> None:
    person, head = new_person(), staff(Role.SUPERVISOR)
    look(staff(), Subject(person))
    me, record = Actor(person_id=person), AccessRecord.objects.get().pk
    with pytest.raises(NotFound):
        actions.question_access(actor=Actor(person_id=new_person()), record_id=record, text="?", now=NOW)
    for text in ("  ", "x" * 2001):
        with pytest.raises(Invalid):
            actions.question_access(actor=me, record_id=record, text=text, now=NOW)
    actions.question_access(actor=me, record_id=record, text="?", now=NOW)
    with pytest.raises(Conflict):
        actions.question_access(actor=me, record_id=record, text="?", now=NOW)
    question = queries.list_open_questions(head)[0].id
    with pytest.raises(Refused):
        actions.explain_access(actor=staff(), question_id=question, text="!", now=NOW)
    with pytest.raises(NotFound):
        actions.explain_access(actor=head, question_id=0, text="!", now=NOW)
    with pytest.raises(NotFound):
        queries.get_open_question(staff(Role.SUPERVISOR, "doh"), question)
    actions.explain_access(actor=head, question_id=question, text="!", now=NOW)
    with pytest.raises(Conflict):
        actions.explain_access(actor=head, question_id=question, text="!", now=NOW)


def enter(client: Client, person_id: int) -> None:
    session = client.session
    session.update(
        {
            "person_id": person_id,
            "assurance_level": 2,
            "authenticated_at": int(NOW.timestamp()),
            "way": "demo",
        }
    )
    session.save()


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_pages_from_look_to_answer(client: Client, monkeypatch: pytest.MonkeyPatch, prefix: str) -> None:
    person, officer, head = new_person(), staff(), staff(Role.SUPERVISOR)
    look(officer, Subject(person, "C69-0001234-7"))
    look(officer, Subject(person, "C69-0001234-7"), at=NOW + timedelta(minutes=5))
    grants = {head.person_id: head.grants}
    monkeypatch.setattr(slots, "grants_of", lambda person_id: grants.get(person_id, ()))
    enter(client, person)
    with clock.frozen(NOW + timedelta(hours=1)):
        page = client.get(f"{prefix}/me/access/").content.decode()
        assert "C69-0001234-7" in page
        assert ("(2 times that day)" if prefix else "(2 ครั้งในวันนั้น)") in page
        record = AccessRecord.objects.order_by("-pk")[0].pk
        why = f"{prefix}/me/access/{record}/why/"
        assert f'href="{why}"' in page
        assert client.get(why).status_code == 200
        assert client.post(why, {"text": ""}).status_code == 422
        assert client.post(why, {"text": "Why?"})["Location"] == f"{prefix}/me/access/"
        assert client.get(f"{prefix}/desk/access-questions/").status_code == 403
        assert head.person_id is not None
        enter(client, head.person_id)
        page = client.get(f"{prefix}/desk/access-questions/").content.decode()
        assert "Why?" in page
        question = queries.list_open_questions(head)[0].id
        answer = f"{prefix}/desk/access-questions/{question}/"
        assert client.get(answer).status_code == 200
        assert client.post(answer, {"text": ""}).status_code == 422
        assert client.post(answer, {"text": "To call you back."}).status_code == 302
        enter(client, person)
        assert "To call you back." in client.get(f"{prefix}/me/access/").content.decode()


@pytest.mark.django_db
def test_a_stranger_is_led_to_sign_in_and_back(client: Client) -> None:
    response = client.get("/me/access/")
    assert response.status_code == 302
    assert response["Location"] == "/sign-in/?next=%2Fme%2Faccess%2F"


@pytest.mark.django_db
def test_research_looks_only_at_those_who_agreed_and_still_do() -> None:
    researcher, agreeing, other = staff(), new_person(), new_person()
    me = Actor(person_id=agreeing)
    actions.give_consent(actor=me, purpose="agreed_research", wording="2026-1", now=NOW)
    look(researcher, Subject(agreeing), purpose="agreed_research")
    for subjects in ([Subject(other)], [Subject(agreeing), Subject(other)], [Subject(matter="C69-1")]):
        with pytest.raises(Refused):
            look(researcher, *subjects, purpose="agreed_research")
    (agreed,) = queries.list_consents(me)
    actions.withdraw_consent(actor=me, consent_id=agreed.id, now=NOW)
    with pytest.raises(Refused):
        look(researcher, Subject(agreeing), purpose="agreed_research")
    assert AccessRecord.objects.count() == 1
