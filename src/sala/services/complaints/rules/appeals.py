"""Appeals against how an office ended a complaint: when one may be made, and who decides. Never who ended it."""

from datetime import datetime

from sala.services.complaints.rules.states import Outcome

# What the person does not accept: it was not taken up, or it was closed without their word.
APPEALABLE = frozenset({Outcome.REJECTED.value, Outcome.UNCONFIRMED.value})


def may_appeal(
    *,
    outcome: str,
    closed_at: datetime | None,
    until: datetime | None,
    appealed_at: datetime | None,
    now: datetime,
) -> bool:
    """Whether the person may appeal: against an end that is not theirs, until `until`, once against each end."""
    if outcome not in APPEALABLE or closed_at is None or until is None or now > until:
        return False
    return appealed_at is None or appealed_at < closed_at


def who_decides(*, owner: str, above: str, central: str, is_confidential: bool) -> str:
    """The agency (codes, "" for none) that decides on an appeal: the one above, else the central unit.

    A confidential complaint stays with the body that investigates; there, and where nobody is above, its own head
    decides, who is another person than whoever ended it.
    """
    return owner if is_confidential else above or central or owner
