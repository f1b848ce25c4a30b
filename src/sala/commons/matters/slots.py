"""What the spine needs from the boxes above it; the site fills it once, at start-up."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from sala.platform.letters import Letter
from sala.platform.registration import Kind, Weight

__all__ = ["Kind", "Letter", "Weight", "kinds", "post"]


class Post(Protocol):
    """Puts letters into the outbox, in the running transaction; how many of them are new."""

    def __call__(self, letters: Sequence[Letter], *, now: datetime) -> int: ...


def _nowhere(letters: Sequence[Letter], *, now: datetime) -> int:
    raise LookupError("no box takes letters: the site has not connected its boxes")


# Where letters go, filled by correspondence.
post: Post = _nowhere

# Every kind of matter by its code, which is also the family of its events.
kinds: dict[str, Kind] = {}
