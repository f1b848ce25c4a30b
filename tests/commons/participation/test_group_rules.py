"""Like comments are grouped, and a campaign's letters are one argument of many people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.commons.participation.rules.groups import (
    Disposition,
    Said,
    missing_from_disposition,
    suggest_groups,
)

pytestmark = pytest.mark.req("ANA")

LETTER = "ข้าพเจ้าขอคัดค้านมาตรา ๔ เพราะผู้ค้ารายย่อยต้องเดินทางไกลเพื่อแจ้งต่อนายอำเภอ และเสียรายได้ทั้งวัน ขอให้แจ้งทางโทรศัพท์ได้"
OTHER = "ค่าปรับในมาตรา ๖ สูงเกินไปสำหรับร้านเล็ก ควรเตือนก่อนหนึ่งครั้งแล้วจึงปรับ"


def test_letters_of_a_campaign_are_one_argument_of_many_people() -> None:
    said = [
        Said(1, "a", LETTER),
        Said(2, "b", f"เรียนท่าน {LETTER}"),
        Said(3, "c", LETTER),
        Said(4, "d", OTHER),
        Said(5, "a", LETTER),
    ]
    first, second = suggest_groups(said)
    assert (first.numbers, first.people, len(first.arguments)) == ((1, 2, 3, 5), 3, 1)
    assert first.arguments[0].is_campaign
    assert (second.numbers, second.people) == ((4,), 1)
    assert not second.arguments[0].is_campaign


@pytest.mark.parametrize(
    ("one", "other"), [("เห็นด้วยกับ", "ไม่เห็นด้วยกับ"), ("สนับสนุน", "คัดค้าน"), ("support", "oppose")]
)
def test_for_and_against_before_the_same_words_are_two_arguments(one: str, other: str) -> None:
    (group,) = suggest_groups([Said(1, "a", f"{one} {LETTER}"), Said(2, "b", f"{other} {LETTER}")])
    assert [argument.people for argument in group.arguments] == [1, 1]


@given(st.lists(st.sampled_from([LETTER, OTHER, "เห็นด้วย", "", "ไม่เห็นด้วย", LETTER + OTHER]), max_size=8))
def test_each_comment_is_in_exactly_one_group(texts: list[str]) -> None:
    said = [Said(number, str(number % 3), text) for number, text in enumerate(texts)]
    groups = suggest_groups(said)
    assert sorted(n for group in groups for n in group.numbers) == list(range(len(texts)))
    assert suggest_groups(said[::-1]) == groups


def test_a_group_is_answered_only_with_a_disposition_and_its_reason() -> None:
    assert missing_from_disposition(None, "x") == "disposition"
    assert missing_from_disposition(Disposition.REJECTED, " \n") == "reason"
    assert missing_from_disposition(Disposition.REJECTED, "ขัดกับมาตรา ๕") is None
