"""Requirements and tests: each we say we meet has a test with its id, each id is one of the specification's."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

TESTS = Path(__file__).resolve().parents[1]
PROMISED = (
    *("CMP-1.1", "CMP-1.2", "CMP-2.2", "CMP-3.3", "CMP-P1", "CMP-P2", "CMP-P3", "CMP-P4", "CMP-P5", "CMP-P6"),
    *("LAW-P", "LAW-Q", "ODP-3"),
    *("PAIN-01", "PAIN-02", "PAIN-03", "PAIN-04", "PAIN-05", "PAIN-06", "PAIN-07", "PAIN-08", "PAIN-09"),
    *("MCH", "MOD", "JUS", "RES", "TRU-1", "TRU-2", "TRU-3", "ODP", "DIR"),
    *("LAW-2.1", "LAW-2.2", "BUD-3.1", "BUD-3.3", "PRC-2.3", "PRC-3.3"),
)
_MARK = re.compile(r"mark\.req\(([^)]*)\)")


def tool() -> ModuleType:
    """tools/coverage_of_spec.py, which is a script and no part of the package."""
    path = TESTS.parent / "tools" / "coverage_of_spec.py"
    spec = importlib.util.spec_from_file_location("coverage_of_spec", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TOOL = tool()


def marked() -> set[str]:
    """Every id that a test carries."""
    sources = (path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py"))
    return {
        name for source in sources for ids in _MARK.findall(source) for name in re.findall(r'"([^"]+)"', ids)
    }


@pytest.mark.parametrize("requirement", PROMISED)
def test_every_promised_requirement_has_a_test(requirement: str) -> None:
    assert requirement in marked()


def test_every_id_that_a_test_carries_is_one_of_the_specification() -> None:
    assert not sorted(marked() - set(TOOL.known_ids())), "no such row; ids are in docs/spec-ids.txt"


def test_our_list_of_ids_is_the_specification_s() -> None:
    if not TOOL.SPEC.is_file():
        pytest.skip("the specification is not beside this checkout")
    wanted = TOOL.ids_of(TOOL.SPEC.read_text(encoding="utf-8"))
    assert TOOL.known_ids() == wanted, "bring docs/spec-ids.txt up to date"


def test_a_row_without_a_test_is_printed_as_such(capsys: pytest.CaptureFixture[str]) -> None:
    watcher = TOOL.Watcher()
    watcher.tests["CMP-1.1"] = ["tests/one.py::test_it"]
    watcher.results["tests/one.py::test_it"] = "passed"
    watcher.tests["XYZ-9"] = ["tests/two.py::test_that"]
    assert TOOL.print_table(watcher, is_run=True) == ["XYZ-9"]
    printed = capsys.readouterr().out
    assert "CMP-1.1: 1 tests, 1 passed" in printed
    assert "CMP-1.2: NO TEST" in printed
    assert "XYZ-9: 1 tests, 0 passed (an id that no specification has)" in printed
    assert all(f"\n{name}: " in printed for name in TOOL.known_ids())


def test_ids_are_read_from_rows_of_tables_and_from_the_range_of_pain_points() -> None:
    text = "| id | must |\n| CMP-2.2b | a |\n| CASE | b |\n| Korea KONEPS | c |\n(each has an id, PAIN-01 … PAIN-03, x)"
    assert TOOL.ids_of(text) == ["CMP-2.2b", "CASE", "PAIN-01", "PAIN-02", "PAIN-03"]
