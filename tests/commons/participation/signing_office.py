"""A collection of citizens with its office, for tests of what officers do with it."""

from typing import Any

from tests.small_state import NOW, staff

from sala.commons.identity import queries as identity
from sala.commons.identity.slots import step_ups
from sala.commons.ledger import actions as ledger
from sala.commons.ledger.models import Entry
from sala.commons.participation import actions, queries, rules
from sala.core.actors import ANONYMOUS, SYSTEM, Actor, Role
from sala.core.national_ids import national_id_check_digit
from sala.services.complaints.actions import Filing, file_complaint
from sala.services.complaints.queries import get_complaint

PURPOSE = "petition"
outside = ledger.action_without_entry("a test acts for no service")


class Where:
    """A collection of citizens on a complaint of the small state, and its office."""

    def __init__(self, **terms: Any) -> None:
        filing = Filing(text="ไฟดับทั้งซอย", topic="street_light", area="400101")
        self.reference = file_complaint(actor=ANONYMOUS, now=NOW, filing=filing).reference
        matter = get_complaint(self.reference)
        self.collection = outside(actions.open_collection)(
            matter=matter.pk, purpose=PURPOSE, **{"tells_apart": rules.TellsApart.CITIZEN, **terms}
        )
        self.officer = staff(matter.matter.agency)
        self.supervisor = staff(matter.matter.agency, Role.SUPERVISOR)
        self.named = {"now": NOW, "reference": self.reference, "purpose": PURPOSE}

    def sign(self, number: str, person: int = 1) -> None:
        """The bearer of a citizen number signs online, having proven it."""
        proof = identity.digest_of_number(number, step_ups[rules.PROOF])
        actions.sign_collection(
            actor=Actor(person_id=person, assurance_level=2), proof=proof, area="40", **self.named
        )

    def enter(self, number: str, *numbers: str) -> actions.Entered:
        """An officer enters a sheet."""
        sheet = [actions.SheetRow(f"นาย {each}", each) for each in numbers]
        return actions.enter_sheet(actor=self.officer, number=number, sheet=sheet, **self.named)

    def count(self) -> int:
        """What is told."""
        return queries.count(self.collection)


def citizen(number: int) -> str:
    """A citizen number with a right check digit."""
    first = f"1{number:011d}"
    return first + national_id_check_digit(first)


def kinds() -> list[str]:
    """Entries of this box, in their order."""
    found = Entry.objects.filter(kind__startswith="participation.").order_by("pk")
    return [kind.partition(".")[2] for kind in found.values_list("kind", flat=True)]


def set_aside(where: Where, condition: rules.Condition) -> int:
    """A supervisor sets aside what the preview counted."""
    return actions.begin_invalidation(
        actor=where.supervisor,
        condition=condition,
        reason=rules.InvalidationReason.FORGED,
        expected=queries.count_meeting(where.collection, condition),
        **where.named,
    )


def work(most: int = 2) -> None:
    """The worker goes on until nothing waits."""
    while actions.work_on_invalidation(actor=SYSTEM, now=NOW, most=most) >= 0:
        actions.fold_changes(now=NOW)
