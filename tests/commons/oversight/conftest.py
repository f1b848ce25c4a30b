"""The small state, whose offices are overseen."""

from tests.small_state import forgotten, state

__all__ = ["forgotten", "state"]
