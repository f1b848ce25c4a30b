"""The same matter told again is found through slips, courtesies and cuts; another place or time keeps it apart."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.engines.thai import repeats
from sala.engines.thai.repeats import Limits, Place, Report, Verdict

pytestmark = pytest.mark.req("CMP-P5")

WHAT = ["ไฟทางดับ", "ถนนเป็นหลุมลึก", "ขยะล้นถังส่งกลิ่นเหม็น", "น้ำท่วมขัง", "หมาจรจัดไล่กัดคน", "ท่อประปาแตก", "ฝาท่อหาย"]
WHERE = ["ซอยลาดพร้าว", "หมู่บ้านสุขใจ หมู่", "ถนนพหลโยธิน กม.", "หน้าวัดบ้านดอน ซอย", "ตลาดสดเทศบาล แผง"]
HOW = ["มาสามวันแล้วไม่มีใครมาดู", "ตั้งแต่เมื่อคืน เด็กเดินกลับบ้านลำบาก", "รถล้มไปสองคัน", "เคยแจ้งแล้วแต่เงียบ"]


def many() -> list[str]:
    choose = random.Random(3)
    return [
        f"{choose.choice(WHAT)} {choose.choice(WHERE)} {number} {choose.choice(HOW)} บ้านเลขที่ {choose.randrange(999)}"
        for number in range(400)
    ]


TEXTS = many()


def slip(text: str, share: float, choose: random.Random) -> str:
    return "".join(letter for letter in text if choose.random() > share)


EDITS = {
    "slips": lambda text, choose: slip(text, 0.05, choose),
    "courtesy": lambda text, _: f"สวัสดีครับ รบกวนหน่อยนะครับ {text} ช่วยดำเนินการด้วยครับ ขอบคุณมากครับ",
    "cut": lambda text, _: text[: len(text) * 7 // 10],
    "order": lambda text, _: text[len(text) // 2 :] + " " + text[: len(text) // 2],
    "spacing": lambda text, _: text.replace(" ", ""),
}


@pytest.mark.parametrize("kind", EDITS)
def test_an_edited_copy_finds_its_original(kind: str) -> None:
    choose = random.Random(11)
    index = repeats.Index(TEXTS)
    asked = choose.sample(range(len(TEXTS)), 40)
    found = [index.nearest(EDITS[kind](TEXTS[number], choose), most=1, least=0.3) for number in asked]
    assert sum([match.row for match in of] == [number] for of, number in zip(found, asked, strict=True)) >= 38


def test_each_indexed_text_finds_others_but_never_itself() -> None:
    copies = ["ไฟทางดับหน้าวัด", "ไฟทางดับ หน้าวัด", "ขยะล้น", "ไฟทางดับหน้าวัด!"]
    found = list(repeats.Index(copies).matches())
    assert [sorted(match.row for match in of) for of in found] == [[1, 3], [0, 3], [], [0, 1]]
    assert all(match.score == pytest.approx(1, abs=1e-5) for of in found for match in of)


def test_empty_and_tiny_texts_are_no_trouble() -> None:
    assert list(repeats.Index(["", "ก", "กข", "!!!", "ครับ"]).matches()) == [[], [], [], [], []]
    assert list(repeats.Index([]).matches()) == []
    assert repeats.Index([]).nearest("ไฟดับ") == []
    assert repeats.Index(["ไฟดับ"]).nearest("") == []


@given(st.lists(st.text(max_size=30), max_size=12))
def test_any_texts_can_be_compared_and_scores_are_shares(texts: list[str]) -> None:
    found = list(repeats.Index(texts).matches(least=0.0))
    assert len(found) == len(texts)
    for number, of in enumerate(found):
        assert all(match.row != number and 0 <= match.score <= 1 for match in of)
        assert [match.score for match in of] == sorted((match.score for match in of), reverse=True)


HERE = Place(13.7563, 100.5018)
NEAR = Place(13.7570, 100.5018)  # 78 metres north
FAR = Place(13.7900, 100.5018)
DAY = 86_400.0


@pytest.mark.parametrize(
    ("place", "at", "verdict"),
    [
        (NEAR, 2 * DAY, Verdict.REPEAT),
        (FAR, 2 * DAY, Verdict.ELSEWHERE),
        (NEAR, 40 * DAY, Verdict.ANOTHER_TIME),
        (Place(), 2 * DAY, Verdict.SUGGESTED),
        (NEAR, None, Verdict.SUGGESTED),
    ],
)
def test_place_and_time_decide(place: Place, at: float | None, verdict: Verdict) -> None:
    text = "ไฟทางดับทั้งซอยมืดมาก"
    first, second = repeats.find_repeats([Report(text, HERE, 0.0), Report(text + "ค่ะ", place, at)])
    assert second.likely[0].verdict is verdict
    assert second.repeat_of == (0 if verdict is Verdict.REPEAT else None)
    assert first.repeat_of is None


def test_the_later_report_repeats_the_earlier_whatever_the_order_of_rows() -> None:
    late, early = Report("ฝาท่อหายหน้าตลาด", HERE, 5 * DAY), Report("ฝาท่อหายหน้าตลาด", NEAR, 1 * DAY)
    found = list(repeats.find_repeats([late, early]))
    assert [finding.repeat_of for finding in found] == [1, None]


def test_the_same_words_from_hundreds_of_places_still_find_their_own_place() -> None:
    crowd = [Report("ไฟดับ", Place(5 + number / 100, 100.0), number * 3600.0) for number in range(300)]
    own = Report("ไฟดับครับ", Place(5 + 120 / 100, 100.0005), 130 * 3600.0)
    assert list(repeats.find_repeats([*crowd, own]))[-1].repeat_of == 120


def test_names_of_places_serve_where_there_is_no_point() -> None:
    assert repeats.is_same_place(Place(name="ถนนสุขุมวิท"), Place(name="ถนนสุขุมวิท"), Limits()) is True
    assert repeats.is_same_place(Place(name="ถนนสุขุมวิท"), Place(name="ถนนเพชรเกษม"), Limits()) is False
    assert repeats.is_same_place(HERE, Place(name="ถนนสุขุมวิท"), Limits()) is None


def test_distance_is_in_metres() -> None:
    assert repeats.metres_between(HERE, NEAR) == pytest.approx(77.8, abs=0.2)
    assert repeats.metres_between(HERE, HERE) == 0
