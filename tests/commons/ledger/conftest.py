"""A kind of fact for the ledger's tests, and ways to record it."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from sala.commons.ledger import actions as ledger
from sala.core.actors import SYSTEM
from sala.core.events import Event

AT = datetime(2026, 6, 19, 8, 30, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class BellRung(Event):
    """A bell was rung; `mark` tells one ringing from another."""

    kind = "bell.rung"
    mark: int


@dataclass(frozen=True, kw_only=True)
class BellMended(Event):
    """Another kind of fact."""

    kind = "bell.mended"
    mark: int


@ledger.action
def ring(mark, *, event=BellRung, **about):
    """One action, one entry."""
    return ledger.record_entry(event(mark=mark, **about), actor=SYSTEM, at=AT)


@ledger.action_on_many("each is a fact of its own")
def ring_many(events):
    """Record many facts in one transaction."""
    for event in events:
        ledger.record_entry(event, actor=SYSTEM, at=AT)


@pytest.fixture(name="ring_many")
def ring_many_fixture():
    """Record many facts: pairs of kind ("rung" or "mended") and values."""
    kinds = {"rung": BellRung, "mended": BellMended}
    return lambda facts: ring_many([kinds[kind](**values) for kind, values in facts])


@pytest.fixture(name="ring")
def ring_fixture():
    """Record one fact."""
    return ring


@pytest.fixture
def mend():
    """Record one fact of the other kind."""
    return lambda mark, **about: ring(mark, event=BellMended, **about)
