"""The reference data of lawmaking that `sala seed` brings up to date: the periods that come with this version."""

from sala.commons.deadlines import actions as deadlines
from sala.core import clock
from sala.core.actors import SYSTEM
from sala.platform.package_tables import rows
from sala.services.lawmaking.queries.hearings import KIND as HEARING
from sala.services.lawmaking.queries.question_law import KIND, PACKAGE


def seed_periods() -> str:
    """Bring the periods of legal questions to this version; returns what that changed, in words for the operator.

    No release has put any into the table yet; a version that changes them keeps the former table and names it here.
    """
    present = rows(PACKAGE, "periods")
    done = deadlines.seed_periods(
        actor=SYSTEM, now=clock.now(), kind=KIND, present=iter(present), released=[]
    )
    return f"periods of legal questions: {done}"


def seed_hearing_periods() -> str:
    """Bring the periods of hearings to this version; returns what that changed, in words for the operator."""
    present = rows(PACKAGE, "hearing_periods")
    done = deadlines.seed_periods(
        actor=SYSTEM, now=clock.now(), kind=HEARING, present=iter(present), released=[]
    )
    return f"periods of hearings: {done}"
