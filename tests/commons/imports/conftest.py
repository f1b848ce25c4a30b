"""The small state, into which tables are brought."""

from tests.small_state import forgotten, state

__all__ = ["forgotten", "state"]
