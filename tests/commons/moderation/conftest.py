"""The small state, so that there are offices whose moderators decide."""

from tests.small_state import forgotten, state

__all__ = ["forgotten", "state"]
