"""Answers kept in a process: asked once, forgotten on demand, read anew ahead of time by whoever reads ahead."""

import pytest

from sala.core import remembering
from sala.core.remembering import Memory, reading_ahead


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock of the memory, in seconds."""
    now = [1000.0]
    monkeypatch.setattr(remembering.time, "monotonic", lambda: now[0])
    return now


def test_an_answer_is_kept_until_its_time_or_until_it_is_forgotten(at: list[float]) -> None:
    memory, asked = Memory(), []

    @memory.keep(600)
    def offices() -> int:
        asked.append(at[0])
        return len(asked)

    assert (offices(), offices()) == (1, 1)
    at[0] += 601
    assert offices() == 2
    memory.forget()
    assert offices() == 3


def test_who_reads_ahead_renews_what_would_soon_be_forgotten_and_nobody_waits(at: list[float]) -> None:
    memory, long, short = Memory(), [], []

    @memory.keep(600)
    def offices() -> int:
        long.append(at[0])
        return len(long)

    @memory.keep(30)
    def edition() -> int:
        short.append(at[0])
        return len(short)

    offices(), edition()
    at[0] += 20
    with reading_ahead(90):
        assert (offices(), edition()) == (1, 1), "both are fresh enough, or kept for too short to be renewed"
    at[0] += 500
    assert offices() == 1
    with reading_ahead(90):
        assert offices() == 2, "read by whoever reads ahead"
    at[0] += 100
    assert offices() == 2, "and nobody waited"
