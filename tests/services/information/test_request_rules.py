"""What may become of a request, and what its person may do then, for any state and any day."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.services.information.the_law import DAY, LAW, WAYS, days, rows

from sala.core.errors import Conflict, Invalid
from sala.services.information.rules import grounds as ground_rules
from sala.services.information.rules import proceedings, states
from sala.services.information.rules.grounds import Ground, Reasons, Remedy, Wish
from sala.services.information.rules.periods import Basis
from sala.services.information.rules.proceedings import Kind, Proceeding, Ruling, Stage, Step
from sala.services.information.rules.standing import (
    Case,
    Standing,
    Who,
    answer_expected_on,
    awaited,
    is_overdue,
    standing,
)
from sala.services.information.rules.states import Move, Status
from sala.services.information.rules.ways import WayKind, next_ways

SECTIONS = {row["ground"] for row in rows("grounds.csv")}
BEFORE_ANSWER = sorted(states.OPEN | {Status.ASLEEP})


@st.composite
def proceedings_of(draw: st.DrawFn, after: date) -> Proceeding:
    """A complaint or appeal as it can really stand: decided ones have a ruling, forwarded ones a day."""
    kind = draw(st.sampled_from(sorted(Kind)))
    stage = draw(st.sampled_from(sorted({Stage.AT_BOARD} | set(proceedings.STEPS[kind].values()))))
    filed = after + days(draw(st.integers(0, 40)))
    forwarded = filed + days(7) if kind is not Kind.COMPLAINT and stage is not Stage.AT_BOARD else None
    is_decided = stage is Stage.DECIDED
    return Proceeding(
        kind=kind,
        stage=stage,
        filed_on=filed,
        forwarded_on=forwarded,
        is_extended=draw(st.booleans()),
        decided_on=filed + days(30) if is_decided else None,
        ruling=draw(st.sampled_from(sorted(Ruling))) if is_decided else None,
    )


@st.composite
def cases(draw: st.DrawFn, statuses: list[Status] = sorted(Status)) -> Case:  # noqa: B008  # made once, read only
    """A request as it can really stand."""
    status = draw(st.sampled_from(statuses))
    received = DAY + days(draw(st.integers(0, 400)))
    is_answered = status in states.ANSWERED or draw(st.booleans())
    given_answers = sorted(states.ANSWERED)
    answer = (
        (status if status in states.ANSWERED else draw(st.sampled_from(given_answers)))
        if is_answered
        else None
    )
    with_grounds = answer in (Status.REFUSED, Status.PARTLY_GRANTED)
    return Case(
        status=status,
        received_on=received,
        wish=draw(st.sampled_from(sorted(Wish))),
        asked_on=received + days(2) if status in (Status.CLARIFYING, Status.ASLEEP) else None,
        clarified_on=draw(st.none() | st.just(received + days(5))),
        answer=answer,
        notified_on=received + days(10) if answer else None,
        reopened_on=received + days(20) if answer and status in states.WITH_OFFICE else None,
        grounds=(
            draw(st.frozensets(st.sampled_from(sorted(Ground)), min_size=1, max_size=3))
            if with_grounds
            else frozenset()
        ),
        proceedings=tuple(draw(st.lists(proceedings_of(received), max_size=3))),
        is_given=draw(st.booleans()),
    )


@given(st.sampled_from(Status), st.sampled_from(Move))
def test_a_move_goes_where_the_table_says_or_nowhere(status: Status, what: Move) -> None:
    if what in states.moves_from(status):
        assert states.move(status, what) is states.MOVES[status, what]
    else:
        with pytest.raises(Conflict):
            states.move(status, what)


@pytest.mark.req("ODP-3")
def test_from_every_state_an_end_can_be_reached() -> None:
    ends = set(states.ENDED)
    for _ in Status:
        ends |= {at for (at, _), to in states.MOVES.items() if to in ends}
    assert ends == set(Status)


def test_every_state_can_be_reached_from_the_first() -> None:
    reached = {Status.RECEIVED}
    for _ in Status:
        reached |= {to for (at, _), to in states.MOVES.items() if at in reached}
    assert reached == set(Status)


def test_silence_of_the_person_never_ends_a_request() -> None:
    assert states.move(Status.CLARIFYING, Move.LAPSE) is Status.ASLEEP
    assert states.move(Status.ASLEEP, Move.CLARIFY) is Status.RECEIVED


@pytest.mark.parametrize("kind", Kind)
def test_only_an_appeal_goes_on_to_the_tribunal(kind: Kind) -> None:
    if kind is Kind.COMPLAINT:
        with pytest.raises(Conflict):
            proceedings.step(kind, Stage.AT_BOARD, Step.FORWARD)
    else:
        assert proceedings.step(kind, Stage.AT_BOARD, Step.FORWARD) is Stage.BEFORE_TRIBUNAL
        with pytest.raises(Conflict):
            proceedings.step(kind, Stage.AT_BOARD, Step.DECIDE)


@given(cases(), st.integers(0, 900))
@pytest.mark.req("ODP-3")
def test_there_is_always_a_way_on_and_none_that_is_over(case: Case, later: int) -> None:
    today = case.received_on + days(later)
    ways = next_ways(case, LAW, WAYS, today)
    assert ways
    assert all(way.until is None or way.until >= today for way in ways)
    assert len({way.kind for way in ways}) == len(ways), "no way is offered twice"
    firsts = [way.is_first for way in ways]
    assert firsts == sorted(firsts, reverse=True)


@given(cases(), st.integers(0, 900))
@pytest.mark.req("ODP-3")
def test_nobody_is_sent_to_the_board_where_only_an_appeal_is_open(case: Case, later: int) -> None:
    case = replace(
        case, grounds=frozenset({Ground.S15_2}), answer=Status.REFUSED, status=Status.REFUSED, proceedings=()
    )
    kinds = {way.kind for way in next_ways(case, LAW, WAYS, case.received_on + days(later))}
    assert not kinds & {WayKind.COMPLAIN_NOT_GIVEN, WayKind.COMPLAIN_SLOW, WayKind.COMPLAIN_NOT_HELD}


@given(cases(sorted(states.ANSWERED)), st.integers(0, 60))
@pytest.mark.req("ODP-3")
def test_nobody_is_told_to_appeal_where_the_act_gives_no_appeal(case: Case, later: int) -> None:
    case = replace(case, grounds=frozenset({Ground.S11_BULK}), answer=Status.REFUSED, status=Status.REFUSED)
    case = replace(case, proceedings=())
    kinds = {way.kind for way in next_ways(case, LAW, WAYS, case.received_on + days(later))}
    assert WayKind.APPEAL_REFUSAL not in kinds
    assert WayKind.COMPLAIN_NOT_GIVEN in kinds


@given(cases(sorted(states.ANSWERED)), st.integers(0, 60))
def test_opening_a_request_again_takes_no_appeal_away(case: Case, later: int) -> None:
    today = (case.notified_on or case.received_on) + days(later)
    again = replace(case, status=Status.RECEIVED, reopened_on=today)
    appeals = {WayKind.APPEAL_REFUSAL, WayKind.APPEAL_CORRECTION}
    before = {way.kind for way in next_ways(case, LAW, WAYS, today)} & appeals
    assert before == {way.kind for way in next_ways(again, LAW, WAYS, today)} & appeals


@given(cases(BEFORE_ANSWER))
@pytest.mark.req("ODP-3")
def test_sending_a_request_on_or_asking_third_parties_moves_no_date(case: Case) -> None:
    dates = {
        answer_expected_on(replace(case, status=status), LAW)
        for status in (Status.RECEIVED, Status.TRANSFERRED, Status.CONSULTING)
    }
    assert len(dates) == 1


@given(cases(BEFORE_ANSWER), st.integers(0, 60))
def test_a_date_never_moves_to_an_earlier_day(case: Case, later: int) -> None:
    answered_late = replace(case, clarified_on=(case.clarified_on or case.received_on) + days(later))
    assert answer_expected_on(answered_late, LAW) >= answer_expected_on(case, LAW)


@given(cases(), st.integers(0, 900))
def test_a_request_is_late_exactly_from_the_day_after(case: Case, later: int) -> None:
    today = case.received_on + days(later)
    is_owed_an_answer = case.status in states.WITH_OFFICE
    assert is_overdue(case, LAW, today) == (is_owed_an_answer and today > answer_expected_on(case, LAW))


@given(cases(), st.integers(0, 900))
def test_every_request_stands_in_one_word_and_ended_ones_await_nobody(case: Case, later: int) -> None:
    stands = standing(case, LAW, case.received_on + days(later))
    assert stands in Standing
    if case.status in states.ENDED:
        assert awaited(case, LAW) is None


def refused(*on: Ground, notified_on: date = DAY) -> Case:
    return Case(
        status=Status.REFUSED,
        received_on=DAY - days(10),
        answer=Status.REFUSED,
        notified_on=notified_on,
        grounds=frozenset(on),
    )


@pytest.mark.req("ODP-3")
def test_a_refusal_under_section_15_is_appealed_within_fifteen_days_to_the_tribunal() -> None:
    first = next_ways(refused(Ground.S15_5), LAW, WAYS, DAY)[0]
    assert (first.kind, first.until, first.rule.to) == (
        WayKind.APPEAL_REFUSAL,
        date(2026, 11, 17),
        Who.TRIBUNAL,
    )
    assert first.rule.section_en == "section 18"
    late = next_ways(refused(Ground.S15_5), LAW, WAYS, date(2026, 11, 18))
    assert WayKind.APPEAL_REFUSAL not in {way.kind for way in late}


def test_a_refusal_to_correct_ones_own_data_leaves_thirty_days() -> None:
    case = replace(refused(Ground.S25_CORRECTION), wish=Wish.CORRECTION)
    ways = {way.kind: way for way in next_ways(case, LAW, WAYS, DAY)}
    assert ways[WayKind.APPEAL_CORRECTION].until == date(2026, 12, 2)
    assert WayKind.ATTACH_NOTE in ways, "that note may be attached in any case"


def test_who_is_told_that_nothing_is_held_may_have_the_board_look() -> None:
    case = Case(status=Status.NOT_HELD, received_on=DAY, answer=Status.NOT_HELD, notified_on=DAY)
    ways = next_ways(case, LAW, WAYS, DAY + days(200))
    assert ways[0].kind is WayKind.COMPLAIN_NOT_HELD
    assert ways[0].until is None
    assert "33" in ways[0].rule.section_en
    closed = replace(case, status=Status.CLOSED)
    assert WayKind.COMPLAIN_NOT_HELD in {way.kind for way in next_ways(closed, LAW, WAYS, DAY + days(200))}


@pytest.mark.req("ODP-3")
def test_a_silent_office_is_late_after_the_expected_day_and_a_complaint_comes_first_then() -> None:
    case = Case(status=Status.RECEIVED, received_on=DAY)
    in_time, late = date(2026, 11, 17), date(2026, 11, 18)
    assert standing(case, LAW, in_time) is Standing.RECEIVED
    assert standing(case, LAW, late) is Standing.OVERDUE
    before = {way.kind: way for way in next_ways(case, LAW, WAYS, in_time)}
    assert not before[WayKind.COMPLAIN_SLOW].is_first, "the Act allows it on any day; we do not press for it"
    after = {way.kind: way for way in next_ways(case, LAW, WAYS, late)}
    assert after[WayKind.COMPLAIN_SLOW].is_first
    assert after[WayKind.REMIND].is_first


@pytest.mark.req("ODP-3")
def test_an_appeal_goes_its_way_with_its_clocks() -> None:
    case = refused(Ground.S15_1)
    filed = Proceeding(Kind.APPEAL, Stage.AT_BOARD, filed_on=date(2026, 11, 9))
    case = replace(case, proceedings=(filed,))
    assert standing(case, LAW, DAY) is Standing.APPEALED
    board = awaited(case, LAW)
    assert board is not None
    assert (board.who, board.until) == (Who.BOARD, date(2026, 11, 16))

    passed_on = replace(filed, stage=Stage.BEFORE_TRIBUNAL, forwarded_on=date(2026, 11, 13))
    case = replace(case, proceedings=(passed_on,))
    assert standing(case, LAW, DAY) is Standing.BEFORE_TRIBUNAL
    tribunal = awaited(case, LAW)
    assert tribunal is not None
    assert (tribunal.who, tribunal.until) == (Who.TRIBUNAL, date(2026, 12, 14))
    longer = awaited(replace(case, proceedings=(replace(passed_on, is_extended=True),)), LAW)
    assert longer is not None
    assert longer.until == date(2027, 1, 12), "sixty days in all from the day the Tribunal received it"

    ruled = replace(
        passed_on, stage=Stage.DECIDED, decided_on=date(2026, 12, 14), ruling=Ruling.UPHELD, is_extended=False
    )
    case = replace(case, proceedings=(ruled,))
    assert standing(case, LAW, DAY) is Standing.DECIDED
    kinds = [way.kind for way in next_ways(case, LAW, WAYS, date(2026, 12, 20))]
    assert WayKind.COMPLAIN_NOT_OBEYED in kinds
    assert WayKind.GO_TO_COURT not in kinds, "whoever was found right needs no court"
    given = replace(case, status=Status.GRANTED, answer=Status.GRANTED, grounds=frozenset(), is_given=True)
    assert standing(given, LAW, DAY) is Standing.GRANTED


def test_what_a_court_may_do_is_told_as_not_verified() -> None:
    ruled = Proceeding(
        Kind.APPEAL, Stage.DECIDED, DAY, forwarded_on=DAY, decided_on=DAY + days(30), ruling=Ruling.DISMISSED
    )
    case = replace(refused(Ground.S15_1), proceedings=(ruled,))
    court = next(way for way in next_ways(case, LAW, WAYS, DAY + days(31)) if way.kind is WayKind.GO_TO_COURT)
    assert court.rule.basis is Basis.NOT_VERIFIED
    assert court.until is None


def test_every_way_and_every_ground_has_its_section_in_the_tables() -> None:
    assert {rule.way for rule in WAYS} == set(WayKind)
    assert {ground.value for ground in Ground} == SECTIONS


@given(st.sampled_from(Ground))
def test_every_ground_leaves_exactly_one_way_open(ground: Ground) -> None:
    assert ground_rules.remedy(ground) in Remedy
    assert ground_rules.needs_weighing(ground) == ground.value.startswith("s15_")


@pytest.mark.req("ODP-3")
@pytest.mark.parametrize(
    ("reasons", "wish", "wrong"),
    [
        (Reasons((), ()), Wish.INFORMATION, {"grounds": "ground_missing"}),
        (Reasons((Ground.S15_5,), ("สั้นไป",)), Wish.INFORMATION, {"words": "reason_too_short"}),
        (Reasons((Ground.S15_5,), ()), Wish.INFORMATION, {"words": "reason_too_short"}),
        (
            Reasons((Ground.S15_5, Ground.S15_5), ("เหตุผลที่ยาวพอจะอ่านเข้าใจ",) * 2),
            Wish.INFORMATION,
            {"grounds": "ground_twice"},
        ),
        (
            Reasons((Ground.S25_CORRECTION,), ("เหตุผลที่ยาวพอจะอ่านเข้าใจ",)),
            Wish.INFORMATION,
            {"grounds": "ground_does_not_fit"},
        ),
    ],
)
def test_a_refusal_without_its_section_and_reason_is_not_taken(
    reasons: Reasons, wish: Wish, wrong: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as refusal:
        ground_rules.require_reasons(reasons, wish=wish)
    assert refusal.value.fields == wrong


def test_a_refusal_with_section_and_reason_is_taken() -> None:
    reasons = Reasons((Ground.S15_3,), ("เป็นความเห็นภายในที่ยังไม่ยุติ ส่วนข้อเท็จจริงแนบมาแล้ว",))
    ground_rules.require_reasons(reasons, wish=Wish.INFORMATION)
