"""One changed process gets the verdicts that a full run gives it; so does every order of the processes."""

import random

import pytest

from bench.contracting import processes
from engines.indicators.conftest import duckdb_study
from engines.indicators.odd_processes import Odd
from sala.engines import indicators

pytestmark = pytest.mark.req("PRC-3.4", "PRC-3.3")
SETTINGS = indicators.Settings()


def rows_of(study, statistics):
    tables = indicators.verdict_tables(study, statistics)
    return [row for table in tables for row in table.to_pyarrow().to_pylist() if row["id"] is not None]


def known(row):
    return tuple(row[name] for name in ("code", "about", "id", "state", "value", "threshold", "score"))


@pytest.fixture(scope="module")
def market():
    odd = Odd(11)
    return list(processes(220)) + [(at, odd.process(at)) for at in range(221, 301)]


@pytest.fixture(scope="module")
def full(market):
    study, statistics = duckdb_study([process for _, process in market], SETTINGS), indicators.Statistics()
    rows = rows_of(study, statistics)
    return rows, indicators.Fences.of(study, statistics)


def test_recomputed_verdicts_are_those_of_the_full_run(market, full):
    rows, fences = full
    again = indicators.Recomputer(SETTINGS, indicators.Fences.from_json(fences.as_json()))
    for seq, process in market:
        found = {known(row) for row in again.verdicts(seq, process) if row["id"] is not None}
        codes = {row[0] for row in found}
        assert len(codes) >= 35 or not isinstance(process.get("ocid"), str)
        assert found == {known(row) for row in rows if row["seq"] == seq and row["code"] in codes}


def test_the_order_of_the_processes_changes_nothing(market, full):
    shuffled = [process for _, process in market]
    random.Random(1).shuffle(shuffled)
    again = rows_of(duckdb_study(shuffled, SETTINGS), indicators.Statistics())
    flagged = {known(row) for row in again if row["state"] == "flagged" and row["code"] != "R024"}
    expected = {known(row) for row in full[0] if row["state"] == "flagged" and row["code"] != "R024"}
    assert {row[:4] for row in flagged} == {row[:4] for row in expected}


def test_a_missing_fence_is_named():
    empty = indicators.Fences(indicators.Statistics(), "THB", 0)
    with pytest.raises(ValueError, match="R024"):
        indicators.Recomputer(indicators.parse("[R024]"), empty)
