"""When a letter is tried again, when it is given up, and which addresses are one mailbox."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.commons.correspondence import rules
from sala.core import mailboxes

names = st.text("abcdefgh.", min_size=1, max_size=8).filter(lambda name: name.strip("."))


@given(st.integers(1, 200))
def test_each_pause_is_no_shorter_than_the_last_and_none_is_longer_than_six_hours(tries: int) -> None:
    assert rules.pause_after(tries) <= rules.pause_after(tries + 1) <= timedelta(hours=6)


def test_a_letter_is_tried_for_two_days_and_then_given_up() -> None:
    pauses = [rules.pause_after(n) for n in range(1, rules.MOST_TRIES)]
    assert timedelta(days=2) < sum(pauses, timedelta()) < timedelta(days=3)
    assert not rules.is_given_up(rules.MOST_TRIES - 1, is_final=False)
    assert rules.is_given_up(rules.MOST_TRIES, is_final=False)
    assert rules.is_given_up(1, is_final=True)


@given(names, names, st.text("XYZabc123", max_size=6))
def test_neither_case_nor_what_stands_behind_a_plus_makes_another_mailbox(
    name: str, domain: str, tag: str
) -> None:
    plain = f"{name}@{domain}.th"
    assert mailboxes.folded(f" {name.upper()}+{tag}@{domain.upper()}.TH ") == mailboxes.folded(plain) == plain


@given(st.from_regex(r"\A[A-Z]{1,2}69-[0-9]{7}-[0-9]\Z"), st.from_regex(r"\A[0-9a-f]{20}\Z"))
def test_an_address_gives_back_the_reference_and_the_secret_it_was_made_with(
    reference: str, secret: str
) -> None:
    address = mailboxes.plus_address("req@sala.example", reference, secret)
    assert mailboxes.read_plus(address) == (reference, secret)


@pytest.mark.parametrize("address", ["", "req@sala.example", "req+C69@sala.example", "a+b.c@d", "+.@x"])
def test_other_addresses_carry_nothing(address: str) -> None:
    assert mailboxes.read_plus(address) is None
    assert mailboxes.plus_address("", "C69-0000001-1", "aaaaaaaa") == ""
