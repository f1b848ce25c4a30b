"""Cabinet resolutions are read from the summary of a meeting: the draft law, who proposed it, money, laws named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.engines.legislation.resolutions import (
    Resolution,
    draft_kind,
    link_laws,
    list_subjects,
    read_resolutions,
)

pytestmark = pytest.mark.req("LAW-P2")

SUMMARY = """วันนี้ (11 กุมภาพันธ์ 2563) ซึ่งสรุปสาระสำคัญดังนี้
1.\u00a0 เรื่อง ร่างกฎกระทรวงกำหนดค่าธรรมเนียมตลาด (สมมติ) พ.ศ. ….
2. เรื่อง โครงการติดตั้งเครื่องวัดน้ำ
3. เรื่อง แต่งตั้งกรรมการ
*******************
1. เรื่อง ร่างกฎกระทรวงกำหนดค่าธรรมเนียมตลาด (สมมติ) พ.ศ. ….
คณะรัฐมนตรีมีมติอนุมัติหลักการร่างกฎกระทรวง ตามพระราชบัญญัติตลาด (สมมติ) พ.ศ. ๒๕๖๐ ตามที่กระทรวงมหาดไทย (มท.) เสนอ
สาระสำคัญ
ตามที่กระทรวงอื่นเสนอไว้เดิม วงเงิน 9 บาท
2. เรื่อง โครงการติดตั้งเครื่องวัดน้ำ
คณะรัฐมนตรีมีมติเห็นชอบและอนุมัติดังนี้ วงเงิน 1,372.5 ล้านบาท และงบกลาง 20 บาท วงเงิน 0.001 บาท
1. ให้ดำเนินการตามที่กระทรวงพลังงานเสนอ
"""


def read() -> list[Resolution]:
    return read_resolutions(SUMMARY)


def test_each_subject_with_a_decision_is_one_resolution_and_the_agenda_is_none() -> None:
    assert [(one.number, one.decisions) for one in read()] == [
        (1, ("approved",)),
        (2, ("agreed", "approved")),
    ]
    assert len(list_subjects(SUMMARY.split("*****")[0])) == 3


def test_a_resolution_names_the_draft_who_proposed_it_and_the_law_it_is_under() -> None:
    draft, project = read()
    assert (draft.kind, draft.office, draft.laws) == (
        "กฎกระทรวง",
        "กระทรวงมหาดไทย",
        ("พระราชบัญญัติตลาด (สมมติ) พ.ศ. ๒๕๖๐",),
    )
    assert (project.is_draft_law, project.office) == (False, "กระทรวงพลังงาน")
    titles = {"market-2560": "พระราชบัญญัติตลาด (สมมติ)  พ.ศ. 2560", "other": "พระราชบัญญัติตลาด (สมมติ) พ.ศ. 2561"}
    assert link_laws(draft, titles) == ["market-2560"]
    assert link_laws(project, titles) == []


def test_money_is_whole_satang_and_what_is_none_is_left_out() -> None:
    draft, project = read()
    assert (draft.satang, project.satang) == ((), (137_250_000_000, 2_000))
    assert project.project == "โครงการติดตั้งเครื่องวัดน้ำ"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("ขอความเห็นชอบร่างพระราชบัญญัติตลาด", "พระราชบัญญัติ"),
        ("(ร่าง) ระเบียบสำนักนายกรัฐมนตรี", "ระเบียบ"),
        ("ร่างกฎสำนักนายกรัฐมนตรีว่าด้วยเครื่องแบบ", "กฎสำนักนายกรัฐมนตรี"),
        ("ร่างบันทึกความเข้าใจ", ""),
        ("ร่างประกาศเจตนารมณ์ร่วม", ""),
        ("พระราชบัญญัติที่ใช้อยู่", ""),
    ],
)
def test_only_drafts_of_laws_are_draft_laws(title: str, kind: str) -> None:
    assert draft_kind(title) == kind


@given(st.text(alphabet="1. เรื่องคณะรัฐมนตรีมีมติวงเงิน,บาท\n๑ร่างกฎ", max_size=300))
def test_no_text_is_an_error(text: str) -> None:
    for one in read_resolutions(text):
        assert 0 <= one.start < one.end <= len(text)
