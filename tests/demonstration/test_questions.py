"""Legal questions in the demonstration: every state is there, played by the actions that people use."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from sala.commons.agencies import queries as agencies
from sala.commons.agencies.cast import People, Stage
from sala.commons.deadlines.queries import forget_periods
from sala.core.clock import frozen
from sala.demonstration.state import found_state
from sala.services.lawmaking import demonstration
from sala.services.lawmaking.models import LawCited, LegalQuestion
from sala.services.lawmaking.rules.questions import Standing

NOW = datetime(2026, 11, 19, 11, 22, tzinfo=UTC)


@pytest.fixture
def played(db: None, settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Questions alone, in the founded state."""
    settings.DEMO = True
    settings.MEDIA_ROOT = tmp_path
    agencies.forget()
    forget_periods()
    with frozen(NOW):
        start = NOW - timedelta(days=91)
        found_state(now=start)
        for scene in demonstration.scenes(Stage(now=NOW, start=start, people=People(now=start))):
            scene.act()
        yield
    agencies.forget()
    forget_periods()


@pytest.mark.req("LAW-Q")
def test_some_thirty_questions_stand_in_every_state(played: None) -> None:
    told = LegalQuestion.objects.all()
    assert told.count() >= 25
    assert {row.standing for row in told} == set(Standing)
    assert {row.channel for row in told} == {"web", "phone", "counter", "paper"}
    assert {row.language for row in told} == {"th", "en"}
    assert LawCited.objects.count() > 15
    assert not [row for row in told if row.is_public and "081" in row.public_text]
    assert LegalQuestion.objects.exclude(shown_name="").count() >= 5
    assert LegalQuestion.objects.filter(privacy="agency_only").exists()
