"""The ledger's pages with entries in them: no fault found by axe, in both languages, on a phone."""

from collections.abc import Callable

import pytest

from journeys.conftest import PHONE, Site
from sala.commons.ledger import actions as ledger
from sala.commons.ledger.sequencer import sequence_now
from sala.core import clock
from sala.core.actors import SYSTEM
from sala.core.events import Event

pytestmark = [pytest.mark.browser, pytest.mark.req("TRU-2")]


class DrumBeaten(Event):
    """A fact for this test."""

    kind = "drum.beaten"


@ledger.action_on_many("each is a fact of its own")
def beat(count: int) -> None:
    """Record `count` facts, each with something private."""
    for _ in range(count):
        ledger.record_entry(
            DrumBeaten(matter="C69-0001234-7", agency="BKK"),
            actor=SYSTEM,
            at=clock.now(),
            secret={"text": "ลับ"},
        )


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_what_was_recorded_and_the_proof_are_readable(
    site: Site, check_axe: Callable[..., None], prefix: str
) -> None:
    beat(5)
    sequence_now()
    for path in ("/ledger/", "/ledger/3"):
        page = site.open(f"{prefix}{path}", on=PHONE)
        check_axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        page.context.close()
