"""Whole numbers are read as people type them, and never as another number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.core.dates import parse_date
from sala.core.digits import arabic_digits, find_whole_number, narrow, thai_digits, whole_number
from sala.core.money import parse_baht

FULL_WIDTH = str.maketrans("0123456789+-,", "０１２３４５６７８９＋－，")
numbers = st.integers(-(10**12), 10**12)


@given(numbers, st.sampled_from(["", " ", "\u200e", "\u00a0"]), st.sampled_from(["", "0", "000"]))
def test_a_number_is_read_in_all_digits_with_signs_and_separators(
    number: int, around: str, zeros: str
) -> None:
    plain = f"{'-' if number < 0 else ''}{zeros}{abs(number)}"
    grouped = f"{number:,}"
    for written in (plain, grouped, grouped.replace(",", " "), grouped.replace(",", "\u202f")):
        for text in (
            written,
            thai_digits(written),
            written.translate(FULL_WIDTH),
            written.replace("-", "\u2212"),
        ):
            assert whole_number(f"{around}{text}{around}", least=-(10**12), most=10**12) == number


@given(st.text(max_size=12) | st.text(st.characters(categories=["Nd", "No", "Nl"]), max_size=4))
def test_whatever_is_typed_gives_a_number_in_range_or_a_refusal(text: str) -> None:
    found = find_whole_number(text, least=0, most=999)
    if found is not None:
        assert 0 <= found <= 999
        digits = [sign for sign in arabic_digits(text) if sign in "0123456789"]
        assert int("".join(digits)) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "²",
        "1²",
        "½",
        "①",
        "1.0",
        "1e3",
        "1_000",
        "0x10",
        "12,34",
        "1,2345",
        "--1",
        "+",
        "१२",
        "१",
        "٣",
        "Ⅷ",
        "1 2",
        "ten",
    ],
)
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no whole number"):
        whole_number(text, least=-(10**9), most=10**9)
    assert find_whole_number(text, least=-(10**9), most=10**9) is None


def test_a_number_of_five_thousand_digits_is_refused_without_being_read() -> None:
    for text in ("9" * 5_000, "๙" * 5_000, "-" + "9" * 100_000):
        with pytest.raises(ValueError, match="not a number from 0 to 100"):
            whole_number(text, least=0, most=100)
    assert whole_number("0" * 5_000 + "7", least=0, most=100) == 7


def test_a_refusal_never_repeats_what_was_typed() -> None:
    with pytest.raises(ValueError, match="number") as refused:
        whole_number("1101700207030", least=0, most=99)
    assert "1101700207030" not in str(refused.value)


def test_thai_and_full_width_digits_are_digits_everywhere() -> None:
    assert arabic_digits("๒๒๒๒ และ ５５") == "2222 และ 55"
    assert narrow("Ａ１－²") == "A1-²"
    assert parse_date("１９/６/２５６８") == parse_date("๑๙/๖/๒๕๖๘") == parse_date("19/6/2568")
    assert parse_baht("１，２３４．５０") == parse_baht("๑,๒๓๔.๕๐") == 123_450


@pytest.mark.parametrize("text", ["1²", "12½", "1" * 101, "5" + " " * 100 + "9"])
def test_an_amount_is_never_cut_or_turned_into_another(text: str) -> None:
    with pytest.raises(ValueError, match="baht"):
        parse_baht(text)
