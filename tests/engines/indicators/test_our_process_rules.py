"""Our indicators about one process: flagged, clear, short of data, out of scope."""

import copy
from typing import Any

import pytest

from engines.indicators.conftest import duckdb_study
from engines.indicators.process_cases import (
    CASES,
    C,
    F,
    N,
    U,
)
from sala.engines import indicators

pytestmark = pytest.mark.req("PRC-3.3", "PRC-2.4")
Json = dict[str, Any]


def cancelled(process: Json) -> Json:
    return process | {"tender": process.get("tender", {}) | {"status": "cancelled"}}


def numbered() -> list[tuple[str, str, Json]]:
    """The cases, and of each indicator what would be flagged had the procedure not been cancelled."""
    all_cases = {code: [*cases, (N, cancelled(cases[0][1]))] for code, cases in CASES.items()}
    return [
        (code, expected, {"ocid": f"{code}-{at}", "date": "2025-01-01T00:00:00Z", **copy.deepcopy(process)})
        for code, cases in all_cases.items()
        for at, (expected, process) in enumerate(cases)
    ]


@pytest.mark.parametrize("code", CASES)
def test_each_of_the_four_states_has_a_case(code):
    assert {expected for one, expected, _ in numbered() if one == code} == {F, C, U, N}


@pytest.fixture(scope="module")
def settings() -> indicators.Settings:
    return indicators.parse(
        "currency = THB\n" + "".join(f"[{code}]\n" for code in CASES) + "[R054]\nthreshold = 500000\n"
    )


@pytest.fixture(scope="module")
def full(settings) -> tuple[list[Json], indicators.Fences]:
    """Every verdict of a run over all cases, and the fences it leaves."""
    study, statistics = (
        duckdb_study([process for _, _, process in numbered()], settings),
        indicators.Statistics(),
    )
    tables = list(indicators.verdict_tables(study, statistics))
    rows = [row for table in tables for row in table.to_pyarrow().to_pylist()]
    return rows, indicators.Fences.of(study, statistics)


@pytest.fixture(scope="module")
def found(full) -> dict[tuple[str, str], Json]:
    rows = [row for row in full[0] if row["about"] == "OCID"]
    return {(row["code"], row["id"]): indicators.evidence(row) for row in rows}


@pytest.mark.parametrize(
    ("code", "expected", "process"), numbered(), ids=lambda part: part if isinstance(part, str) else ""
)
def test_each_indicator_has_its_states(found, code, expected, process):
    verdict = found[code, process["ocid"]]
    assert verdict["state"] == expected
    assert verdict["inputs"]
    if expected == F:
        assert verdict["sentence"]
        assert verdict["sentence_th"]
        assert verdict["value"] is not None


def test_every_process_has_one_verdict_of_every_indicator(found):
    assert len(found) == len(CASES) * len(numbered())


def test_figures_of_the_evidence_are_those_of_the_process(found):
    verdict = found["R068", "R068-0"]
    assert verdict["facts"] == {"paid": 100.01, "contract": 100.0}
    assert verdict["sentence"] == "Paid 100.01 on contracts of 100.00: 100.0%."
    assert verdict["threshold"] == 1.0


def test_each_case_looked_at_alone_gets_the_verdicts_of_the_run(settings, full):
    """Another engine answers for one process: the same states and figures, value by value."""
    rows, fences = full
    again = indicators.Recomputer(settings, fences)

    def told(row: Json) -> str:
        return repr(
            {key: float(value) if isinstance(value, int) else value for key, value in sorted(row.items())}
        )

    for seq, (_, _, process) in enumerate(numbered(), start=1):
        answered = again.verdicts(seq, process)
        codes = {row["code"] for row in answered}
        expected = [row for row in rows if row["seq"] == seq and row["code"] in codes]
        assert sorted(map(told, answered)) == sorted(map(told, expected)), process["ocid"]
