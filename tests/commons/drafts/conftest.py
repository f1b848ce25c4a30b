"""The small state, so that there is somebody to send a draft to."""

from tests.small_state import forgotten, state

__all__ = ["forgotten", "state"]
