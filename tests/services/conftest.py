"""The small state for every test of a service."""

from tests.small_state import NOW, forgotten, staff, state

__all__ = ["NOW", "forgotten", "staff", "state"]
