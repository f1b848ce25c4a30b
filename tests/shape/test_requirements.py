"""Each requirement that this platform says it meets has tests that carry its id (`make coverage-of-spec` runs them)."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
PROMISED = (
    *("CMP-1.1", "CMP-1.2", "CMP-2.2", "CMP-3.3", "CMP-P", "MCH", "RES", "TRU-1", "TRU-2", "TRU-3"),
    *("LAW-2.1", "LAW-2.2", "BUD-3.1", "BUD-3.3", "PRC-2.3", "PRC-3.3"),
)
_MARK = re.compile(r"mark\.req\(([^)]*)\)")


def marked() -> set[str]:
    """Every id that a test carries."""
    sources = (path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py"))
    return {
        name for source in sources for ids in _MARK.findall(source) for name in re.findall(r'"([^"]+)"', ids)
    }


@pytest.mark.parametrize("requirement", PROMISED)
def test_every_promised_requirement_has_a_test(requirement: str) -> None:
    assert requirement in marked()
