"""Two versions of a law: what was added, removed, moved, renumbered, and which words changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.legislation.texts import ACT
from sala.engines.legislation import Comparison, apply_amendments, compare_laws, read_law, word_changes
from sala.engines.legislation.letters import arabic, fold
from sala.engines.legislation.wording import matches

pytestmark = pytest.mark.req("LAW-P")


def compared(after: str, before: str = ACT) -> Comparison:
    return compare_laws(read_law(before), read_law(after))


def told(comparison: Comparison) -> list[tuple[tuple[str, ...], str, str]]:
    return [
        (c.what, c.before.eid if c.before else "", c.after.eid if c.after else "") for c in comparison.changes
    ]


def test_a_law_is_equal_to_itself_however_its_lines_and_digits_are_written() -> None:
    for text in (ACT, arabic(ACT), ACT.replace("“", "").replace("”", ""), ACT.replace("ต้องแจ้ง", "\nต้องแจ้ง")):
        assert told(compared(text)) == []


def test_a_changed_section_says_which_words() -> None:
    comparison = compared(ACT.replace("ภายในสิบห้าวันนับแต่", "ภายในเจ็ดวันนับแต่"))
    assert told(comparison) == [(("changed",), "sec_4", "sec_4")]
    spans = [(s.what, s.text) for s in comparison.changes[0].words if s.what != "same"]
    assert spans == [("removed", "สิบห้า"), ("added", "เจ็ด")]


def test_a_new_section_renumbers_those_behind_it_and_changes_none() -> None:
    later = ACT
    for number in "๘๗":
        later = later.replace(f"มาตรา {number} ", f"มาตรา {'๙' if number == '๘' else '๘'} ")
    later = later.replace(
        "มาตรา ๖/๑  (ยกเลิก)", "มาตรา ๖/๑  (ยกเลิก)\n\nมาตรา ๗  ผู้ค้าต้องติดป้ายราคาให้ผู้ซื้อเห็นได้ชัดเจน"
    )
    assert told(compared(later)) == [
        (("added",), "", "sec_7"),
        (("renumbered",), "sec_7", "sec_8"),
        (("renumbered",), "sec_8", "sec_9"),
    ]


def test_a_removed_section_is_told_where_it_stood() -> None:
    begin, end = ACT.index("มาตรา ๕  "), ACT.index("หมวด ๒")
    comparison = compared(ACT[:begin] + ACT[end:])
    assert told(comparison) == [(("removed",), "sec_5", "")]
    assert comparison.unchanged == 11


def test_a_section_under_another_heading_was_moved() -> None:
    begin, end = ACT.index("มาตรา ๕  "), ACT.index("หมวด ๒")
    section = ACT[begin:end]
    without = ACT[:begin] + ACT[end:]
    at = without.index("มาตรา ๖  ")
    assert told(compared(without[:at] + section + without[at:])) == [(("moved",), "sec_5", "sec_5")]


def test_a_new_heading_moves_nothing() -> None:
    later = ACT.replace("มาตรา ๕  ", "หมวด ๑/๑\nการแก้ไข\n\nมาตรา ๕  ")
    assert told(compared(later)) == [(("added",), "", "chp_1_1")]


def test_a_section_moved_and_changed_is_both() -> None:
    begin, end = ACT.index("มาตรา ๕  "), ACT.index("หมวด ๒")
    section = ACT[begin:end].replace("ไม่ครบถ้วน", "ไม่สมบูรณ์")
    without = ACT[:begin] + ACT[end:]
    at = without.index("มาตรา ๖  ")
    assert told(compared(without[:at] + section + without[at:])) == [(("moved", "changed"), "sec_5", "sec_5")]


def test_a_section_that_was_rewritten_keeps_its_number() -> None:
    begin, end = ACT.index("ผู้ใดฝ่าฝืนมาตรา ๔ วรรคหนึ่ง ต้อง"), ACT.index("มาตรา ๖/๑")
    later = f"{ACT[:begin]}เงินค่าปรับให้ตกเป็นของท้องถิ่น\n\n{ACT[end:]}"
    assert told(compared(later)) == [(("changed",), "sec_6", "sec_6")]


def test_an_amending_act_changes_what_it_says(amendment: str) -> None:
    base = read_law(ACT)
    comparison = compare_laws(base, apply_amendments(base, read_law(amendment)).law)
    units = (change.after or change.before for change in comparison.changes)
    changed = {unit.eid for unit in units if unit is not None}
    assert changed == {"sec_3", "sec_4", "sec_5", "sec_5_1", "sec_6", "sec_8"}


@pytest.fixture
def amendment() -> str:
    from engines.legislation.texts import AMENDMENT

    return AMENDMENT


# ── any two texts ────────────────────────────────────────────────────────────

FEW = st.lists(st.sampled_from("กขคงจ"), max_size=25)
THAI = st.text(alphabet="กขคดนมรลวสหอะาิุเแไ่้ ๑2\n“", max_size=80)


@given(FEW, FEW)
def test_matches_are_equal_words_in_order(old: list[str], new: list[str]) -> None:
    at_old = at_new = 0
    for one, other, length in matches(old, new):
        assert length > 0
        assert one >= at_old
        assert other >= at_new
        assert old[one : one + length] == new[other : other + length]
        at_old, at_new = one + length, other + length


@given(THAI, THAI)
def test_the_spans_give_both_texts_again(before: str, after: str) -> None:
    spans = word_changes(before, after)
    assert fold("".join(s.text for s in spans if s.what != "removed")) == fold(after)
    assert fold("".join(s.text for s in spans if s.what != "added")) == fold(before)
    assert all(s.what != other.what for s, other in zip(spans, spans[1:], strict=False))


@given(THAI)
def test_a_text_is_equal_to_itself(text: str) -> None:
    assert {span.what for span in word_changes(text, text)} <= {"same"}


UNLIKE = (
    "ตลาดเปิดตั้งแต่หกโมงเช้า",
    "ผู้ค้าแต่ละคนได้แผงเดียว",
    "ห้ามจุดไฟในบริเวณที่ห้าม",
    "ค่าธรรมเนียมให้เก็บเป็นรายเดือน",
    "ทะเบียนต้องเก็บไว้สิบปี",
    "คณะกรรมการมีกรรมการเจ็ดคน",
    "ผู้ซื้อร้องเรียนด้วยวาจาก็ได้",
    "น้ำเสียต้องบำบัดก่อนระบาย",
)


@given(st.sets(st.integers(0, 7)), st.sets(st.integers(0, 7)))
def test_what_one_way_adds_the_other_way_removes(one: set[int], other: set[int]) -> None:
    def law(chosen: set[int]) -> str:
        sections = [f"มาตรา {10 * n + 2}  {UNLIKE[n]}" for n in sorted(chosen)]
        return "\n\n".join(["พระราชบัญญัติ พ.ศ. 2570", "มาตรา 1  พระราชบัญญัตินี้", *sections])

    forth, back = compared(law(other), law(one)), compared(law(one), law(other))
    assert forth.count("added") == back.count("removed") == len(other - one)
    assert forth.count("removed") == back.count("added") == len(one - other)
    assert forth.count("changed") == forth.count("renumbered") == forth.count("moved") == 0
