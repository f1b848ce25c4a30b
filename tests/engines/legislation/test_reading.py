"""A law is read into its chapters, provisions, paragraphs and points, in each shape that laws are published in."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.legislation.texts import ACT, AMENDMENT
from sala.engines.legislation import NoLawError, read_law, to_document
from sala.engines.legislation.letters import fold
from sala.engines.legislation.numbers import follows, id_part, key_of

pytestmark = pytest.mark.req("LAW-P")


def test_units_come_in_order_with_kind_number_heading_and_place() -> None:
    found = [(u.kind.value, u.number, u.number_arabic, u.heading) for u in read_law(ACT).units]
    assert found == [
        ("section", "๑", "1", ""),
        ("section", "๒", "2", ""),
        ("section", "๓", "3", ""),
        ("chapter", "๑", "1", "การจัดตั้งตลาด"),
        ("section", "๔", "4", ""),
        ("section", "๕", "5", ""),
        ("chapter", "๒", "2", "บทกำหนดโทษ"),
        ("section", "๖", "6", ""),
        ("section", "๖/๑", "6/1", ""),
        ("section", "๗", "7", ""),
        ("transitional", "", "", "บทเฉพาะกาล"),
        ("section", "๘", "8", ""),
    ]
    assert all(ACT[u.start :].startswith(("มาตรา", "หมวด", "บทเฉพาะกาล")) for u in read_law(ACT).units)


def test_paragraphs_hold_their_lists_and_what_goes_on_behind_a_list() -> None:
    law = read_law(ACT)
    section = law.find("4")
    assert section is not None
    first, second = section.paragraphs
    assert [item.label for item in first.items] == ["๑", "๒", "๓"]
    assert [inner.label for inner in first.items[1].subitems] == ["ก", "ข"]
    assert second.text.startswith("นายอำเภอต้องตอบ")
    penalty = law.find("๗")
    assert penalty is not None
    assert [item.text for item in penalty.paragraphs[0].items] == ["เน่าเสีย หรือ", "ไม่มีราคา"]
    assert penalty.paragraphs[0].tail == "ต้องระวางโทษปรับไม่เกินหนึ่งพันบาท"


def test_definitions_are_one_paragraph_and_a_repealed_section_has_none() -> None:
    law = read_law(ACT)
    definitions, repealed = law.find("3"), law.find("6/1")
    assert definitions is not None
    assert repealed is not None
    assert [one.definitions for one in definitions.paragraphs] == [("ตลาด", "ผู้ค้า")]
    assert repealed.is_repealed


def test_what_is_printed_around_a_law_is_told_apart_from_it() -> None:
    law = read_law(ACT)
    assert law.title == "พระราชบัญญัติตลาดชุมชน พ.ศ. ๒๕๗๐"
    assert (law.instrument, law.year) == ("พระราชบัญญัติ", "2570")
    assert law.conclusions.startswith("ผู้รับสนองพระราชโองการ")
    assert law.annexes.startswith("อัตราค่าธรรมเนียม")
    assert law.notes.startswith("หมายเหตุ")
    assert [(gap.line, gap.text) for gap in law.not_understood] == [(56, "อัตราค่าธรรมเนียม")]


def test_ids_are_of_the_number_alone_and_unique() -> None:
    law = read_law(ACT)
    ids = [unit.eid for unit in law.units]
    assert ids[3:5] == ["chp_1", "sec_4"]
    assert "sec_6_1" in ids
    inside = [p.eid for u in law.provisions() for p in u.paragraphs]
    points = [i.eid for u in law.provisions() for p in u.paragraphs for i in p.items]
    assert len({*ids, *inside, *points}) == len(ids) + len(inside) + len(points)
    shifted = read_law(ACT.replace("หมวด ๑\nการจัดตั้งตลาด", ""))
    assert [u.eid for u in shifted.provisions()] == [u.eid for u in law.provisions()]


@pytest.mark.parametrize("how", ["wrapped", "page"])
def test_the_same_law_is_read_from_wrapped_lines_and_from_a_page_in_one_line(how: str) -> None:
    body = re.sub(r"\[๑\]|\n *\n\[๑\].*", "", ACT, flags=re.DOTALL) if how == "page" else ACT
    if how == "wrapped":
        text = re.sub(r"(?<=\S) (?=โดย|ให้|ต้อง)", "\n", ACT)
    else:
        foot = " ้ หนา 1 ่ เลม 187 ตอนที่ 1 ก ราชกิจจานุเบกษา 2 มกราคม 2570 "
        text = re.sub(r"\s+", " ", body[: body.index("ผู้รับ")]) * 1 + foot
        text = text.replace("มาตรา ๕ ", f"มาตรา ๕ {foot}\n\n") + "ก " * 600
    law = read_law(text)
    assert [u.number_arabic for u in law.provisions()] == ["1", "2", "3", "4", "5", "6", "6/1", "7", "8"]
    assert [u.heading for u in law.units if u.heading] == ["การจัดตั้งตลาด", "บทกำหนดโทษ", "บทเฉพาะกาล"]


def test_a_reference_at_the_start_of_a_line_is_no_provision() -> None:
    text = ACT.replace("ตามวรรคหนึ่ง", "ตาม\nมาตรา ๙ หรือ\nมาตรา ๑๐ วรรคหนึ่ง")
    assert [u.number_arabic for u in read_law(text).provisions()][-1] == "8"


def test_lines_that_begin_like_a_heading_are_words() -> None:
    text = ACT.replace("นายอำเภอต้องตอบ", "ภาคีและ\nลักษณะของตลาด\nส่วนผู้ค้านั้นนายอำเภอต้องตอบ")
    assert len([u for u in read_law(text).units if not u.is_provision]) == 3


def test_a_gap_in_the_numbers_is_reported_with_its_line() -> None:
    law = read_law(ACT.replace("มาตรา ๕  ", ""))
    assert any("6 follows 4" in gap.why for gap in law.not_understood)


def test_a_text_without_provisions_is_refused() -> None:
    with pytest.raises(NoLawError):
        read_law("ประกาศรับสมัครงาน")


def test_what_is_quoted_is_no_provision_of_the_amending_act() -> None:
    law = read_law(AMENDMENT)
    assert [u.number_arabic for u in law.provisions()] == [str(n) for n in range(1, 13)]
    assert [one.number for one in law.quoted] == ["5/1", "6"]


def test_orders_to_amend_are_read() -> None:
    law = read_law(AMENDMENT)
    assert law.amends == "พระราชบัญญัติตลาดชุมชน พ.ศ. ๒๕๗๐"
    assert [(a.by, a.target, a.part, a.action, a.new_number) for a in law.amendments] == [
        ("มาตรา 3", "มาตรา 3", "บทนิยาม แผง", "add_definition", ""),
        ("มาตรา 4", "มาตรา 4", "(3)", "replace", ""),
        ("มาตรา 5", "มาตรา 4", "", "add_item", "(4)"),
        ("มาตรา 6", "มาตรา 4", "วรรคสอง", "replace", ""),
        ("มาตรา 7", "มาตรา 4", "วรรคสาม", "add_paragraph", ""),
        ("มาตรา 8", "มาตรา 5", "", "insert_after", "5/1"),
        ("มาตรา 9", "มาตรา 8", "", "repeal", ""),
        ("มาตรา 10", "มาตรา 5", "", "replace_words", ""),
        ("มาตรา 11", "มาตรา 6", "", "replace", ""),
    ]


def test_the_json_holds_what_the_gold_files_hold() -> None:
    document = to_document(read_law(ACT))
    section = next(
        one for one in document["units"] if one["number_arabic"] == "4" and one["kind"] == "section"
    )
    assert (section["paragraphs"], section["items"], section["eid"]) == (2, ["1", "2", "3"], "sec_4")
    assert section["subitems"] == [{"item": "2", "labels": ["ก", "ข"]}]
    assert section["content"][0]["items"][1]["items"][0]["label"] == "ก"


# ── any law ──────────────────────────────────────────────────────────────────

WORDS = st.text(alphabet="กขคงจชดตนบปผพมรลวสหอะาิีุูเแโใไ่้ ", min_size=1, max_size=60).filter(
    lambda w: bool(w.strip())
)
DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@given(st.lists(WORDS, min_size=1, max_size=30), st.booleans(), st.data())
def test_sections_that_are_written_are_read_again(bodies: list[str], thai: bool, data: st.DataObject) -> None:
    chapters = data.draw(st.sets(st.integers(1, len(bodies))))
    lines, wanted = ["พระราชบัญญัติทดลอง พ.ศ. 2570", ""], []
    for number, body in enumerate(bodies, start=1):
        if number in chapters:
            wanted.append(("chapter", str(1 + sum(one < number for one in chapters))))
            lines += [f"หมวด {wanted[-1][1]}", "ชื่อหมวด", ""]
        wanted.append(("section", str(number)))
        lines += [f"มาตรา {number}  ก{body.strip()}", ""]
    text = "\n".join(lines)
    law = read_law(text.translate(DIGITS) if thai else text)
    assert [(u.kind.value, u.number_arabic) for u in law.units] == wanted


@given(st.text(alphabet="มาตราขหวด๑๒๓123/() \n“”ตามและก[]พ.ศ", max_size=400))
def test_no_text_breaks_the_reader_and_nothing_is_lost_between_units(text: str) -> None:
    try:
        law = read_law(text)
    except NoLawError:
        return
    starts = [unit.start for unit in law.units]
    assert starts == sorted(starts)
    assert all(unit.start < unit.end <= len(text) for unit in law.units)
    for unit in law.provisions():
        whole = fold("".join(p.whole for p in unit.paragraphs))
        assert unit.is_repealed or len(whole) >= len(fold(unit.text)) - 1


@given(st.integers(1, 2000), st.integers(1, 50))
def test_numbers_follow_one_another(number: int, inner: int) -> None:
    assert follows(key_of(f"{number}"), key_of(f"{number + 1}"))
    assert follows(key_of(f"{number}"), key_of(f"{number}/1"))
    assert follows(key_of(f"{number}/{inner}"), key_of(f"{number}/{inner + 1}"))
    assert follows(key_of(f"{number}/{inner}"), key_of(f"{number + 1}"))
    assert follows(key_of(f"{number} ทวิ"), key_of(f"{number} ตรี"))
    assert not follows(key_of(f"{number}"), key_of(f"{number + 2}"))
    assert id_part(f"{number}/{inner}") == f"{number}_{inner}"
    assert id_part(f"{number} ทวิ") == f"{number}-bis"
