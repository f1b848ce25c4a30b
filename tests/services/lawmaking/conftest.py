"""The small state with the periods of legal questions."""

import pytest
from tests.services.lawmaking.asked_law import put_back_periods


@pytest.fixture
def question_state(state: None) -> None:
    """The small state, and by which days a legal question is answered."""
    put_back_periods()
