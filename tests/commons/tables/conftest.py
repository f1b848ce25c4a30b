"""The small state, so that there are matters to find and follow."""

from tests.small_state import forgotten, state

__all__ = ["forgotten", "state"]
