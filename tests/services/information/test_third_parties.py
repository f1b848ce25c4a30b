"""Those whose interests an answer touches: time to object, and nothing given before their own appeal is over."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.services.information.the_law import CALENDAR, DAY, LAW, PERIODS, WAYS, days

from sala.core.errors import Conflict, Invalid
from sala.services.information.rules.periods import period_in_force
from sala.services.information.rules.proceedings import Ruling
from sala.services.information.rules.third_parties import (
    Notice,
    Reply,
    check_object_until,
    is_heard,
    release,
    require_heard,
    require_objections_decided,
)
from sala.services.information.rules.ways import WayKind, ways_of_third_party

LEAST = period_in_force(PERIODS, "object", DAY)
APPEAL = period_in_force(PERIODS, "appeal", DAY)
ASKED = Notice(received_on=DAY, object_until=date(2026, 11, 17))
OVERRULED = replace(ASKED, reply=Reply.OBJECTS, overruled_on=date(2026, 11, 20))


def release_on(*notices: Notice) -> date | None:
    return release(notices, granted_on=date(2026, 11, 20), appeal=APPEAL, calendar=CALENDAR).on


def test_nobody_has_fewer_than_fifteen_days_to_object() -> None:
    check_object_until(date(2026, 11, 17), received_on=DAY, least=LEAST, calendar=CALENDAR)
    with pytest.raises(Invalid):
        check_object_until(date(2026, 11, 16), received_on=DAY, least=LEAST, calendar=CALENDAR)


def test_nothing_is_granted_while_somebody_may_still_object() -> None:
    with pytest.raises(Conflict):
        require_heard([ASKED], date(2026, 11, 17))
    require_heard([ASKED], date(2026, 11, 18))
    require_heard([replace(ASKED, reply=Reply.AGREES)], DAY)


def test_an_objection_is_decided_before_anything_is_given() -> None:
    with pytest.raises(Conflict):
        require_objections_decided([replace(ASKED, reply=Reply.OBJECTS)])
    require_objections_decided([ASKED, OVERRULED])


@pytest.mark.req("ODP-3")
def test_files_wait_until_the_objector_can_no_longer_appeal() -> None:
    assert release_on() == date(2026, 11, 20), "at once where nobody objected"
    # Told on Friday the 20th; the 15th day is Saturday 5 December; Monday the 7th is a holiday, so Tuesday the 8th.
    assert release_on(OVERRULED) == date(2026, 12, 9)


def test_files_wait_for_the_tribunal_and_are_never_given_against_it() -> None:
    appealed = replace(OVERRULED, appealed_on=date(2026, 11, 30))
    assert release_on(appealed) is None
    assert release_on(replace(appealed, ruling=Ruling.DISMISSED)) == date(2026, 11, 20)
    barred = release(
        [replace(appealed, ruling=Ruling.UPHELD)], granted_on=DAY, appeal=APPEAL, calendar=CALENDAR
    )
    assert barred.is_barred


def test_the_ways_of_a_third_party_follow_their_notice() -> None:
    object_first = ways_of_third_party(ASKED, LAW, WAYS, DAY)
    assert [(way.kind, way.until) for way in object_first] == [(WayKind.OBJECT, date(2026, 11, 17))]
    assert ways_of_third_party(ASKED, LAW, WAYS, date(2026, 11, 18)) == ()
    then = ways_of_third_party(OVERRULED, LAW, WAYS, date(2026, 11, 21))
    assert [(way.kind, way.until) for way in then] == [(WayKind.APPEAL_OVERRULED, date(2026, 12, 8))]
    assert ways_of_third_party(replace(OVERRULED, appealed_on=DAY), LAW, WAYS, date(2026, 11, 21)) == ()


NOTICES = st.lists(
    st.builds(
        lambda overruled, appealed, ruling: Notice(
            received_on=DAY,
            object_until=DAY + days(16),
            reply=Reply.OBJECTS,
            overruled_on=DAY + days(overruled),
            appealed_on=DAY + days(overruled + appealed) if appealed else None,
            ruling=ruling if appealed else None,
        ),
        st.integers(1, 60),
        st.integers(0, 20),
        st.none() | st.sampled_from(Ruling),
    ),
    max_size=4,
)


@given(NOTICES, st.integers(0, 60))
@pytest.mark.req("ODP-3")
def test_nothing_is_given_while_an_objector_still_has_a_day(notices: list[Notice], granted: int) -> None:
    found = release(notices, granted_on=DAY + days(granted), appeal=APPEAL, calendar=CALENDAR)
    if found.is_barred or found.on is None:
        return
    assert found.on >= DAY + days(granted)
    for notice in notices:
        open_ways = ways_of_third_party(notice, LAW, WAYS, found.on)
        assert not open_ways


@given(st.integers(0, 100))
def test_who_was_asked_is_heard_once_they_answered_or_their_days_are_over(later: int) -> None:
    today = DAY + timedelta(days=later)
    assert is_heard(ASKED, today) == (today > ASKED.object_until)
    assert is_heard(replace(ASKED, reply=Reply.AGREES), today)
