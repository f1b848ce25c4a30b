"""The demonstration: everything is there, nothing personal is public, and loading twice changes nothing."""

from datetime import UTC, datetime

import pytest
from rich.console import Console

from sala.commons.agencies import queries as agencies
from sala.commons.agencies.models import Agency, Area, Mandate
from sala.commons.ledger.models import Entry
from sala.core.clock import frozen
from sala.web import demonstration

NOW = datetime(2026, 11, 19, 11, 22, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_loading_twice_changes_nothing(settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]  # pytest-django's own fixture
    agencies.forget()
    with frozen(NOW):
        demonstration.load(Console(quiet=True))
        counted = (
            Agency.objects.count(),
            Area.objects.count(),
            Mandate.objects.count(),
            Entry.objects.count(),
        )
        demonstration.load(Console(quiet=True))
    assert counted == (
        Agency.objects.count(),
        Area.objects.count(),
        Mandate.objects.count(),
        Entry.objects.count(),
    )
    assert counted[0] >= 20
    agencies.forget()
