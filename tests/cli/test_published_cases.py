"""Every published case of Cardinal through the commands a person types, byte for byte or value for value."""

import json

import pytest
from typer.testing import CliRunner

from engines.indicators.processes import CASES, settings_of
from sala.cli.main import app

pytestmark = [pytest.mark.data, pytest.mark.req("PRC-3.3", "PRC-2.3")]


def cases(kind):
    return [pytest.param(path, id=path.stem) for path in sorted((CASES / kind).glob("*.jsonl"))]


def sala(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.mark.parametrize("case", cases("indicators"))
def test_run_prints_the_published_result(case, tmp_path):
    settings, out = tmp_path / "settings.ini", tmp_path / "result.json"
    settings.write_text(settings_of(case.stem), encoding="utf-8")
    assert sala("indicators", "run", case, "--settings", settings, "--json", "-o", out).exit_code == 0
    assert json.loads(out.read_bytes()) == json.loads(case.with_suffix(".expected").read_bytes())


@pytest.mark.parametrize("case", cases("prepare"))
def test_prepare_writes_the_published_lines(case, tmp_path):
    out = tmp_path / "prepared.jsonl"
    done = sala(
        "indicators", "prepare", case, "-s", case.with_suffix(".ini"), "-o", out, "-e", tmp_path / "csv"
    )
    assert done.exit_code == 0
    expected = case.with_suffix(".output").read_bytes().splitlines()
    assert out.read_bytes().splitlines() == [line for line in expected if line]


@pytest.mark.parametrize("case", cases("coverage"))
def test_coverage_prints_the_published_counts(case):
    done = sala("ocds", "coverage", case)
    assert done.exit_code == 0
    assert json.loads(done.stdout) == json.loads(case.with_suffix(".expected").read_bytes())
