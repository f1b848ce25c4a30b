"""The small state, whose offices have work."""

from tests.small_state import forgotten, state

__all__ = ["forgotten", "state"]
