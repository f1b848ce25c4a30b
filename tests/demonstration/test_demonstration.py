"""The demonstration: every state is there, nothing personal is public, and loading twice changes nothing."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings
from rich.console import Console
from tests.small_state import put_back_periods

from sala import demonstration
from sala.commons.agencies import queries as agencies
from sala.commons.agencies.models import Agency, Appointment, Holiday, Mandate
from sala.commons.correspondence.models import Message
from sala.commons.deadlines.models import Pause
from sala.commons.deadlines.queries import forget_periods
from sala.commons.files.models import File
from sala.commons.identity.models import AccessRecord
from sala.commons.ledger.models import Entry
from sala.commons.matters.models import Matter
from sala.core.actors import Role
from sala.core.clock import frozen
from sala.core.deadlines import LEVELS
from sala.services.complaints import demonstration as complaint_stories
from sala.services.complaints import rules, words
from sala.services.complaints.demonstration.stories import plan
from sala.services.complaints.models import Complaint, Share

NOW = datetime(2026, 11, 19, 11, 22, tzinfo=UTC)
# Phone and citizen numbers of any kind, and the plates and names that stand in the texts.
PERSONAL = re.compile(
    r"(?<![0-9A-Za-z+/])0\d{2}-?\d{3}-?\d{4}(?![0-9A-Za-z+/])|\d-\d{4}-\d{5}-\d{2}-\d"
    r"|1กค ?4567|2ขข ?8899|5กผ|ฒฐ ?3210|มก ?5521|วิชัย|สมพร"
)


@pytest.fixture
def loaded(db: None, settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.DEMO = True
    settings.MEDIA_ROOT = tmp_path
    agencies.forget()
    put_back_periods()
    forget_periods()
    with frozen(NOW):
        demonstration.load(Console(quiet=True))
        yield
    agencies.forget()
    forget_periods()


@pytest.mark.req("CMP-P1")
def test_the_demonstration(loaded: None) -> None:
    """One test for all of it: loading takes seconds, and everything is read from the same load."""
    _the_state_is_founded()
    _every_state_is_there()
    _nothing_personal_is_public()
    _every_step_has_somebody_who_did_it()
    _loading_twice_changes_nothing()


def _the_state_is_founded() -> None:
    assert Agency.objects.count() >= 20
    assert Mandate.objects.exclude(law_th="").count() == Mandate.objects.count() >= 100
    assert {h.on.year for h in Holiday.objects.all()} == {2026, 2027}
    roles = set(Appointment.objects.values_list("role", flat=True))
    assert roles == set(Role) - {Role.CITIZEN, Role.SYSTEM}


def _values(name: str) -> set[str]:
    return set(Complaint.objects.values_list(name, flat=True))


def _every_state_is_there() -> None:
    assert Complaint.objects.count() >= 300
    assert _values("status") == set(rules.Status)
    assert _values("outcome") == {"", *rules.Outcome}
    assert _values("rejection") == {"", *rules.RejectionReason}
    assert _values("privacy") == set(rules.Privacy)
    assert _values("channel") == {"web", "phone", "counter", "paper", "api"}
    assert _values("escalation") == set(LEVELS)
    assert _values("rating") == {None, 1, 2, 3, 4, 5}
    assert set(Pause.objects.values_list("reason", flat=True)) == set(rules.PauseReason)
    said = Message.objects.filter(matter__kind="complaint").values_list("kind", flat=True)
    assert set(said) == set(words.MESSAGES)
    for one in ({"bounces": 3}, {"reopened": 1}, {"parent__isnull": False}):
        assert Complaint.objects.filter(**one).exists(), one
    assert Share.objects.exists()
    assert AccessRecord.objects.filter(person__isnull=False).exists()
    assert Matter.objects.filter(visibility="quarantined").count() == 4
    assert Matter.objects.filter(supporters__gte=10).exists()
    assert File.objects.filter(is_public=True, by_agency="").exists()
    assert File.objects.filter(is_public=True).exclude(by_agency="").count() > 50


def _nothing_personal_is_public() -> None:
    for text in Complaint.objects.values_list("public_text", flat=True):
        assert not PERSONAL.search(text), text
    for text in Matter.objects.filter(visibility="public").values_list("title", flat=True):
        assert not PERSONAL.search(text), text
    for text in Message.objects.values_list("public_text", flat=True):
        assert not PERSONAL.search(text), text
    assert not any(
        PERSONAL.search(bytes(body).decode()) for body in Entry.objects.values_list("body", flat=True)
    )
    assert any(PERSONAL.search(text) for text in Complaint.objects.values_list("original", flat=True))


def _every_step_has_somebody_who_did_it() -> None:
    by_offices = Message.objects.exclude(agency="")
    assert by_offices.count() > 100
    assert not by_offices.filter(author__isnull=True).exists()
    assert not Complaint.objects.filter(original__regex=r"https?://[^ -~]").exists()
    owners = set(Complaint.objects.filter(status="in_progress").values_list("matter__agency", flat=True))
    assert owners <= set(Appointment.objects.values_list("agency__code", flat=True))


def _loading_twice_changes_nothing() -> None:
    counted = (Agency.objects.count(), Complaint.objects.count(), Entry.objects.count())
    demonstration.load(Console(quiet=True))
    assert counted == (Agency.objects.count(), Complaint.objects.count(), Entry.objects.count())


def test_no_two_complaints_read_the_same_and_the_plan_is_fixed() -> None:
    stories = complaint_stories.stories()
    assert len({story.text for story in stories}) == len(stories) >= 300
    happenings = plan(stories, now=NOW)
    assert happenings == plan(stories, now=NOW) == sorted(happenings)
    assert max(h.at for h in happenings) < NOW
