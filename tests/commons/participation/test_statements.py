"""Conversations: who votes, when, how often; what becomes public, by which rules; the map and its sameness."""

import pytest
from django.db import connection
from tests.commons.participation.conversations import SEEDS, crowd, mark, matter, officer_of, opened, say
from tests.small_state import NOW

from sala.commons.identity.models import Person
from sala.commons.ledger import actions as ledger
from sala.commons.participation import actions, queries
from sala.commons.participation.models import DrawnMap, Statement, Vote
from sala.commons.participation.rules import statements as rules
from sala.commons.participation.rules.statements import Opinion, Reason
from sala.core.actors import ANONYMOUS, SYSTEM, Actor, Grant, Role
from sala.core.errors import Conflict, Invalid, NotFound, Refused


@pytest.mark.usefixtures("state")
@pytest.mark.req("LAW-2.1")
def test_the_last_thing_somebody_says_to_a_statement_counts_and_earlier_rows_stay() -> None:
    where = opened()
    say(where, "a", 1, Opinion.AGREE)
    say(where, "a", 1, Opinion.DISAGREE)
    say(where, "b", 1, Opinion.PASS)
    assert Vote.objects.count() == 3
    assert sorted(one[2] for one in queries.last_opinions(where)) == [-1, 0]
    assert queries.own_opinions(where, mark("a"))[1][0] == Opinion.DISAGREE


@pytest.mark.usefixtures("state")
@pytest.mark.req("LAW-2.1")
@pytest.mark.parametrize(("opens", "closes"), [("+ 1 hour", "+ 2 hours"), ("- 2 hours", "+ 0 hours")])
def test_before_it_opens_and_from_its_closing_instant_on_no_opinion_is_taken(opens: str, closes: str) -> None:
    where = opened()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE participation_conversation SET opens_at = now() + %s::interval, closes_at = now() + %s::interval",
            [opens, closes],
        )
    with pytest.raises(Conflict, match="not_open_for_opinions"):
        say(where, "late", 1, Opinion.AGREE)
    assert not Vote.objects.exists()


@pytest.mark.usefixtures("state")
@pytest.mark.req("LAW-2.1")
def test_a_browser_votes_only_where_the_conversation_lets_it() -> None:
    where = opened(allows_pseudonyms=False)
    with pytest.raises(Refused, match="sign_in_first"):
        say(where, "a", 1, Opinion.AGREE)


@pytest.mark.usefixtures("state")
@pytest.mark.req("LAW-2.1")
def test_what_people_add_waits_covered_and_nobody_votes_on_it_until_it_is_let_in() -> None:
    where = opened()
    reference = where.matter.reference
    told = actions.tell_statement(
        actor=ANONYMOUS, now=NOW, reference=reference, text="โทร 081-234-5678 มาคุยกัน", mark=mark("a")
    )
    assert "081" not in Statement.objects.get(pk=told.pk).text
    with pytest.raises(Conflict, match="not_open_for_opinions"):
        say(where, "b", told.number, Opinion.AGREE)
    officer = officer_of(reference)
    actions.decide_statement(actor=officer, now=NOW, reference=reference, number=told.number)
    say(where, "b", told.number, Opinion.AGREE)
    actions.decide_statement(
        actor=officer, now=NOW, reference=reference, number=told.number, reason=Reason.PERSONAL_DATA
    )
    assert list(queries.last_opinions(where)) == []


@pytest.mark.usefixtures("state")
@pytest.mark.req("LAW-2.1")
def test_the_same_words_again_are_refused_whatever_their_spaces_and_stops() -> None:
    where = opened()
    reference = where.matter.reference
    with pytest.raises(Conflict, match="said_already"):
        actions.tell_statement(
            actor=ANONYMOUS, now=NOW, reference=reference, text=f" {SEEDS[0]} . ", mark=mark("a")
        )
    with pytest.raises(Invalid):
        actions.tell_statement(actor=ANONYMOUS, now=NOW, reference=reference, text="ก" * 141, mark=mark("a"))


@pytest.mark.usefixtures("state")
@pytest.mark.req("LAW-1.3")
def test_only_the_office_of_the_matter_opens_decides_and_closes() -> None:
    reference = matter()
    opening = actions.Opening(question="ไฟทาง", seeds=SEEDS)
    stranger = Actor(None, (Grant(Role.OFFICER, "nowhere"),))
    with pytest.raises(Refused, match="not_your_agency"):
        actions.open_conversation(actor=stranger, now=NOW, reference=reference, opening=opening)
    officer = officer_of(reference)
    actions.open_conversation(actor=officer, now=NOW, reference=reference, opening=opening)
    with pytest.raises(Conflict, match="conversation_there_already"):
        actions.open_conversation(actor=officer, now=NOW, reference=reference, opening=opening)
    with pytest.raises(Refused, match="not_your_agency"):
        actions.close_conversation(actor=stranger, now=NOW, reference=reference)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE participation_conversation SET opens_at = now() - interval '1 hour'")
    actions.close_conversation(actor=officer, now=NOW, reference=reference)
    with pytest.raises(Conflict, match="not_open_for_opinions"):
        say(queries.get_conversation(reference), "a", 1, Opinion.AGREE)


@pytest.mark.usefixtures("state")
@pytest.mark.req("LAW-2.2")
def test_the_same_opinions_make_the_same_picture_and_leave_no_second_entry() -> None:
    where = opened()
    crowd(where)
    reference = where.matter.reference
    assert actions.draw_conversation(actor=SYSTEM, now=NOW, reference=reference)
    first = DrawnMap.objects.get()
    assert (first.people, first.opinions) == (30, 240)
    assert not actions.draw_conversation(actor=SYSTEM, now=NOW, reference=reference)
    DrawnMap.objects.all().delete()
    assert actions.draw_conversation(actor=SYSTEM, now=NOW, reference=reference)
    second = DrawnMap.objects.get()
    assert bytes(first.picture_th) == bytes(second.picture_th)
    assert first.document == second.document
    assert "participants" not in second.document


@pytest.mark.usefixtures("state")
@pytest.mark.req("LAW-2.2")
def test_no_map_is_drawn_of_four_people() -> None:
    where = opened()
    crowd(where, people=4)
    assert not actions.draw_conversation(actor=SYSTEM, now=NOW, reference=where.matter.reference)


@pytest.mark.usefixtures("state")
@pytest.mark.req("LAW-2.1")
def test_who_erases_themselves_is_named_by_no_statement_while_the_words_let_in_stay() -> None:
    where = opened()
    told = actions.tell_statement(
        actor=ANONYMOUS, now=NOW, reference=where.matter.reference, text="ไฟควรเปิดตามแสง", mark=mark("a")
    )
    who = Person.objects.create(created_at=NOW)
    Statement.objects.filter(pk=told.pk).update(person=who)
    ledger.action_without_entry("a test erases for nobody")(actions.erase_statements)(who.pk)
    told.refresh_from_db()
    assert (told.original, bytes(told.mark), told.person_id) == ("", b"", None)
    assert told.text == "ไฟควรเปิดตามแสง"


@pytest.mark.req("LAW-2.1")
def test_everybody_has_an_order_of_their_own_that_stays_and_leaves_none_out() -> None:
    numbers = list(range(1, 25))
    first, second = rules.in_order(numbers, b"a"), rules.in_order(numbers, b"b")
    assert sorted(first) == sorted(second) == numbers
    assert first != second
    assert rules.next_statement(numbers, set(first[:7]), b"a") == first[7]
    assert rules.next_statement(numbers, numbers, b"a") is None


@pytest.mark.usefixtures("state")
@pytest.mark.req("LAW-2.1")
def test_a_matter_that_is_not_public_shows_no_conversation() -> None:
    where = opened()
    type(where.matter).objects.filter(pk=where.pk).update(visibility="agency_only")
    with pytest.raises(NotFound):
        queries.get_conversation(where.matter.reference)
