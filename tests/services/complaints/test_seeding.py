"""`sala seed` and periods: a new version's reach the table, an office's own stay, and nothing happens twice."""

from collections.abc import Iterator

import pytest
from tests.small_state import NOW

from sala.commons.deadlines import actions as deadlines
from sala.commons.deadlines.models import LegalPeriod
from sala.commons.ledger.models import Entry
from sala.core.actors import ANONYMOUS, SYSTEM
from sala.core.errors import Refused
from sala.core.seeds import Seeded, may_replace
from sala.core.tables import Row
from sala.services.complaints import seeds
from sala.services.complaints.queries import clock

pytestmark = pytest.mark.django_db
LIGHT = {"code": "resolve", "topic": "street_light"}


def seed(present: Iterator[Row] | list[Row]) -> Seeded:
    released = [row for name in seeds.RELEASED for row in seeds.read(name)]
    return deadlines.seed_periods(actor=SYSTEM, now=NOW, kind="complaint", present=present, released=released)


def next_version() -> list[Row]:
    """A later version of ours: street lights in 4 days instead of 5, and a new period."""
    rows = list(seeds.read(seeds.PRESENT))
    fresh = [(line, row | ({"days": "4"} if LIGHT.items() <= row.items() else {})) for line, row in rows]
    return [*fresh, (99, rows[0][1] | {"topic": "new_topic"})]


@pytest.fixture(autouse=True)
def _released(db: None) -> None:
    """What the migrations of the first release made."""
    LegalPeriod.objects.all().delete()
    first = seeds.read(seeds.RELEASED[0])
    deadlines.import_periods(actor=SYSTEM, now=NOW, kind="complaint", rows=first)
    seed(seeds.read(seeds.PRESENT))


def days() -> int:
    return LegalPeriod.objects.get(**LIGHT).days


def entries() -> int:
    return Entry.objects.filter(kind="deadlines.periods_imported").count()


@pytest.mark.parametrize("name", [seeds.PRESENT, *seeds.RELEASED])
def test_every_period_of_ours_can_be_taken_and_is_there_once(name: str) -> None:
    LegalPeriod.objects.all().delete()
    outcome = deadlines.import_periods(actor=SYSTEM, now=NOW, kind="complaint", rows=seeds.read(name))
    assert not outcome.bad
    assert outcome.added == LegalPeriod.objects.count() > 10


def test_a_seed_without_news_changes_nothing_and_leaves_no_entry() -> None:
    before = entries()
    assert "0 added, 0 changed" in seeds.seed_periods()
    assert entries() == before, "the ledger tells of changes, not of looks"


def test_a_new_version_changes_what_we_released_and_says_so_once() -> None:
    before = entries()
    assert clock.period("resolve", "street_light", NOW).days == 5
    done = seed(next_version())
    assert (done.added, done.changed, done.kept) == (1, 1, 0)
    assert (days(), entries()) == (4, before + 1)
    assert clock.period("resolve", "street_light", NOW).days == 4, "what is remembered is forgotten"
    assert not seed(next_version()).is_news
    assert entries() == before + 1


def test_a_period_that_an_office_set_itself_is_never_undone() -> None:
    (row,) = [row for _, row in seeds.read(seeds.PRESENT) if LIGHT.items() <= row.items()]
    own = row | {"days": "2", "law_en": "Notice of the municipality"}
    deadlines.import_periods(actor=SYSTEM, now=NOW, kind="complaint", rows=[(2, own)])
    done = seed(next_version())
    assert (done.changed, done.kept, days()) == (0, 1, 2)
    assert "kept" in str(done)


def test_nobody_but_the_system_or_an_administrator_seeds() -> None:
    with pytest.raises(Refused):
        deadlines.seed_periods(actor=ANONYMOUS, now=NOW, kind="complaint", present=[], released=[])


def test_only_what_some_release_put_there_may_be_replaced() -> None:
    assert may_replace({"days": 5, "law": "x"}, [{"days": 4, "law": "x"}, {"days": 5, "law": "x"}])
    assert not may_replace({"days": 3, "law": "x"}, [{"days": 5, "law": "x"}])
    assert not may_replace({"days": 3}, [])
