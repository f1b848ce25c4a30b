"""Money: whole satang in, the same amount out; what is not exact is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.core.money import format_baht, parse_baht

amounts = st.integers(-(10**18), 10**18)


@given(amounts, st.booleans(), st.sampled_from([None, True]))
def test_an_amount_written_is_read_back(satang, thai, with_satang):
    assert parse_baht(format_baht(satang, with_satang=with_satang, in_thai_digits=thai)) == satang


@pytest.mark.parametrize(
    ("text", "satang"),
    [
        ("0", 0),
        ("1,234.50", 123450),
        ("1234.5", 123450),
        ("๑,๒๓๔.๕๐ บาท", 123450),
        ("฿20", 2000),
        ("(20.25)", -2025),
        ("-3", -300),
        ("1.5 ล้านบาท", 150_000_000),
        ("3.48 ล้านล้านบาท", 348_000_000_000_000),
        ("2 แสนบาท", 20_000_000),
        ("1.500", 150),
    ],
)
def test_amounts_as_people_write_them(text, satang):
    assert parse_baht(text) == satang


@pytest.mark.parametrize(
    "text", ["", "บาท", "1,23", "12,34,567", "1.005", "1e3", "-(5)", "NaN", "1.2.3", "0.000000001 ล้าน"]
)
def test_what_is_no_exact_amount_is_refused(text):
    with pytest.raises(ValueError, match="."):
        parse_baht(text)


def test_satang_are_never_hidden():
    assert format_baht(100_000_000) == "1,000,000"
    assert format_baht(-150) == "-1.50"
    assert format_baht(100, with_satang=True) == "1.00"
    with pytest.raises(ValueError, match="hiding"):
        format_baht(150, with_satang=False)
