"""Words, and the terms by which a person finds a text again."""

import hashlib
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.engines import thai
from sala.engines.thai.tokens import parts


def test_the_word_list_is_the_pinned_one() -> None:
    content = (resources.files("sala.engines.thai") / "words" / "dictionary.txt").read_bytes()
    assert hashlib.sha256(content).hexdigest() == thai.DICTIONARY_HASH


def test_words_are_cut_without_spaces_and_signs() -> None:
    assert thai.tokens("น้ำท่วมขังที่ซอยลาดพร้าว 71 ค่ะ!") == ["น้ำท่วมขัง", "ที่", "ซอย", "ลาดพร้าว", "71", "ค่ะ"]
    assert thai.tokens("") == []


@given(st.text(max_size=80))
def test_pieces_joined_are_the_text(text: str) -> None:
    assert "".join(thai.pieces(text)) == text


def test_a_compound_holds_its_words() -> None:
    assert "ร้องเรียน" in thai.subwords("การร้องเรียน")
    assert "จักรยานยนต์" in thai.subwords("รถจักรยานยนต์")
    assert thai.subwords("ถนน") == ()
    assert parts("รถจักรยานยนต์") == ("รถ", "จักรยานยนต์")


def _finds(query: str, text: str) -> bool:
    terms = {term for term, _ in thai.search_terms(text)}
    return all(word in terms or (inner and set(inner) <= terms) for word, *inner in thai.query_terms(query))


@pytest.mark.req("CMP-1.2")
@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("ร้องเรียน", "ขั้นตอนการร้องเรียน"),
        ("การร้องเรียน", "อยากร้องเรียนเรื่องถนน"),
        ("พรบ", "ร่าง พ.ร.บ. ป่าชุมชน"),
        ("พ.ร.บ.", "ร่างพรบ.ป่าชุมชน"),
        ("พระราชบัญญัติ", "ร่าง พ.ร.บ. ป่าชุมชน"),
        ("อบต", "องค์การบริหารส่วนตำบลหนองปรือ"),
        ("ไฟดับ", "ไฟทางดับทั้งซอย"),
        ("นำ้ท่วม", "น้ำท่วมขังหน้าบ้าน"),
        ("PM2.5", "ค่า pm2.5 สูงมาก"),
        ("ปี ๒๕๖๙", "งบปี 2569"),
    ],
)
def test_a_query_finds_the_text_that_says_it_otherwise(query: str, text: str) -> None:
    assert _finds(query, text)


def test_a_query_does_not_find_another_matter() -> None:
    assert not _finds("น้ำท่วม", "ไฟทางดับทั้งซอย")


def test_words_inside_words_weigh_less() -> None:
    weights = dict(thai.search_terms("การร้องเรียน", "B"))
    assert weights["การร้องเรียน"] == "B"
    assert weights["ร้องเรียน"] == "D"


def test_stop_words_are_asked_only_when_alone() -> None:
    assert thai.query_terms("ที่ถนน") == [("ถนน",)]
    assert thai.query_terms("ที่") == [("ที่",)]


def test_literals_quote_what_postgresql_would_trip_over() -> None:
    assert thai.query_literal("it's") == "'it' & 's'"
    assert thai.vector_literal([("ไฟดับ", "A"), ("ไฟดับ", "B")]) == "'ไฟดับ':1A,3B 'ไฟ':1C,3D 'ดับ':1C,3D"
    assert thai.query_literal("") == ""


def test_letter_triples_forgive_spaces() -> None:
    assert thai.trigrams("น้ำ ท่วม") == thai.trigrams("น้ำท่วม")
    assert thai.trigrams("กข") == ["กข"]
    assert thai.trigrams("!") == []
