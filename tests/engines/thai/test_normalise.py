"""The same words compare equal however they were typed, and nothing else changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.engines.thai import normalise, pieces, tokens

THAI = st.text(alphabet=[chr(code) for code in range(0x0E01, 0x0E5B)] + list(" \u200bab1.!กนร"), max_size=40)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("นำ้ท่วม", "น้ำท่วม"),
        ("หนา้บ้าน", "หน้าบ้าน"),
        ("แลว้", "แล้ว"),
        ("เลน่", "เล่น"),
        ("จะ๊", "จ๊ะ"),
        ("สิทธ์ิ", "สิทธิ์"),
        ("พันธ์ุ", "พันธุ์"),
        ("ก่ัน", "กั่น"),
        ("ถนน\ud800พัง", "ถนน\ufffdพัง"),
        ("น้ํา", "น้ำ"),
        ("เเขวง", "แขวง"),
        ("ที่่นี่", "ที่นี่"),
        ("ท่ีนี่", "ที่นี่"),
        ("ก\u200bข\ufeffค", "กขค"),
        ("๒๕๖๙", "2569"),
        ("มากกกกก", "มาก"),
        ("ครับบบบ", "ครับ"),
        ("ๆ ๆ ๆ", "ๆ"),
        ("ด่วน!!!!", "ด่วน!"),
        ("  ไฟ\u00a0ดับ\n\nสองวัน ", "ไฟ ดับ สองวัน"),
        ("ＰＭ２.５", "PM2.5"),
        ("ถนนนน", "ถนน"),
    ],
)
def test_slips_of_the_keyboard_are_repaired(typed: str, meant: str) -> None:
    assert normalise(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "ถนนนวมินทร์",
        "คนนนทบุรี",
        "ออกกกต.",
        "กรรมการ",
        "ฤๅษี",
        "www.go.th",
        "5555",
        "เวล่ำเวลา",
        "เมล่อน",
        "แลน้ำ",
        "เสน่ห์",
        "แขม่ว",
        "เขม่า",
        "แล้ว",
        "เน้น",
        "พ.ร.บ.",
        "C69-0001234-7",
    ],
)
def test_words_that_only_look_stretched_stay(text: str) -> None:
    assert normalise(text) == text


@given(THAI)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(st.text(max_size=60))
def test_any_text_at_all_can_be_normalised(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert "  " not in once


def test_half_a_surrogate_pair_stalls_nothing_and_a_long_row_of_letters_is_cut_all_the_same() -> None:
    assert tokens("ถนน\ud800พัง") == ["ถนน", "พัง"]
    assert "".join(pieces("ถนน\ud800พัง")) == "ถนน\ud800พัง"
    row = "กรรม" * 100  # beyond 250 letters without a space the tokeniser cuts by windows
    assert "".join(pieces(row)) == row
    assert len(tokens(row)) >= 90
