"""What is told of offices side by side, and draws that anybody can repeat."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.commons.oversight.rules import WEEKS, Office, draw, has_changed, list_changes, lot, spark, together

pytestmark = pytest.mark.req("CMP-P3")


def office(code: str, *, before: int, now: int) -> Office:
    late = (before,) * (WEEKS - 4) + (now,) * 4
    return Office(agency=code, came=(1,) * WEEKS, done=(0,) * WEEKS, late=late, open_now=now)


@given(
    st.lists(st.text("CRA0123456789-", min_size=1), unique=True, max_size=30), st.text(), st.integers(0, 40)
)
def test_a_draw_is_the_same_in_whatever_order_the_matters_are_kept(
    references: list[str], seed: str, size: int
) -> None:
    drawn = draw(references, seed=seed, size=size)
    assert drawn == draw(reversed(references), seed=seed, size=size)
    assert len(drawn) == min(size, len(references))
    assert set(drawn) <= set(references)


def test_another_seed_draws_others_and_a_larger_draw_begins_with_the_smaller() -> None:
    references = [f"C69-{number:07}-0" for number in range(200)]
    first = draw(references, seed="1", size=20)
    assert draw(references, seed="2", size=20) != first
    assert draw(references, seed="1", size=30)[:20] == first


def test_the_lot_is_the_digest_that_the_page_names() -> None:
    # printf 'seed\nC69-0000001-0' | sha256sum
    assert lot("seed", "C69-0000001-0") == "d036696b0f0cc5bd4f0420987fc55805e7e7f85c10d0930bf955a8d01cbf4342"


def test_the_page_of_the_rule_gives_the_same_example() -> None:
    page = (Path(__file__).parents[3] / "docs/rules/audit-draws.md").read_text(encoding="utf-8")
    assert lot("seed", "C69-0000001-0") in page


def test_a_change_is_told_only_where_it_is_clear() -> None:
    assert not has_changed(office("a", before=0, now=2))
    assert has_changed(office("a", before=0, now=3))
    assert not has_changed(office("a", before=100, now=110))
    assert has_changed(office("a", before=100, now=120))
    assert has_changed(office("a", before=10, now=4))


def test_what_grew_is_told_first_and_what_shrank_is_not_crowded_out() -> None:
    offices = [office(f"up{n}", before=0, now=10 + n) for n in range(6)]
    offices += [office("down", before=20, now=1), office("still", before=5, now=5)]
    told = [changed.agency for changed in list_changes(offices)]
    assert told == ["up5", "up4", "up3", "down"]
    assert list_changes([]) == []


def test_offices_together_are_the_sum_of_each_week() -> None:
    whole = together([office("a", before=1, now=2), office("b", before=3, now=4)])
    assert (whole.late_before, whole.late_now, whole.came[-1], whole.open_now) == (4, 6, 2, 6)
    with pytest.raises(ValueError, match="no office"):
        together([])


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=20))
def test_the_small_line_stays_inside_its_frame(values: list[int]) -> None:
    points = [tuple(map(float, point.split(","))) for point in spark(values).split()]
    assert len(points) == len(values)
    assert all(0 <= x <= 96 and 0 <= y <= 24 for x, y in points)
