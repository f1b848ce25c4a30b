"""Codes for paper, how long they last, what of a contact is seen by whoever knows four digits."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.commons.drafts.rules import (
    CLAIMS_LAST,
    CODE_LENGTH,
    Proof,
    code_of,
    covered_email,
    covered_name,
    covered_phone,
    is_claim_good,
    plain_code,
)

NOW = datetime(2026, 11, 30, tzinfo=UTC)


@given(chance=st.binary(min_size=CODE_LENGTH, max_size=40))
def test_a_code_is_typed_as_it_was_printed_with_or_without_spaces(chance: bytes) -> None:
    code = code_of(chance)
    assert len(code) == CODE_LENGTH
    assert not set("OI01L") & set(code)
    assert plain_code(f" {code[:5]}-{code[5:].lower()} ") == code


@given(hours=st.integers(0, 5000), is_used=st.booleans())
def test_a_code_is_good_once_and_for_its_days(hours: int, is_used: bool) -> None:
    now = NOW + timedelta(hours=hours)
    good = is_claim_good(made_at=NOW, used_at=NOW if is_used else None, now=now)
    assert good is (not is_used and now - NOW <= CLAIMS_LAST)


@pytest.mark.req("TRU-2")
@given(phone=st.from_regex(r"0[689]\d{8}", fullmatch=True), name=st.text(min_size=3, max_size=30))
def test_of_a_covered_contact_nobody_learns_number_name_or_address(phone: str, name: str) -> None:
    assert phone not in covered_phone(phone)
    assert sum(c.isdigit() for c in covered_phone(phone)) == 3
    assert len(covered_name(name)) <= 2
    assert covered_email("somying.jaidee@example.th") == "s…@example.th"
    assert covered_phone("") == covered_name("") == covered_email("") == ""


def test_four_digits_alone_are_less_than_a_link() -> None:
    assert Proof(phone_tail="1234").is_digits_alone
    assert not Proof(key="k", phone_tail="1234").is_digits_alone
