"""The small state, so that pages and backups have something to show."""

from tests.small_state import forgotten, state

__all__ = ["forgotten", "state"]
