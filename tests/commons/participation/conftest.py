"""The small state, in which people sign."""

from tests.small_state import forgotten, state

__all__ = ["forgotten", "state"]
