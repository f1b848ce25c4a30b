"""References: every single wrong character and every swap of neighbours is noticed; typing habits are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.core.references import (
    LETTERS,
    Reference,
    check_digit,
    is_kind,
    looks_like_reference,
    make_reference,
    parse_reference,
)

pytestmark = pytest.mark.req("CMP-1.1")

PAIRS = [first + second for first in LETTERS for second in LETTERS if first != "C"]
kinds = st.sampled_from(["C", *PAIRS])
years = st.integers(2500, 2599)
numbers = st.one_of(st.integers(0, 99_999_999), st.integers(0, 10**15 - 1))
CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def understood(text):
    try:
        return parse_reference(text)
    except ValueError:
        return None


def test_the_example_of_the_design_is_a_reference():
    assert make_reference("C", 2569, 1234) == "C69-0001234-7"
    assert parse_reference("C69-0001234-7") == Reference("C", 2569, 1234)


@given(kinds, years, numbers)
def test_what_is_made_is_read_back(kind, year, number):
    made = make_reference(kind, year, number)
    assert parse_reference(made) == Reference(kind, year, number)
    assert str(parse_reference(made)) == made
    assert looks_like_reference(made)


@given(kinds, years, numbers)
def test_every_single_wrong_character_is_noticed(kind, year, number):
    plain = make_reference(kind, year, number).replace("-", "")
    for place, right in enumerate(plain):
        for wrong in CHARACTERS:
            if wrong != right:
                assert understood(plain[:place] + wrong + plain[place + 1 :]) is None


@given(kinds, years, numbers)
def test_every_swap_of_neighbours_is_noticed(kind, year, number):
    made = make_reference(kind, year, number)
    plain = made.replace("-", "")
    for place in range(len(plain) - 1):
        swapped = plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]
        assert swapped == plain or understood(swapped) is None


def test_the_check_digit_separates_all_letters_and_all_pairs_of_digits_in_every_state():
    """The proof by exhaustion: each step of the check is a bijection, and no pair can be swapped unseen."""
    by_state = {check_digit(kind, ""): kind for kind in LETTERS}
    assert len(by_state) == 10
    for kind in LETTERS:
        assert len({check_digit(kind, str(digit)) for digit in range(10)}) == 10
        for first in range(10):
            for second in range(first):
                assert check_digit(kind, f"{first}{second}") != check_digit(kind, f"{second}{first}")
    for digit in range(10):
        assert len({check_digit(kind, str(digit)) for kind in LETTERS}) == 10


@pytest.mark.parametrize(
    "typed",
    [
        "c69-0001234-7",
        " C69 0001234 7 ",
        "C6900012347",
        "C69–0001234—7",
        "C69‑0001234‑7",
        "C๖๙-๐๐๐๑๒๓๔-๗",
        "Ｃ６９－０００１２３４－７",
        "C69-\u200b0001234-7\u00a0",
        "c69.0001234/7",
    ],
)
def test_the_ways_people_type_are_understood(typed):
    assert parse_reference(typed) == Reference("C", 2569, 1234)


@pytest.mark.parametrize(
    "typed", ["", "C", "69-0001234-7", "ถนนพัง", "C69-000123-7", "C69-00001234-7", "Z69-0001234-7", "C" * 99]
)
def test_other_text_is_no_reference(typed):
    assert understood(typed) is None


def test_a_reference_with_a_wrong_character_still_looks_like_one():
    assert looks_like_reference("C69-0001234-8")
    assert understood("C69-0001234-8") is None
    assert not looks_like_reference("ร้องเรียนถนนพัง 2569")


@pytest.mark.parametrize(("kind", "year", "number"), [("X", 2569, 1), ("C", 2026, 1), ("C", 2569, -1)])
def test_a_reference_that_cannot_be_is_not_made(kind, year, number):
    with pytest.raises(ValueError, match="."):
        make_reference(kind, year, number)


def test_a_kind_has_one_letter_only_if_it_was_the_first_and_no_pair_begins_with_it():
    assert is_kind("C")
    assert is_kind("RA")
    assert not any(is_kind(letters) for letters in ("", "R", "CR", "RAA", "IR", "ra"))
