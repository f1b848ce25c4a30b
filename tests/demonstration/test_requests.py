"""Information requests in the demonstration: every state is there, played by the actions that people use."""

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
from sala.services.information import demonstration
from sala.services.information.models import Document, Proceeding, Request
from sala.services.information.rules.standing import Standing

NOW = datetime(2026, 11, 19, 11, 22, tzinfo=UTC)


@pytest.fixture
def played(db: None, settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Requests alone, in the founded state."""
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


@pytest.mark.req("ODP-3")
def test_about_sixty_requests_stand_in_every_state(played: None) -> None:
    told = Request.objects.all()
    assert told.count() >= 60
    assert {row.standing for row in told} == set(Standing)
    assert Document.objects.filter(file__is_public=True).count() > 20
    assert set(Proceeding.objects.values_list("stage", flat=True)) == {
        "at_board",
        "before_tribunal",
        "decided",
    }
    assert {row.channel for row in told} == {"web", "phone", "counter", "paper", "email"}
    assert not [row for row in told if row.is_public and "081" in row.public_text]
