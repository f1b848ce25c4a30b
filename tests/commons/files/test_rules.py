"""Who sees a file, and when a stored one belongs to nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.commons.files.rules import (
    NOBODYS_AFTER,
    Wish,
    awaits_look,
    is_nobodys,
    is_shown_at_once,
    may_be_seen,
)

NOW = datetime(2026, 11, 30, tzinfo=UTC)
WISHES, TRUTHS = st.sampled_from(list(Wish)), st.booleans()


@pytest.mark.req("MOD")
@given(wish=WISHES, is_public=TRUTHS, looks_first=TRUTHS)
def test_a_file_is_shown_or_waits_or_neither_and_never_against_its_senders_wish(
    wish: Wish, is_public: bool, looks_first: bool
) -> None:
    shown = is_shown_at_once(wish, is_matter_public=is_public, looks_first=looks_first)
    waits = awaits_look(wish, is_matter_public=is_public, looks_first=looks_first)
    assert not (shown and waits)
    if wish is Wish.OFFICE or not is_public:
        assert not shown
        assert not waits
    if wish is Wish.REVIEW or looks_first:
        assert not shown


@given(days=st.integers(-5, 5))
def test_what_is_given_from_a_day_on_is_hidden_until_then(days: int) -> None:
    from_then = NOW + timedelta(days=days)
    assert may_be_seen(is_public=True, public_from=from_then, now=NOW) is (days <= 0)
    assert not may_be_seen(is_public=False, public_from=from_then, now=NOW)


def test_only_our_own_old_files_without_a_row_belong_to_nobody() -> None:
    ours, old = "0" * 32 + ".jpg", NOW - NOBODYS_AFTER - timedelta(minutes=1)
    assert is_nobodys(ours, has_row=False, stored_at=old, now=NOW)
    assert not is_nobodys(ours, has_row=True, stored_at=old, now=NOW)
    assert not is_nobodys(ours, has_row=False, stored_at=NOW, now=NOW)
    assert not is_nobodys("somebodys-notes.jpg", has_row=False, stored_at=old, now=NOW)
