"""Lists of work: counts that are right whatever an earlier system brought, and acts that are told apart."""

from datetime import timedelta

import pytest
from tests.small_state import NOW, staff

from sala.commons.matters.models import Matter
from sala.commons.worklist import queries
from sala.core.actors import ANONYMOUS
from sala.core.errors import NotFound
from sala.platform.worklist import by_code
from sala.services.complaints import actions
from sala.services.complaints.actions import Filing
from sala.services.complaints.acts import ACTS
from sala.services.complaints.models import Complaint


def filed(number: int) -> str:
    filing = Filing(text=f"ไฟดับต้นที่ {number}", topic="street_light", area="400101")
    return actions.file_complaint(actor=ANONYMOUS, now=NOW, filing=filing).reference


def brought(count: int) -> None:
    """Open complaints of an earlier system, all of them long past their dates."""
    old = NOW - timedelta(days=400)
    matters = Matter.objects.bulk_create(
        Matter(
            reference=f"C68-{number:07}-0",
            kind="complaint",
            visibility="public",
            agency="kk-muni",
            stage="in_progress",
            topic="street_light",
            opened_at=old,
            updated_at=old,
            due_at=old + timedelta(days=5),
        )
        for number in range(count)
    )
    Complaint.objects.bulk_create(
        Complaint(
            matter=matter,
            status="in_progress",
            privacy="public",
            channel="import",
            original="เก่า",
            is_triaged=True,
            source="old",
            source_id=str(matter.pk),
        )
        for matter in matters
    )


@pytest.mark.usefixtures("state")
@pytest.mark.req("CMP-2.2")
def test_two_thousand_imported_ones_change_no_count_and_stand_behind_the_offices_own() -> None:
    own = [filed(number) for number in range(3)]
    officer = staff("kk-muni")
    before, _ = queries.count_views("complaint", officer, "kk-muni", now=NOW)
    brought(2000)
    after, is_many = queries.count_views("complaint", officer, "kk-muni", now=NOW)
    assert (after, is_many) == (before, False)
    assert after["open"] == after["new"] == 3
    listed = {
        view: [
            row.matter.reference
            for row in queries.get_inbox("complaint", officer, "kk-muni", wanted, now=NOW).rows
        ]
        for view in ("open", "new", "today", "earlier")
        for wanted in [queries.Wanted(view=view)]
    }
    assert listed["open"] == listed["new"] == own
    assert listed["today"] == []
    assert len(listed["earlier"]) == queries.PAGE


@pytest.mark.usefixtures("state")
def test_what_somebody_writes_into_an_address_asks_for_a_list_or_for_the_first_one() -> None:
    wanted = queries.wanted_of("complaint", {"view": "nonsense", "page": "²", "desk": "๒", "q": "x" * 999})
    assert (wanted.view, wanted.page, len(wanted.q)) == ("today", 1, 200)
    with pytest.raises(NotFound):
        queries.wanted_of("nothing", {})


def test_no_two_acts_share_a_code_or_a_key() -> None:
    assert len(by_code(ACTS)) == len(ACTS)
    with pytest.raises(ValueError, match="same code"):
        by_code([*ACTS, ACTS[0]])
