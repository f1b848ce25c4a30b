"""The citizen number: check digit and shape, and no number in any message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.core.digits import thai_digits
from sala.core.national_ids import format_national_id, national_id_check_digit, parse_national_id

twelve = st.integers(10**11, 10**12 - 1).map(str)


@given(twelve)
def test_a_number_is_read_however_it_is_written(first):
    number = first + national_id_check_digit(first)
    assert parse_national_id(number) == number
    assert parse_national_id(format_national_id(number)) == number
    assert parse_national_id(thai_digits(format_national_id(number))) == number


@given(twelve, st.integers(0, 12), st.integers(1, 9))
def test_a_wrong_check_digit_is_noticed(first, place, change):
    number = first + national_id_check_digit(first)
    wrong = number[:-1] + str((int(number[-1]) + change) % 10)
    with pytest.raises(ValueError, match="wrong") as refused:
        parse_national_id(wrong)
    assert wrong not in str(refused.value)


def test_a_number_worked_by_hand():
    # 1*13 + 1*12 + 1*10 + 7*9 + 2*6 + 3*4 + 4*3 + 5*2 = 144, 144 mod 11 = 1, 11 - 1 = 10, last digit 0
    assert national_id_check_digit("110170020345") == "0"


@pytest.mark.parametrize("text", ["", "123", "12345678901234", "abcdefghijklm"])
def test_other_text_is_no_citizen_number(text):
    with pytest.raises(ValueError, match="13 digits"):
        parse_national_id(text)
