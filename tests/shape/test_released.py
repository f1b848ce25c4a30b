"""What was released stays as it was: a site somewhere ran it already, and will never run it again."""

import ast
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
# The tree from which on nothing that was released may change; its dump is in tests/upgrades.
FIRST = 10


def tool() -> ModuleType:
    """tools/release.py, which is a script and no part of the package."""
    spec = importlib.util.spec_from_file_location("release_tool", ROOT / "tools" / "release.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TOOL = tool()


def test_no_released_migration_and_no_data_it_reads_has_changed_or_gone() -> None:
    assert len(TOOL.promised()) >= FIRST
    assert not TOOL.broken_promises(), "write a new migration; a released one is history"


def test_whatever_a_released_migration_reads_is_promised_too() -> None:
    promised = TOOL.promised()
    unkept = [
        f"{name} reads {found.relative_to(ROOT)}"
        for name in promised
        if "/migrations/" in name and name.endswith(".py")
        for found in TOOL.files_read_by(ROOT / name)
        if found.relative_to(ROOT).as_posix() not in promised
    ]
    assert not unkept


@pytest.mark.parametrize("migration", TOOL.migrations(), ids=lambda p: f"{p.parents[1].name}.{p.stem}")
def test_a_migration_stands_on_nothing_that_goes_on_changing(migration: Path) -> None:
    """It runs on databases of years ago: rules, actions and live data of today would not do there what they did."""
    tree = ast.parse(migration.read_text(encoding="utf-8"))
    names = [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
    names += [alias.name for n in ast.walk(tree) if isinstance(n, ast.Import) for alias in n.names]
    live = [name for name in names if name.startswith("sala.") and not name.endswith(".models")]
    assert not live, "copy what it needs into the migration"
    for found in TOOL.files_read_by(migration):
        assert found.is_file()
        assert "reference" not in found.parts, "freeze a copy of it beside the migration"


def test_a_change_of_what_was_released_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = next(iter(TOOL.promised()))
    changed = tmp_path / name
    changed.parent.mkdir(parents=True)
    changed.write_bytes((ROOT / name).read_bytes() + b"\n")
    monkeypatch.setattr(TOOL, "ROOT", tmp_path)
    assert f"{name} was released and is changed" in TOOL.broken_promises()
    assert len(TOOL.broken_promises()) == len(TOOL.promised())
