"""Quartiles by ranks are those of method R-8, whatever the order of the rows."""

import ibis
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sala.engines.indicators.quartiles import medians, position, quartiles, robust_scores

pytestmark = pytest.mark.req("PRC-3.3")
DATABASE = ibis.duckdb.connect()
VALUES = st.lists(st.floats(-1e9, 1e9, allow_nan=False), min_size=1, max_size=40)


def table_of(columns):
    """A table in DuckDB."""
    DATABASE.con.register("given", pa.table(columns))
    return DATABASE.table("given")


@given(VALUES, st.sampled_from([0.0, 0.25, 0.5, 0.75, 0.9, 1.0]))
def test_the_rank_is_that_of_r8(values, share):
    ordered = sorted(values)
    below, weight = position(len(ordered), share)
    above = min(below + 1, len(ordered))
    found = ordered[below - 1] + weight * (ordered[above - 1] - ordered[below - 1])
    expected = np.quantile(ordered, share, method="median_unbiased")
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-3)


@given(VALUES)
@settings(max_examples=15)
def test_quartiles_in_sql_are_those_of_r8(values):
    found = quartiles(table_of({"v": values}), "v")
    expected = np.quantile(values, [0.25, 0.75], method="median_unbiased")
    assert found.count == len(values)
    assert [found.q1, found.q3] == pytest.approx(list(expected), rel=1e-9, abs=1e-3)


def test_fences_of_a_known_set():
    found = quartiles(table_of({"v": [1.0, 99, 99, 99, 99]}), "v")
    assert (round(found.q1, 4), found.q3, round(found.lower, 4)) == (66.3333, 99.0, 17.3333)
    assert not found.flat


def test_an_empty_column_has_no_quartiles():
    table = table_of({"v": [1.0]})
    assert quartiles(table.filter(table.v > 2), "v") is None


def test_medians_and_robust_scores_by_group():
    table = table_of({"g": ["a"] * 4 + ["b"] * 3, "v": [1.0, 2, 3, 10, 5, 5, 5]})
    found = {
        row["g"]: (row["count"], row["median"]) for row in medians(table, ["g"], "v").to_pyarrow().to_pylist()
    }
    assert found == {"a": (4, 2.5), "b": (3, 5.0)}
    scores = {
        (row["g"], row["v"]): row["score"]
        for row in robust_scores(table, ["g"], "v").to_pyarrow().to_pylist()
    }
    assert scores["a", 10.0] == pytest.approx(0.6745 * 7.5 / 1.0)
    assert scores["b", 5.0] is None
