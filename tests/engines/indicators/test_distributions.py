"""How values spread: every value in a bar, the fence where it is, far values counted at the ends."""

import pytest

from engines.indicators.conftest import duckdb_study
from sala.engines import indicators

pytestmark = pytest.mark.req("PRC-3.3")


def drawn(days, ini):
    processes = [
        {
            "ocid": f"o{at}",
            "tender": {
                "tenderPeriod": {
                    "startDate": "2024-01-01T00:00:00Z",
                    "endDate": f"20{24 + day // 360}-{1 + day % 360 // 30:02d}-{1 + day % 30:02d}T00:00:00Z",
                }
            },
        }
        for at, day in enumerate(days)
    ]
    study = duckdb_study([*processes, {"ocid": "without"}], indicators.parse(ini))
    return list(indicators.distributions(study, indicators.Statistics()))


def test_every_value_is_in_a_bar_and_the_fence_is_inside():
    (one,) = drawn([5, 6, 7, 20, 21, 25], "[R003]")
    assert one.states == {"flagged": 3, "clear": 3, "insufficient": 1}
    assert (sum(bar.flagged for bar in one.bars), sum(bar.clear for bar in one.bars)) == (3, 3)
    assert (one.low, one.high, one.fence) == (5.0, 25.0, 15.0)
    assert not one.goes_above


def test_far_values_are_counted_in_the_last_bar():
    (one,) = drawn([10, 11, 12, 13, 14, 20, 1000], "[R003]")
    assert one.goes_above
    assert one.bars[-1].clear == 1
    assert one.high < 100


def test_a_fence_that_differs_from_row_to_row_is_not_drawn():
    ini = "[R003]\n[R003.procurement_method_details]\nurgent = 5"
    (one,) = drawn([5, 6, 7], ini)
    assert one.fence == 15.0
    assert "15" in indicators.to_svg([one], "en")


def test_without_values_there_is_a_sentence_and_no_bar():
    (one,) = drawn([], "[R003]")
    assert one.bars == ()
    assert "no value to draw" in indicators.to_svg([one], "en")


def test_organizations_named_for_a_process_are_not_drawn_twice():
    assert [(one.code, one.about) for one in drawn([5], "[R030]\n[R013]\n")] == [("R030", "OCID")]
