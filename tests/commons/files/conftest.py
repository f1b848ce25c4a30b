"""The small state, so that there are matters that files belong to."""

from tests.small_state import forgotten, state

__all__ = ["forgotten", "state"]
