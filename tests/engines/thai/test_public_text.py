"""A text is public because it was covered, and in no other way."""

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.core.characters import clean
from sala.engines import thai
from sala.engines.thai import PublicText
from sala.engines.thai.public_text import NOTHING, official, shortened, stored, within

TOLD = "นายสมชาย ใจดี โทร 081-234-5678 บอกว่าไฟทางดับทั้งซอย"


@pytest.mark.req("TRU-2")
def test_nobody_makes_a_public_text_by_hand() -> None:
    with pytest.raises(TypeError):
        PublicText("ข้อความ")


@pytest.mark.req("TRU-2")
@given(text=st.text(max_size=200))
def test_what_is_covered_holds_nothing_that_betrays_a_person_nor_breaks_a_feed(text: str) -> None:
    covered = thai.cover(text)
    assert isinstance(covered, PublicText)
    assert clean(covered) == covered


def test_a_title_is_made_without_the_covered_parts() -> None:
    title = shortened(thai.cover(TOLD))
    assert "[" not in title
    assert "ไฟทางดับทั้งซอย" in title
    assert shortened(thai.cover("081-234-5678")) == ""


@pytest.mark.parametrize(
    ("told", "title"),
    [
        ("ไฟทางดับ มืดมาก โทร 081-234-5678", "ไฟทางดับ มืดมาก"),
        ("เบอร์โทร: 081-234-5678 ไฟดับ", "ไฟดับ"),
        ("Lamp out, call me: 081-234-5678", "Lamp out"),
        ("โทรไม่ติดเลยทั้งหมู่บ้าน", "โทรไม่ติดเลยทั้งหมู่บ้าน"),
        ("The pipeline leaks", "The pipeline leaks"),
    ],
)
def test_a_title_does_not_end_with_a_telephone_that_is_not_there(told: str, title: str) -> None:
    assert shortened(thai.cover(told)) == title


def test_a_long_title_is_cut_at_a_space_and_says_so() -> None:
    title = shortened(official("ไฟดับ " * 60))
    assert len(title) <= 120
    assert title.endswith("ไฟดับ…")


def test_copies_and_kept_ones_are_still_public() -> None:
    covered = thai.cover(TOLD)
    for again in (copy.copy(covered), copy.deepcopy(covered), pickle.loads(pickle.dumps(covered))):
        assert isinstance(again, PublicText)
        assert again == covered


def test_cutting_to_a_column_keeps_it_public_and_a_plain_slice_does_not() -> None:
    assert isinstance(within(stored("abc"), 2), PublicText)
    assert not isinstance(stored("abc")[:2], PublicText)
    assert NOTHING == ""
