"""The small state, about which letters go out and come in."""

from tests.small_state import forgotten, state

__all__ = ["forgotten", "state"]
