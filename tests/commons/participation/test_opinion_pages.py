"""The pages of a conversation: one statement after the other, the map, the files, the office's side."""

import csv
import io
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client
from tests.commons.participation.conversations import SEEDS, crowd, opened
from tests.small_state import NOW

from sala.commons.participation import actions, queries
from sala.commons.participation.forms import OpeningForm
from sala.commons.participation.models import Conversation, Statement, Vote
from sala.core.actors import SYSTEM
from sala.engines import opinions

pytestmark = pytest.mark.usefixtures("state")


def at(where: Conversation, more: str = "") -> str:
    """The address of a conversation's page."""
    return f"/opinions/{where.matter.reference}{more}"


def answer(client: Client, where: Conversation, page: Any, v: str = "agree") -> Any:
    """Press a button of the page shown."""
    number = page.context["turn"].statement.number
    return client.post(at(where), {"number": number, "v": v}, follow=True)


@pytest.mark.req("LAW-2.1")
def test_a_browser_answers_one_statement_after_the_other_until_all_are_answered(client: Client) -> None:
    where = opened()
    page: Any = client.get(at(where))
    for _ in SEEDS:
        assert page.context["turn"].statement is not None
        page = answer(client, where, page)
    assert page.context["turn"].statement is None
    assert "คุณตอบครบทุกข้อแล้ว" in page.content.decode()
    assert Vote.objects.values("mark").distinct().count() == 1


@pytest.mark.req("LAW-2.1")
def test_without_a_cookie_nothing_counts_and_the_page_says_why(client: Client) -> None:
    where = opened()
    page = client.post(at(where), {"number": 1, "v": "agree"}, follow=True)
    assert "คุกกี้" in page.content.decode()
    assert not Vote.objects.exists()


@pytest.mark.req("LAW-2.1")
@pytest.mark.parametrize(
    "sent", [{}, {"number": "x", "v": "agree"}, {"number": "99999", "v": "agree"}, {"number": "1", "v": "2"}]
)
def test_a_form_that_nobody_could_send_changes_nothing(client: Client, sent: dict[str, str]) -> None:
    where = opened()
    client.get(at(where))
    assert client.post(at(where), sent, follow=True).status_code == 200
    assert not Vote.objects.exists()


@pytest.mark.req("LAW-2.1")
def test_an_answer_is_changed_and_its_page_never_shows_what_others_said(client: Client) -> None:
    where = opened()
    crowd(where)
    answer(client, where, client.get(at(where)))
    before = client.get(at(where)).context["turn"].before
    page = client.get(at(where, f"?statement={before[0].number}"))
    assert page.context["turn"].statement.number == before[0].number
    answer(client, where, page, "disagree")
    assert client.get(at(where)).context["turn"].before[1] == -1


@pytest.mark.req("LAW-2.1")
def test_the_voting_page_costs_the_same_however_many_voted(
    client: Client, django_assert_num_queries: Any
) -> None:
    where = opened()
    client.get(at(where))
    with django_assert_num_queries(5):
        client.get(at(where))
    crowd(where, people=60)
    with django_assert_num_queries(5):
        client.get(at(where))


@pytest.mark.req("LAW-2.2")
def test_the_map_says_who_it_speaks_for_and_shows_every_group(
    client: Client, django_assert_num_queries: Any
) -> None:
    where = opened()
    assert "ยังไม่มีแผนที่" in client.get(at(where, "/map")).content.decode()
    crowd(where)
    actions.draw_conversation(actor=SYSTEM, now=NOW, reference=where.matter.reference)
    with django_assert_num_queries(4):
        page = client.get(at(where, "/map"))
    text = page.content.decode()
    assert "คนเหล่านี้เลือกเข้ามาตอบเอง" in text
    assert text.index("เห็นพ้องกันทุกกลุ่ม") < text.index("ต่างกันชัดที่สุด")
    assert {one.number for one in page.context["apart"]} == {1, 2, 3, 4}
    assert {one.number for one in page.context["shared"]} <= {5, 6, 7, 8}
    assert sum(group["size"] for group, _ in page.context["groups"]) == 30


@pytest.mark.req("LAW-2.2")
def test_the_files_read_back_by_the_engine_make_the_same_map(client: Client) -> None:
    where = opened()
    crowd(where)
    actions.draw_conversation(actor=SYSTEM, now=NOW, reference=where.matter.reference)
    drawn = queries.find_map(where)
    assert drawn is not None
    comments = opinions.read_comments(
        client.get(at(where, "/comments.csv")).content.decode().splitlines(keepends=True)
    )
    for name in ("votes", "participants-votes"):
        file = client.get(at(where, f"/{name}.csv")).content
        found = opinions.to_document(opinions.draw_map(opinions.read_votes(io.BytesIO(file)), comments))
        del found["participants"]
        assert found == drawn.document
    assert client.get(at(where, "/summary.csv")).content.decode().startswith("topic,")
    assert client.get(at(where, "/else.csv")).status_code == 404


@pytest.mark.req("LAW-2.2")
def test_answers_of_four_people_are_not_handed_out(client: Client) -> None:
    where = opened()
    crowd(where, people=4)
    assert client.get(at(where, "/votes.csv")).status_code == 409
    assert "1,0,0," not in client.get(at(where, "/comments.csv")).content.decode()


@pytest.mark.req("LAW-2.1")
def test_a_statement_too_long_comes_back_with_its_words(client: Client) -> None:
    where = opened()
    client.get(at(where))
    page = client.post(at(where, "/add"), {"text": "ก" * 141})
    assert page.status_code == 422
    assert "ก" * 141 in page.content.decode()
    client.post(at(where, "/add"), {"text": "ไฟควรเปิดตามแสง"})
    assert Statement.objects.get(is_seed=False).standing == "waiting"


@pytest.mark.req("LAW-1.3")
def test_nobody_but_an_office_opens_the_office_pages(client: Client) -> None:
    where = opened()
    for path in ("/opinions/work/", "/opinions/work/new", f"/opinions/work/{where.matter.reference}"):
        assert client.get(path).status_code in (302, 403)


@pytest.mark.req("LAW-2.2")
def test_the_files_read_by_the_reference_program_show_the_same_two_camps(client: Client) -> None:
    polis = pytest.importorskip("reddwarf.implementations.polis", reason="red-dwarf is not installed")
    where = opened()
    crowd(where)
    file = client.get(at(where, "/votes.csv")).content
    rows = [dict(row) for row in csv.DictReader(io.StringIO(file.decode()))]
    votes = [
        {
            "participant_id": int(row["voter-id"]),
            "statement_id": int(row["comment-id"]),
            "vote": int(row["vote"]),
        }
        for row in rows
    ]
    theirs = polis.run_pipeline(votes=votes, force_group_count=2, random_state=0).participants_df
    settings = opinions.Settings(groups=2)
    ours = opinions.draw_map(opinions.read_votes(io.BytesIO(file)), settings=settings)
    camps = {
        frozenset(theirs.index[theirs["cluster_id"] == label].tolist())
        for label in theirs["cluster_id"].dropna().unique()
    }
    assert camps == {
        frozenset(ours.votes.participants[ours.labels == group.number].tolist()) for group in ours.groups
    }


@pytest.mark.req("LAW-2.1")
def test_the_page_of_a_matter_leads_to_its_conversation_and_of_another_to_none(
    django_assert_num_queries: Any,
) -> None:
    where = opened()
    page = Template("{% load opinion_links %}{% opinion_link key reference %}")
    with django_assert_num_queries(1):
        shown = page.render(Context({"key": where.pk, "reference": where.matter.reference}))
    assert f"/opinions/{where.matter.reference}/map" in shown
    assert not page.render(Context({"key": where.pk + 1, "reference": "C69-0000009-9"})).strip()


@pytest.mark.req("LAW-2.1")
def test_conversations_are_a_public_table(client: Client) -> None:
    where = opened()
    crowd(where)
    actions.draw_conversation(actor=SYSTEM, now=NOW, reference=where.matter.reference)
    rows = list(csv.DictReader(io.StringIO(client.get("/data/opinions.csv").content.decode("utf-8-sig"))))
    assert [(row["matter"], row["people"], row["answers"]) for row in rows] == [
        (where.matter.reference, "30", "240")
    ]


@pytest.mark.req("LAW-2.1")
@pytest.mark.parametrize("typed", ["31/12/ค.ศ. 9999", "31/2/2569", "\u202e"])
def test_a_last_day_without_a_day_behind_it_is_refused_in_words(typed: str) -> None:
    form = OpeningForm({"reference": "C69-0000001-1", "question": "อะไร", "seeds": "หนึ่ง", "closes_on": typed})
    assert list(form.errors) == ["closes_on"]
