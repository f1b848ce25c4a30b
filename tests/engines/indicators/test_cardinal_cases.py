"""Every published case of Cardinal gives Cardinal's result."""

import json

import orjson
import pytest

from engines.indicators.processes import CASES, settings_of
from sala.engines import indicators

pytestmark = [pytest.mark.data, pytest.mark.req("PRC-3.3")]
INDICATOR_CASES = sorted((CASES / "indicators").glob("*.jsonl"))
PREPARE_CASES = sorted((CASES / "prepare").glob("*.jsonl"))


def test_the_cases_are_there(shared_data):
    assert len(INDICATOR_CASES) >= 12
    assert len(PREPARE_CASES) >= 9


@pytest.mark.parametrize("case", INDICATOR_CASES, ids=lambda path: path.stem)
def test_indicators_give_cardinals_result(case, flags):
    processes = [orjson.loads(line) for line in case.read_bytes().splitlines() if line.strip()]
    expected = json.loads(case.with_suffix(".expected").read_text())
    assert flags(processes, settings_of(case.stem)) == expected


@pytest.mark.parametrize("case", PREPARE_CASES, ids=lambda path: path.stem)
def test_prepare_gives_cardinals_lines(case):
    preparer = indicators.Preparer(indicators.parse(case.with_suffix(".ini").read_text()))
    lines = []
    for line in case.read_bytes().splitlines():
        process = orjson.loads(line)
        preparer.prepare(process)
        lines.append(orjson.dumps(process))
    expected = case.with_suffix(".output").read_bytes().splitlines()
    assert lines == [line for line in expected if line]
