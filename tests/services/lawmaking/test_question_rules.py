"""The rules of legal questions: the table of moves, the expected day, what the person may do, what an answer needs."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sala.services.lawmaking
from sala.core.deadlines import Basis, Law, Period, Unit
from sala.core.errors import Conflict, Invalid
from sala.services.lawmaking.rules.questions import (
    ANSWERED,
    MOVES,
    OPEN,
    Case,
    Citation,
    Move,
    Openness,
    OwnAct,
    Reason,
    Standing,
    Status,
    answer_expected_on,
    follow_up_until,
    is_overdue,
    move,
    moves_from,
    own_acts,
    require_citations,
    require_reason,
    standing,
)

TABLE = Path(sala.services.lawmaking.__file__).parent / "data" / "periods.csv"
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


def _law() -> Law:
    with TABLE.open(encoding="utf-8") as lines:
        return Law(
            tuple(
                Period(
                    code=row["code"],
                    days=int(row["days"]),
                    unit=Unit(row["unit"]),
                    law_th=row["law_th"],
                    law_en=row["law_en"],
                    basis=Basis(row["basis"]),
                    valid_from=date.fromisoformat(row["valid_from"]),
                )
                for row in csv.DictReader(lines)
            )
        )


LAW = _law()


def case(status: Status = Status.RECEIVED, received_on: date = date(2026, 11, 19), **more: object) -> Case:
    return Case(status=status, received_on=received_on, **more)  # type: ignore[arg-type]  # told apart


@pytest.mark.req("LAW-Q")
def test_every_state_is_reached_and_only_what_is_over_has_an_end() -> None:
    reached = {Status.RECEIVED, *MOVES.values()}
    assert reached == set(Status)
    assert moves_from(Status.WITHDRAWN) == ()
    for status in OPEN:
        assert Move.WITHDRAW in moves_from(status)


@given(st.sampled_from(Status), st.sampled_from(Move))
def test_a_move_is_in_the_table_or_refused(status: Status, what: Move) -> None:
    if what in moves_from(status):
        assert move(status, what) is MOVES[status, what]
    else:
        with pytest.raises(Conflict):
            move(status, what)


@pytest.mark.req("LAW-Q")
@given(DAYS)
def test_an_answer_is_expected_fifteen_days_after_receipt_or_the_next_working_day(received_on: date) -> None:
    expected = answer_expected_on(case(received_on=received_on), LAW)
    assert timedelta(days=15) <= expected - received_on <= timedelta(days=17)
    assert expected.weekday() < 5


@given(DAYS, st.integers(0, 60))
def test_explaining_never_makes_the_day_earlier_and_passing_on_moves_nothing(
    received_on: date, days: int
) -> None:
    before = answer_expected_on(case(received_on=received_on), LAW)
    explained = case(received_on=received_on, clarified_on=received_on + timedelta(days=days))
    assert answer_expected_on(explained, LAW) >= before
    assert answer_expected_on(case(Status.PASSED, received_on), LAW) == before


@given(st.sampled_from(Status), DAYS, DAYS)
def test_only_what_an_office_has_is_late(status: Status, received_on: date, today: date) -> None:
    told = case(status, received_on)
    late = is_overdue(told, LAW, today)
    assert not late or status in (Status.RECEIVED, Status.PASSED)
    assert (standing(told, LAW, today) is Standing.OVERDUE) is late


def test_the_person_may_do_what_their_state_and_the_day_allow() -> None:
    day = date(2026, 11, 20)
    assert own_acts(case(), LAW, day) == (OwnAct.WITHDRAW,)
    assert own_acts(case(), LAW, date(2026, 12, 10)) == (OwnAct.REMIND, OwnAct.WITHDRAW)
    lately = case(reminded_on=date(2026, 12, 9))
    assert own_acts(lately, LAW, date(2026, 12, 10)) == (OwnAct.WITHDRAW,)
    assert own_acts(case(Status.CLARIFYING), LAW, day) == (OwnAct.EXPLAIN, OwnAct.WITHDRAW)
    hidden = case(openness=Openness.AGENCY_ONLY)
    assert own_acts(hidden, LAW, day) == (OwnAct.PUBLISH, OwnAct.WITHDRAW)


@given(st.sampled_from(sorted(ANSWERED)), DAYS)
def test_what_is_not_clear_may_be_asked_until_the_last_day_and_not_after(status: Status, on: date) -> None:
    told = case(status, on, answered_on=on)
    last = follow_up_until(told, LAW)
    assert last is not None
    assert OwnAct.FOLLOW_UP in own_acts(told, LAW, last)
    assert own_acts(told, LAW, last + timedelta(days=1)) == ()


@pytest.mark.req("LAW-Q")
@pytest.mark.parametrize(
    ("citations", "field"),
    [
        ((), "law_1"),
        ((Citation(" ", "1"),), "law_1"),
        ((Citation("พ.ร.บ.", ""),), "section_1"),
        ((Citation("ก", "1"), Citation("", "2")), "law_2"),
        (tuple(Citation("ก", str(n)) for n in range(6)), "law_1"),
    ],
)
def test_an_answer_without_a_law_and_its_section_is_none(citations: tuple[Citation, ...], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        require_citations(citations)
    assert list(refusal.value.fields) == [field]


def test_not_answering_has_a_reason_in_words_and_leads_to_the_answer_there_is() -> None:
    words = "ศาลปกครองกำลังพิจารณาเรื่องนี้อยู่"
    require_reason(Reason.BEFORE_COURT, words, has_earlier=False)
    require_reason(Reason.ANSWERED_BEFORE, words, has_earlier=True)
    for reason, text, has_earlier, field in (
        (Reason.BEFORE_COURT, "สั้น", False, "text"),
        (Reason.ANSWERED_BEFORE, words, False, "earlier"),
        (Reason.NEEDS_LAWYER, words, True, "earlier"),
    ):
        with pytest.raises(Invalid) as refusal:
            require_reason(reason, text, has_earlier=has_earlier)
        assert list(refusal.value.fields) == [field]


def test_no_period_claims_to_be_read_in_a_law_that_nobody_read() -> None:
    answer = next(period for period in LAW.periods if period.code == "answer")
    assert answer.basis is Basis.NOT_VERIFIED
    assert "text was not read" in answer.law_en
