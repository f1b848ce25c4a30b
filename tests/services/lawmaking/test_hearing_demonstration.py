"""Hearings in the demonstration: open, over and to come, with people who speak in every way."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from sala.commons.agencies import queries as agencies
from sala.commons.agencies.cast import People, Stage
from sala.commons.deadlines.queries import forget_periods
from sala.commons.participation.models import Comment
from sala.core.clock import frozen
from sala.demonstration.state import found_state
from sala.engines import thai
from sala.services.lawmaking import demonstration
from sala.services.lawmaking.demonstration.hearings import hearing_scenes
from sala.services.lawmaking.models import Hearing
from sala.services.lawmaking.seeds import seed_hearing_periods

NOW = datetime(2026, 11, 19, 11, 22, tzinfo=UTC)


@pytest.fixture
def played(db: None, settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Hearings alone, in the founded state."""
    settings.DEMO = True
    settings.MEDIA_ROOT = tmp_path
    agencies.forget()
    forget_periods()
    with frozen(NOW):
        start = NOW - timedelta(days=91)
        found_state(now=start)
        seed_hearing_periods()
        told = hearing_scenes(Stage(now=NOW, start=start, people=People(now=start)))
        for scene in sorted(told, key=lambda one: one.at):
            scene.act()
        yield
    agencies.forget()
    forget_periods()


@pytest.mark.req("LAW-1.1")
def test_two_hearings_are_open_one_is_over_and_one_is_to_come(played: None) -> None:
    stages = Counter(Hearing.objects.values_list("matter__stage", flat=True))
    assert stages == {"open": 2, "closed": 1, "announced": 1}
    said = Counter(Comment.objects.values_list("matter_id", flat=True))
    assert sorted(said.values()) == [25, 50, 121]
    draft = Hearing.objects.get(about="draft")
    assert draft.texts.count() == 2
    of_draft = Comment.objects.filter(matter_id=draft.pk)
    assert set(of_draft.values_list("version", flat=True)) == {1, 2}
    assert set(of_draft.values_list("channel", flat=True)) == {"web", "phone", "counter", "paper"}
    assert of_draft.exclude(quote="").exclude(suggestion="").count() >= 8
    assert not Comment.objects.filter(written_at__gte=NOW).exists()


@pytest.mark.req("LAW-1.1")
def test_questions_and_hearings_are_played_in_the_order_of_time(played: None) -> None:
    start = NOW - timedelta(days=91)
    told = [one.at for one in demonstration.scenes(Stage(now=NOW, start=start, people=People(now=start)))]
    assert len(told) > 200
    assert told == sorted(told)


@pytest.mark.req("LAW-1.1")
def test_no_telephone_number_that_somebody_wrote_is_read_by_others(played: None) -> None:
    assert Comment.objects.filter(original__contains="081-234-5678").count() == 1
    assert not Comment.objects.filter(public_text__contains="234-5678").exists()
    for words in Comment.objects.values_list("public_text", flat=True):
        assert thai.cover(words) == words
