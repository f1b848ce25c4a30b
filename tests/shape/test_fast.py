"""What `make test-fast` leaves out: only engines none of whose files changed, by a digest that sees each of them."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def tool() -> ModuleType:
    """tools/test_fast.py, which is a script and no part of the package."""
    spec = importlib.util.spec_from_file_location("fast_tool", ROOT / "tools" / "test_fast.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TOOL = tool()


def behind(engine: str) -> set[str]:
    """The names of the files that an engine's tests stand on."""
    return {
        file.relative_to(ROOT).as_posix() for file in TOOL.files_behind(ROOT / "tests" / "engines" / engine)
    }


def test_an_engines_tests_stand_on_its_code_its_data_its_helpers_and_the_ground() -> None:
    found = behind("indicators")
    assert {"pyproject.toml", "tests/conftest.py", "tests/bench/contracting.py"} <= found
    assert "tests/engines/indicators/processes.py" in found
    assert any(name.startswith("src/sala/engines/indicators/") for name in found)
    assert any(
        not name.endswith(".py") for name in behind("thai") if name.startswith("src/sala/engines/thai/")
    )


def test_an_engine_does_not_stand_on_a_service() -> None:
    """Otherwise it would be run again and again; that would be slow and not wrong."""
    assert not [name for name in behind("merkle") if name.startswith("src/sala/services/")]


def test_any_changed_byte_changes_the_digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TOOL, "ROOT", tmp_path)
    monkeypatch.setattr(TOOL, "GROUND", ())
    file = tmp_path / "one" / "words.csv"
    file.parent.mkdir()
    file.write_text("a", "utf-8")
    before = TOOL.digest_of(file.parent)
    assert TOOL.digest_of(file.parent) == before
    file.write_text("b", "utf-8")
    assert TOOL.digest_of(file.parent) != before
