"""Decisions (docs/adr) are numbered in the order in which they were taken, dated, and say what they cost."""

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "adr"
DECISIONS = sorted(FOLDER.glob("*.md"))
_NAME = re.compile(r"(\d{4})-[a-z0-9-]+\.md")
_STATE = re.compile(r"^Decided (\d{4}-\d{2}-\d{2}); (in force|replaced by \[.+\]\(\d{4}-.+\.md\))\.$")


def dated(path: Path) -> str:
    """The day of a decision, from its third line; empty where it says none."""
    found = _STATE.match(path.read_text(encoding="utf-8").splitlines()[2])
    return found[1] if found else ""


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.name)
def test_a_decision_has_a_number_a_title_and_a_day(path: Path) -> None:
    assert _NAME.fullmatch(path.name), "name it NNNN-what-it-is-about.md"
    assert path.read_text(encoding="utf-8").startswith("# ")
    assert dated(path), "its third line reads: Decided 2026-11-30; in force."


def test_numbers_are_given_once_and_in_the_order_of_days() -> None:
    numbers = [path.name[:4] for path in DECISIONS]
    assert len(numbers) == len(set(numbers))
    days = [dated(path) for path in DECISIONS]
    assert days == sorted(days)
