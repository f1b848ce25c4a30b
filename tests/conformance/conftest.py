"""The small state, for other people's tools to read."""

from tests.small_state import NOW, forgotten, staff, state

__all__ = ["NOW", "forgotten", "staff", "state"]
