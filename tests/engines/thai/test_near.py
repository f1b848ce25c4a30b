"""Words near in meaning: what else a question asks for, and that nothing typed breaks it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.engines import thai
from sala.engines.thai.dictionary import near_words


@pytest.mark.parametrize(
    ("typed", "also"),
    [
        ("โคมไฟ", "'ไฟทาง'"),
        ("potholes", "'หลุม'"),
        ("Street lights", "'ไฟถนน'"),
        ("รถเมย์", "'รถเมล์'"),
        ("สุนัขจรจัด", "'หมา' & 'จรจัด'"),
    ],
)
def test_what_people_say_otherwise_is_asked_for_too(typed: str, also: str) -> None:
    (thing,) = thai.near_literals(typed)
    assert also in thing


def test_a_word_inside_another_is_not_taken_for_a_thing() -> None:
    things = thai.near_literals("หมายเลขโทรศัพท์")
    assert all("'สุนัข'" not in thing for thing in things), "the dog in หมายเลข"


def test_words_of_place_and_manner_ask_for_nothing() -> None:
    assert len(thai.near_literals("หลุมบนถนน")) == 2
    assert thai.near_literals("บน") == ()


def test_each_line_of_the_list_says_each_thing_once_and_something_else_for_it() -> None:
    for line in near_words():
        assert len(line) == len(set(line)) >= 1
        assert all(word == word.strip() and word for word in line), line


@given(st.text(max_size=300))
def test_whatever_is_typed_asks_for_eight_things_at_most(text: str) -> None:
    things = thai.near_literals(text)
    assert len(things) <= 8
    assert all(things)
