"""A budget leaves as a fiscal data package and comes back equal; the command checks what must be equal."""

import hashlib
import json
from pathlib import Path

import pytest
from tests.small_state import NOW
from typer.testing import CliRunner

from sala.cli import budget as command
from sala.core.actors import SYSTEM
from sala.services.budgeting import actions, demonstration, exporters, queries


@pytest.fixture
def package(db: None, tmp_path: Path) -> Path:
    """The invented nation, written."""
    demonstration.load_nation(NOW)
    exporters.write_package(tmp_path, 2569)
    return tmp_path


@pytest.mark.req("BUD-3.4")
def test_a_package_comes_back_equal(package: Path) -> None:
    assert list(exporters.read_package(package)) == list(exporters.every_event(2569))


def test_the_descriptor_says_what_is_in_each_column_and_the_files_digest(package: Path) -> None:
    told = json.loads((package / "datapackage.json").read_text("utf-8"))
    (resource,) = told["resources"]
    assert told["profile"] == "fiscal-data-package"
    raw = (package / resource["path"]).read_bytes()
    assert resource["hash"] == f"sha256:{hashlib.sha256(raw).hexdigest()}"
    header = raw.decode().splitlines()[0].split(",")
    assert [field["name"] for field in resource["schema"]["fields"]] == header


def test_the_package_is_valid_by_the_standards_own_tool(package: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(package / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])[:5]


@pytest.mark.django_db
def test_the_command_prints_sums_and_says_what_does_not_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "require_site", lambda: None)
    monkeypatch.setattr(command, "prepare_django", lambda: None)
    demonstration.load_nation(NOW)
    told = CliRunner().invoke(command.app, ["check"])
    assert (told.exit_code, told.stdout.splitlines()[-1]) == (0, "every identity holds")
    row = {"ministry": "กระทรวงเกิน", "amount": "5"}
    options = {"source": "x", "fiscal_year": "2569", "holds_on": "2025-10-01"}
    rows = [(2, {**row, "stage": "act"}), (3, {**row, "stage": "allotment", "amount": "7"})]
    actions.import_budget(actor=SYSTEM, now=NOW, rows=rows, options=options)
    told = CliRunner().invoke(command.app, ["check", "--year", "2569"])
    assert told.exit_code == 1
    assert "allotted" in told.stdout
    assert "กระทรวงเกิน: 2 baht too much" in told.stdout
    assert CliRunner().invoke(command.app, ["check", "--year", "2400"]).exit_code == 2
    assert [one.difference for one in queries.list_broken(2569)] == [200]
