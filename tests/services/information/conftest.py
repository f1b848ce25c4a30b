"""The small state with the Act's periods and an office of the Board."""

import pytest
from tests.services.information.asked import forget_law, put_back_law

__all__ = ["forget_law"]


@pytest.fixture
def law_state(state: None) -> None:
    """The small state, the periods of requests, and the Board's office with its mandate."""
    put_back_law()
