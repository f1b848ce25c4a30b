"""For which reasons a moderator may act, until when one appeals, who decides then."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.commons.moderation import words
from sala.commons.moderation.rules import APPEAL_WITHIN, Breach, What, may_appeal, may_decide

NOW = datetime(2026, 11, 30, tzinfo=UTC)
pytestmark = pytest.mark.req("MOD")


@given(hours=st.integers(0, 2000), is_appealed=st.booleans())
def test_one_appeals_once_and_within_the_days(hours: int, is_appealed: bool) -> None:
    now = NOW + timedelta(hours=hours)
    may = may_appeal(decided_at=NOW, appealed_at=NOW if is_appealed else None, now=now)
    assert may is (not is_appealed and now - NOW <= APPEAL_WITHIN)


@given(
    decided_by=st.none() | st.integers(1, 3),
    person_id=st.none() | st.integers(1, 3),
    is_moderator_there=st.booleans(),
    is_head_there=st.booleans(),
)
def test_nobody_judges_their_own_decision(
    decided_by: int | None, person_id: int | None, is_moderator_there: bool, is_head_there: bool
) -> None:
    may = may_decide(
        decided_by=decided_by,
        person_id=person_id,
        is_moderator_there=is_moderator_there,
        is_head_there=is_head_there,
    )
    if person_id is None or person_id == decided_by or not (is_moderator_there or is_head_there):
        assert not may
    else:
        assert may


def test_every_reason_and_every_act_has_words_that_are_published() -> None:
    assert set(words.BREACHES) == set(Breach)
    assert set(words.WHATS) == set(What)
