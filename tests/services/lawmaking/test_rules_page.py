"""The page of the rules prints the tables by which the code decides."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.services.lawmaking.rules_page import TABLES

PAGE = Path(__file__).resolve().parents[3] / "docs" / "rules" / "legal-questions.md"


@pytest.mark.req("LAW-Q")
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_the_page_prints_what_the_code_decides_by(table: Callable[[], str]) -> None:
    assert table() in PAGE.read_text(encoding="utf-8"), "the page is behind the rules; put this table there"
