"""Requirement id → tests → result: runs every test that carries a requirement's id and prints the table.

`--list` only lists the tests. The ids are those of docs/spec-ids.txt, so that a requirement without a test is told
wherever the checkout stands. Exit code 1 if a test of a requirement fails, 2 if a test carries an unknown id.
"""

import re
import sys
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
IDS = ROOT / "docs" / "spec-ids.txt"
# The specification itself is not part of the repository; where it stands beside the checkout, a test compares.
SPEC = ROOT.parent / "shared" / "SPEC.md"
_ROW = re.compile(r"^\| ([A-Z]{3,4}(?:-[0-9A-Z][0-9.]*[a-z]?)?) \|", re.MULTILINE)
_RANGE = re.compile(r"each has an id, ([A-Z]+)-(\d+) … \1-(\d+)")


class Watcher:
    """Keeps the tests that carry an id, and how each ended."""

    def __init__(self) -> None:
        self.tests: dict[str, list[str]] = defaultdict(list)
        self.results: dict[str, str] = {}

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Only tests with an id are run."""
        marked = []
        for item in items:
            ids = [name for mark in item.iter_markers("req") for name in mark.args]
            for name in dict.fromkeys(ids):
                self.tests[name].append(item.nodeid)
            if ids:
                marked.append(item)
        config.hook.pytest_deselected(items=[item for item in items if item not in set(marked)])
        items[:] = marked

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """The worst of set-up, call and tear-down counts."""
        worse = report.failed or (report.skipped and self.results.get(report.nodeid) != "failed")
        if report.when == "call" or worse:
            self.results[report.nodeid] = report.outcome


def known_ids() -> list[str]:
    """The ids of the specification, in its own order."""
    return [line for line in IDS.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]


def ids_of(specification: str) -> list[str]:
    """The ids that a specification's text gives: one for each row of its tables, then those told as a range."""
    ids = _ROW.findall(specification)
    for name, first, last in _RANGE.findall(specification):
        ids += [f"{name}-{number:0{len(first)}}" for number in range(int(first), int(last) + 1)]
    return ids


def print_table(watcher: Watcher, *, is_run: bool) -> list[str]:
    """One requirement a paragraph: its tests, each with its result. Returns the ids that are in no specification."""
    known = known_ids()
    strange = sorted(set(watcher.tests) - set(known))
    for name in [*known, *strange]:
        tests = watcher.tests.get(name, [])
        passed = sum(watcher.results.get(test) == "passed" for test in tests)
        counts = f"{len(tests)} tests" + (f", {passed} passed" if is_run else "") if tests else "NO TEST"
        print(f"\n{name}: {counts}" + (" (an id that no specification has)" if name in strange else ""))
        for test in tests:
            print(f"  {watcher.results.get(test, 'not run'):8} {test}" if is_run else f"  {test}")
    with_tests = sum(bool(watcher.tests.get(name)) for name in known)
    print(f"\n{with_tests} of {len(known)} requirements have tests, {len(known) - with_tests} have none.")
    return strange


def main() -> int:
    """Run and print."""
    is_run = "--list" not in sys.argv
    watcher = Watcher()
    arguments = ["-q", "--no-header", "-p", "no:cacheprovider", str(ROOT / "tests")]
    code = pytest.main(arguments if is_run else [*arguments, "--collect-only", "-qq"], plugins=[watcher])
    strange = print_table(watcher, is_run=is_run)
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        return 1
    return 2 if strange else 0


if __name__ == "__main__":
    sys.exit(main())
