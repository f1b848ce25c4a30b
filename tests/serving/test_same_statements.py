"""The bench compares a filing with exactly its own statements run by pgbench, with nothing of one filing left in."""

import re
import sys
from pathlib import Path

import pytest
from pytest_django import Settings

BENCH = Path(__file__).parents[1] / "bench"
pytestmark = pytest.mark.django_db


def test_pgbench_runs_the_statements_of_a_filing_and_no_others(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, state: None
) -> None:
    monkeypatch.syspath_prepend(str(BENCH))
    monkeypatch.delitem(sys.modules, "same_statements", raising=False)
    settings.OPEN311_KEYS, settings.LIMITS_FACTOR = ["bench"], 1_000_000  # as the bench has them
    import same_statements  # only here is its folder known

    statements = [s for s in same_statements.capture() if not re.match(r"(RELEASE )?SAVEPOINT", s)]
    told = [re.match(r"SELECT matters_next_number|INSERT INTO \"?(\w+)", s) for s in statements]
    assert [found and (found[1] or "number") for found in told] == [
        "number",
        "matters_matter",
        "ledger_entry",
        "complaints_complaint",
        "deadlines_deadline",
    ]
    number, matter, entry, complaint, deadline = statements
    assert number.endswith("\\gset")
    assert matter.endswith("\\gset matter_")
    assert all(":number" in statement for statement in (matter, entry))
    assert complaint.startswith('INSERT INTO "complaints_complaint"')
    assert ":matter_id" in complaint
    assert ":matter_id" in deadline
    assert not any(re.search(r"C\d\d-\d{7}-", statement) for statement in (matter, complaint))
