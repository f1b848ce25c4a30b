"""Letters without a worker: what is posted is sent right away, as long as the block lasts."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest


@contextmanager
def letters_leaving_at_once() -> Iterator[None]:
    """Send what matters and identity post at the moment they post it. Does nothing before Django is ready."""
    outbox = sys.modules.get("sala.commons.correspondence.outbox")
    if outbox is None:
        yield
        return
    clock = sys.modules["sala.core.clock"]

    def post(letters: Any, *, now: Any) -> int:
        posted = outbox.post(letters, now=now)
        with clock.frozen(now):
            while posted and outbox.send_waiting().sent:
                pass
        return int(posted)

    with pytest.MonkeyPatch.context() as monkeypatch:
        for box in ("matters", "identity"):
            monkeypatch.setattr(sys.modules[f"sala.commons.{box}.slots"], "post", post)
        yield
