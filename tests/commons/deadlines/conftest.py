"""The small state, in which dates run."""

from tests.small_state import forgotten, state

__all__ = ["forgotten", "state"]
