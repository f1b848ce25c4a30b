"""Requirement id → tests → result: runs every test that carries a requirement's id and prints the table.

`--list` only lists the tests. Ids come from the tests, and from SPEC.md beside the checkout where it is there, so that
a requirement without a test is told too. Exit code 1 if a test of a requirement fails.
"""

import re
import sys
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SPEC = ROOT.parent / "shared" / "SPEC.md"
_ID = re.compile(r"^\| ([A-Z]{3}(?:-[0-9P][0-9.]*)?) \|", re.MULTILINE)


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


def known_ids(found: list[str]) -> list[str]:
    """Ids of the specification in its own order, then those that only tests name."""
    told = _ID.findall(SPEC.read_text(encoding="utf-8")) if SPEC.is_file() else []
    return [*dict.fromkeys(told), *sorted(set(found) - set(told))]


def print_table(watcher: Watcher, *, is_run: bool) -> None:
    """One requirement a paragraph: its tests, each with its result."""
    without = []
    for name in known_ids(list(watcher.tests)):
        tests = watcher.tests.get(name, [])
        if not tests:
            without.append(name)
            continue
        passed = sum(watcher.results.get(test) == "passed" for test in tests)
        print(f"\n{name}: {len(tests)} tests" + (f", {passed} passed" if is_run else ""))
        for test in tests:
            print(f"  {watcher.results.get(test, 'not run'):8} {test}" if is_run else f"  {test}")
    print(f"\nNo test yet: {', '.join(without) or 'none'}")


def main() -> int:
    """Run and print."""
    is_run = "--list" not in sys.argv
    watcher = Watcher()
    arguments = ["-q", "--no-header", "-p", "no:cacheprovider", str(ROOT / "tests")]
    code = pytest.main(arguments if is_run else [*arguments, "--collect-only", "-qq"], plugins=[watcher])
    print_table(watcher, is_run=is_run)
    return 1 if code == pytest.ExitCode.TESTS_FAILED else 0


sys.exit(main())
