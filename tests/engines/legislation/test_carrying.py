"""A place in one version of a law is found again in the next: same, moved, changed or removed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.legislation.texts import ACT
from sala.engines.legislation import BadPlaceError, Carried, Fate, Place, carry_places, read_law
from sala.engines.legislation.letters import arabic, fold
from sala.engines.legislation.pairing import words_of_unit

pytestmark = pytest.mark.req("LAW-2.1")

LAW = read_law(ACT)
UNITS = [unit for unit in LAW.units if words_of_unit(unit)]
DAYS = "ตอบภายในสิบห้าวัน"


def chosen(eid: str, words: str) -> Place:
    text = next(words_of_unit(unit) for unit in UNITS if unit.eid == eid)
    start = text.index(words)
    return Place(eid, start, start + len(words), words)


def carried(later: str, place: Place) -> Carried:
    return carry_places(LAW, read_law(later), [place])[0]


@st.composite
def places(draw: st.DrawFn) -> Place:
    unit = draw(st.sampled_from(UNITS))
    text = words_of_unit(unit)
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    return Place(unit.eid, start, end, text[start:end])


@given(places().filter(lambda place: fold(place.words) != ""))
def test_every_place_stays_where_it_is_in_the_same_text(place: Place) -> None:
    assert carry_places(LAW, LAW, [place, Place(place.eid)]) == [
        Carried(place, Fate.SAME, place),
        Carried(Place(place.eid), Fate.SAME, Place(place.eid)),
    ]


@given(places().filter(lambda place: fold(place.words) != ""))
def test_a_carried_place_holds_the_words_it_says(place: Place) -> None:
    later = read_law(ACT.replace("นายอำเภอ", "ผู้ว่าราชการจังหวัด").replace("มาตรา ๕  ในกรณีที่", "มาตรา ๕  ถ้า"))
    one = carry_places(LAW, later, [place])[0]
    if one.after is None:
        assert one.fate is Fate.REMOVED
        return
    unit = next(unit for unit in later.units if unit.eid == one.after.eid)
    assert words_of_unit(unit)[one.after.start : one.after.end] == one.after.words != ""
    assert (fold(one.after.words) == fold(place.words)) is (one.fate in {Fate.SAME, Fate.MOVED})


def test_other_digits_are_no_change() -> None:
    assert carried(arabic(ACT), Place("sec_5")).fate is Fate.SAME


def test_an_edit_elsewhere_in_the_provision_leaves_the_chosen_words_findable() -> None:
    one = carried(ACT.replace("ต้องแจ้งต่อนายอำเภอ", "ต้องแจ้งเป็นหนังสือต่อนายอำเภอ"), chosen("sec_4", DAYS))
    assert (one.fate, one.is_provision_changed) == (Fate.SAME, True)
    assert one.after is not None
    assert one.before.start is not None
    assert (one.after.words, one.after.start) == (DAYS, one.before.start + len("เป็นหนังสือ"))


def test_chosen_words_that_were_changed_show_the_new_words() -> None:
    one = carried(ACT.replace("สิบห้าวัน", "เจ็ดวัน"), chosen("sec_4", DAYS))
    assert one.fate is Fate.CHANGED
    assert one.after is not None
    assert one.after.words == "ตอบภายในเจ็ดวัน"


def test_a_deleted_provision_takes_its_comments_with_it() -> None:
    begin, end = ACT.index("มาตรา ๕  "), ACT.index("หมวด ๒")
    later = ACT[:begin] + ACT[end:]
    for place in (Place("sec_5"), chosen("sec_5", "ไม่ครบถ้วน")):
        one = carried(later, place)
        assert (one.fate, one.after) == (Fate.REMOVED, None)


def test_a_renumbered_provision_is_moved_with_the_words_chosen_in_it() -> None:
    later = ACT.replace("มาตรา ๘  ", "มาตรา ๙  ").replace("มาตรา ๗  ", "มาตรา ๘  ")
    later = later.replace("มาตรา ๖/๑  (ยกเลิก)", "มาตรา ๗  ผู้ค้าต้องติดป้ายราคาให้ผู้ซื้อเห็นได้ชัดเจน")
    place = chosen("sec_7", "เน่าเสีย")
    assert carried(later, Place("sec_7")).after == Place("sec_8")
    assert carried(later, Place("sec_7")).fate is Fate.MOVED
    assert carried(later, place) == Carried(
        place, Fate.MOVED, Place("sec_8", place.start, place.end, "เน่าเสีย")
    )


def test_words_that_went_into_another_provision_are_found_there() -> None:
    sentence = "ความในมาตรา ๔ วรรคสอง ให้นำมาใช้บังคับโดยอนุโลม"
    later = ACT.replace(sentence, "").replace("ให้แจ้งภายในหนึ่งปี", f"ให้แจ้งภายในหนึ่งปี {sentence}")
    one = carried(later, chosen("sec_5", sentence))
    assert one.fate is Fate.MOVED
    assert one.after is not None
    assert (one.after.eid, one.after.words) == ("sec_8", sentence)


@pytest.mark.parametrize(
    "place",
    [
        Place("sec_99"),
        Place("sec_5", 0, 3, "xyz"),
        Place("sec_5", 0, 99999, "x"),
        Place("sec_5", -3, 2, "x"),
        Place("sec_5", 3, None, "x"),
        Place("sec_5", None, None, "x"),
    ],
)
def test_a_place_that_is_not_in_the_text_is_refused(place: Place) -> None:
    with pytest.raises(BadPlaceError):
        carry_places(LAW, LAW, [place])
