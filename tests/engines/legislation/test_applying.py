"""An amending act is applied to its base: each usual form, and by name what could not be applied."""

import gzip
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.legislation.texts import ACT, AMENDMENT
from sala.engines.legislation import Law, apply_amendments, read_law, to_text
from sala.engines.legislation.letters import arabic
from sala.engines.legislation.spelling import mend
from sala.engines.legislation.writing import provision_text

pytestmark = pytest.mark.req("LAW-P")


def lines(law: Law, number: str) -> list[str]:
    found = law.find(number)
    assert found is not None
    return provision_text(found).split("\n")


@pytest.fixture(scope="module")
def amended() -> Law:
    applied = apply_amendments(read_law(ACT), read_law(AMENDMENT))
    assert applied.not_applied == ()
    assert len(applied.done) == 9
    return applied.law


def test_a_definition_comes_between_the_two_that_the_act_names(amended: Law) -> None:
    assert [line.partition(" ")[0] for line in lines(amended, "3")[1:]] == ["“ตลาด”", "“แผง”", "“ผู้ค้า”"]


def test_points_and_paragraphs_are_replaced_and_added(amended: Law) -> None:
    told = lines(amended, "4")
    assert told[5:7] == ["(๓) จำนวนแผง", "(๔) รายการอื่นตามที่กำหนดในกฎกระทรวง"]
    assert told[7].startswith("นายอำเภอต้องตอบภายในเจ็ดวัน")
    assert told[8].startswith("ถ้านายอำเภอไม่ตอบ")
    assert len(told) == 9


def test_sections_are_replaced_inserted_repealed_and_words_exchanged(amended: Law) -> None:
    assert [u.number for u in amended.provisions()] == ["๑", "๒", "๓", "๔", "๕", "๕/๑", "๖", "๖/๑", "๗", "๘"]
    assert lines(amended, "6")[0].endswith("ไม่เกินหนึ่งหมื่นบาท")
    assert lines(amended, "8") == ["(ยกเลิก)"]
    assert "ให้นายกเทศมนตรีแจ้ง" in lines(amended, "5")[0]
    assert [u.eid for u in amended.provisions()][5] == "sec_5_1"


def test_the_consolidated_text_is_read_again_as_the_same_law(amended: Law) -> None:
    again = read_law(amended.text)
    assert [(u.eid, u.heading) for u in again.units] == [(u.eid, u.heading) for u in amended.units]
    assert [provision_text(u) for u in again.provisions()] == [
        provision_text(u) for u in amended.provisions()
    ]


def test_what_cannot_be_applied_is_named_and_the_rest_is_done() -> None:
    text = AMENDMENT.replace("ใน (๓) ของมาตรา ๔", "ใน (๙) ของมาตรา ๔").replace(
        "ให้ยกเลิกมาตรา ๘", "ให้ยกเลิกมาตรา ๘๘"
    )
    applied = apply_amendments(read_law(ACT), read_law(text))
    assert [(one.amendment.by, one.why) for one in applied.not_applied] == [
        ("มาตรา 4", "the base has no point (9)"),
        ("มาตรา 9", "there is no มาตรา 88 in the base"),
    ]
    assert len(applied.done) == 7


def test_a_chapter_is_inserted_with_its_sections() -> None:
    order = (
        "มาตรา ๓  ให้เพิ่มความต่อไปนี้เป็นหมวด ๑/๑ การดูแลตลาด มาตรา ๕/๑ และมาตรา ๕/๒ แห่งพระราชบัญญัติตลาดชุมชน พ.ศ. ๒๕๗๐\n"
        "“หมวด ๑/๑\nการดูแลตลาด\n\nมาตรา ๕/๑  ผู้ดูแลต้องอยู่ประจำ\n\nมาตรา ๕/๒  ผู้ดูแลต้องทำความสะอาด”\n\n"
    )
    text = re.sub(r"มาตรา ๓  .*(?=มาตรา ๑๒)", order, AMENDMENT, flags=re.DOTALL).replace(
        "มาตรา ๑๒", "มาตรา ๔"
    )
    applied = apply_amendments(read_law(ACT), read_law(text))
    assert applied.not_applied == ()
    at = [u.eid for u in applied.law.units]
    assert at[at.index("sec_5") : at.index("chp_2")] == ["sec_5", "chp_1_1", "sec_5_1", "sec_5_2"]


def test_a_range_of_sections_is_repealed() -> None:
    text = AMENDMENT.replace("ให้ยกเลิกมาตรา ๘ ", "ให้ยกเลิกมาตรา ๔ ถึงมาตรา ๗ ")
    assert [a.target for a in read_law(text).amendments if a.action == "repeal"] == [
        "มาตรา 4",
        "มาตรา 5",
        "มาตรา 6",
        "มาตรา 7",
    ]


NOTICE = """ประกาศกระทรวงมหาดไทย
เรื่อง หลักเกณฑ์ตลาด (ฉบับที่ ๒)

ข้อ ๑  ให้ยกเลิก (๓) และ (๔) ของวรรคหนึ่งของข้อ ๕ แห่งประกาศกระทรวงมหาดไทย เรื่อง หลักเกณฑ์ตลาด พ.ศ. ๒๕๖๐

ข้อ ๒  ให้ยกเลิกความในข้อ ๗ วรรคสอง แห่งประกาศกระทรวงมหาดไทย เรื่อง หลักเกณฑ์ตลาด พ.ศ. ๒๕๖๐ และให้ใช้ความต่อไปนี้แทน
“ให้ผู้ค้าแจ้ง”

ข้อ ๓  ให้เพิ่มความต่อไปนี้เป็นข้อ ๑๒/๑ และข้อ ๑๒/๒ แห่งประกาศกระทรวงมหาดไทย เรื่อง หลักเกณฑ์ตลาด พ.ศ. ๒๕๖๐
“ข้อ ๑๒/๑  ก

ข้อ ๑๒/๒  ข”

ข้อ ๔  ให้ใช้คำว่า “ตลาดนัด” แทนคำว่า “ตลาด” ในข้อ ๔ แห่งประกาศกระทรวงมหาดไทย เรื่อง หลักเกณฑ์ตลาด พ.ศ. ๒๕๖๐

ข้อ ๕  ให้ยกเลิกบัญชีอัตราค่าธรรมเนียมท้ายประกาศกระทรวงมหาดไทย เรื่อง หลักเกณฑ์ตลาด พ.ศ. ๒๕๖๐ และให้ใช้บัญชีอัตราค่าธรรมเนียมท้ายประกาศนี้แทน

ประกาศ ณ วันที่ ๑ มกราคม พ.ศ. ๒๕๖๕
"""


def test_notices_with_their_own_word_for_sections_are_read_in_both_orders_of_parts() -> None:
    law = read_law(NOTICE)
    assert law.title == "ประกาศกระทรวงมหาดไทย เรื่อง หลักเกณฑ์ตลาด (ฉบับที่ ๒)"
    assert [(a.by, a.target, a.part, a.action, a.new_number) for a in law.amendments] == [
        ("ข้อ 1", "ข้อ 5", "วรรคหนึ่ง (3)", "repeal", ""),
        ("ข้อ 1", "ข้อ 5", "วรรคหนึ่ง (4)", "repeal", ""),
        ("ข้อ 2", "ข้อ 7", "วรรคสอง", "replace", ""),
        ("ข้อ 3", "ข้อ 12", "", "insert_after", "12/1"),
        ("ข้อ 3", "ข้อ 12/1", "", "insert_after", "12/2"),
        ("ข้อ 4", "ข้อ 4", "", "replace_words", ""),
        ("ข้อ 5", "บัญชีอัตราค่าธรรมเนียมท้ายประกาศ", "", "replace", ""),
    ]


def test_numbers_are_written_in_the_digits_of_the_base() -> None:
    latin = arabic(AMENDMENT)
    added = apply_amendments(read_law(ACT), read_law(latin)).law.find("5/1")
    assert added is not None
    assert added.number == "๕/๑"


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("รัฐมนตรีมีอานาจออกกฎกระทรวงกาหนด", "รัฐมนตรีมีอำนาจออกกฎกระทรวงกำหนด"),
        ("ประกำศกำรประชุม", "ประกาศการประชุม"),
        ("สานั กงาน", "สำนักงาน"),
        ("ผู้ประเมินราคาเป็นผู้กาหนด", "ผู้ประเมินราคาเป็นผู้กำหนด"),
        ("จดทะเบียน ณ ที่นั้น", "จดทะเบียน ณ ที่นั้น"),
    ],
    ids=["lost", "misread", "torn", "inside", "blanks"],
)
def test_letters_of_a_gazette_page_are_mended(printed: str, meant: str) -> None:
    assert mend(printed) == meant


@given(st.permutations(range(4, 12)))
def test_orders_stand_for_themselves_whatever_their_order(order: list[int]) -> None:
    """Orders on different parts do not hang together: each permutation gives the same provisions."""
    digits = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
    orders = re.split(r"\n\nมาตรา [๐-๙]+  ", AMENDMENT[AMENDMENT.index("มาตรา ๑ ") - 2 :])
    one_by_one = [
        3,
        *[n for n in order if n not in (5, 7)],
        5,
        7,
    ]  # a fourth point and a third paragraph come last
    parts = [orders[1], orders[2], *(orders[n] for n in one_by_one), orders[12]]
    head = AMENDMENT[: AMENDMENT.index("มาตรา ๑ ")]
    text = head + "".join(
        f"มาตรา {str(n).translate(digits)}  {part}\n\n" for n, part in enumerate(parts, start=1)
    )
    base = read_law(ACT)
    shuffled = apply_amendments(base, read_law(text))
    plain = apply_amendments(base, read_law(AMENDMENT))
    assert shuffled.not_applied == ()
    assert to_text(shuffled.law) == to_text(plain.law)


# ── real laws ────────────────────────────────────────────────────────────────


def letters(text: str) -> str:
    """Words without blanks (a Gazette page does not tell which ended a line), marks and the sort of digits."""
    return re.sub(r"[\s“”\"]", "", arabic(text))


def test_the_civil_code_with_number_23_is_the_code_as_it_was_afterwards(shared_data: Path) -> None:
    folder = shared_data / "thai-law-texts"

    def read(name: str) -> Law:
        raw = (folder / name).read_bytes()
        return read_law((gzip.decompress(raw) if name.endswith(".gz") else raw).decode())

    amendment = read("civil-commercial-code-amendment-no23-2565.txt")
    applied = apply_amendments(read("civil-commercial-code-before-no23.txt.gz"), amendment)
    after = read("civil-commercial-code-after-no23.txt.gz")
    assert applied.not_applied == ()
    numbers = {one.new_number or one.target.partition(" ")[2] for one in amendment.amendments} - {"9"}
    differ = {}
    for number in sorted(numbers):
        ours, theirs = applied.law.find(number), after.find(number)
        assert ours is not None
        assert theirs is not None
        if letters(provision_text(ours)) != letters(provision_text(theirs)):
            differ[number] = letters(provision_text(ours)), letters(provision_text(theirs))
    # one letter in each of two paragraphs that No. 23 leaves alone: the two publishers print the code differently
    assert differ.keys() == {"1128", "1201"}
    assert differ["1128"][0].replace("จดลงว่า", "จัดลงว่า") == differ["1128"][1]
    assert differ["1201"][0].replace("ระหว่างกาล", "ระวางกาล") == differ["1201"][1]
    heading = next(u for u in applied.law.units if u.kind.value == "division" and "ควบรวม" in u.heading)
    assert heading.heading == "การควบรวมบริษัทจำกัด"
