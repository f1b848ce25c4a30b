"""What may stand in a public text, over the whole of Unicode."""

import sys
import unicodedata
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.core import characters
from sala.core.characters import clean, require_readable, unreadable, xml_safe, xml_text
from sala.core.errors import Invalid

anything = st.text(st.characters(), max_size=60)  # lone surrogates, noncharacters and private use included
awkward = st.text(
    st.sampled_from(
        "กิ่น้ำ a1.\n\t\r\x00\x0b\x85\u200d\u200b\u202e\u2066\ue000"
        "\ud800\ufdd0\ufffe\u3164\u2800\u0301\u20e3\U000e0041\U0001f600\ufffc"
    ),
    max_size=20,
)
texts = anything | awkward


def test_every_single_character_is_kept_or_dropped_as_xml_html_and_reading_ask() -> None:
    for code in range(sys.maxunicode + 1):
        sign, category = chr(code), unicodedata.category(chr(code))
        kept = xml_safe(sign)
        is_control = category == "Cc" and sign not in "\n\t\r\x0b\x0c\x85"
        is_noncharacter = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF  # Unicode 23.7
        if category in {"Cs", "Co"} or is_control or is_noncharacter:
            assert kept == "", hex(code)
        elif (
            category in {"Lu", "Ll", "Lo", "Lm", "Lt", "Nd", "Nl", "No", "Sm", "Sc", "Sk"}
            or category[0] in "PM"
        ):
            assert kept == sign or 0xE0100 <= code <= 0xE01EF, hex(code)


@given(texts)
def test_what_is_cleaned_stands_in_xml_and_comes_back_as_it_was(text: str) -> None:
    for safe in (clean(text), xml_safe(text)):
        assert ElementTree.fromstring(f"<a>{xml_text(safe)}</a>").text in (safe, safe or None)
        safe.encode()


@given(texts)
def test_cleaning_twice_changes_nothing_and_adds_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert xml_safe(xml_safe(text)) == xml_safe(text)
    assert len(once) <= len(text)
    assert unreadable(once) in (None, characters.NOTHING_VISIBLE)


@given(texts)
def test_a_text_is_refused_exactly_where_cleaning_would_take_something_or_nothing_shows(text: str) -> None:
    code = unreadable(text)
    if code is None:
        assert require_readable(text, "title") == clean(text)
        assert not text or characters.is_visible(text)
    else:
        with pytest.raises(Invalid) as refused:
            require_readable(text, "title")
        assert refused.value.fields == {"title": code}


@given(anything, anything)
def test_pieces_written_one_after_the_other_are_what_the_whole_would_be(one: str, other: str) -> None:
    # A flag cut in the middle of its tags is no flag; nothing else looks beyond its own sign.
    if "\U0001f3f4" not in one and not (one.endswith("\r") and other.startswith("\n")):
        assert xml_safe(one) + xml_safe(other) == xml_safe(one + other)


@pytest.mark.parametrize(
    "text",
    [
        "น้ำท่วมซอย ๕\nช่วยด้วย\t(ด่วน)",
        "กตัญญูกตเวที ปี่ ญี่ปุ่น ฤๅษี ส์ ก็",
        "บ้านเลขที่ 5\u200bหมู่ 3",
        "ดีมาก 👍🏽 👨‍👩‍👧 1️⃣ 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "بخاري \u200fكوتا",
        "สระบนวงกลม ◌ิ",
        "\U0001fae8",
    ],
)
def test_what_people_write_stays_as_it_is(text: str) -> None:
    assert clean(text) == text
    assert unreadable(text) is None


@pytest.mark.parametrize(
    ("text", "cleaned", "code"),
    [
        ("ถนน\x00พัง", "ถนนพัง", "forbidden_character"),
        ("ไฟดับ\x0b\x1b[31m", "ไฟดับ\n[31m", "forbidden_character"),
        ("gnp.\u202egpj.exe", "gnp.gpj.exe", "forbidden_character"),
        ("ก\u2066ข\u2069", "กข", "forbidden_character"),
        ("\ue001โลโก้", "โลโก้", "forbidden_character"),
        ("a\ufdd0b\uffffc\U0010ffff", "abc", "forbidden_character"),
        ("ถนน\ud800พัง", "ถนนพัง", "forbidden_character"),
        ("ซ่อน\U000e0041\U000e0042", "ซ่อน", "forbidden_character"),
        ("่าว", "าว", "lone_mark"),
        ("ถนน ิพัง", "ถนน พัง", "lone_mark"),
        ("\u200d\u0301\u0301", "\u200d", "lone_mark"),
        ("\u200b\u200d", "\u200b\u200d", "nothing_visible"),
        ("\u3164\u3164 \u2800", "\u3164\u3164 \u2800", "nothing_visible"),
        ("   ", "   ", "nothing_visible"),
        ("สอง\r\nบรรทัด\rสาม\u2028สี่", "สอง\nบรรทัด\nสาม\nสี่", None),
        ("", "", None),
    ],
)
def test_what_may_not_stand_in_public_is_removed_or_refused_by_its_code(
    text: str, cleaned: str, code: str | None
) -> None:
    assert clean(text) == cleaned
    assert unreadable(text) == code
