"""Texts of earlier versions, which were covered at every reading, are covered once and kept."""

from sala.commons.ledger import actions as ledger
from sala.core.actors import SYSTEM, Actor
from sala.engines import thai
from sala.services.complaints import permissions
from sala.services.complaints.models import Complaint, Handover
from sala.services.complaints.rules import Privacy

AT_ONCE = 500


@ledger.action_without_entry("what everyone and the office read stays as it was")
def _cover_some(*, actor: Actor = SYSTEM) -> int:
    permissions.require_system(actor)
    hidden = Complaint.objects.exclude(privacy=Privacy.PUBLIC.value).exclude(original="")
    complaints = list(hidden.filter(office_text="")[:AT_ONCE])
    for complaint in complaints:
        # A text of which nothing is left is done too, and not looked at again.
        complaint.office_text = thai.cover(complaint.original) or " "
    Complaint.objects.bulk_update(complaints, ["office_text"])
    steps = list(Handover.objects.filter(told_reason="").exclude(reason="")[:AT_ONCE])
    for step in steps:
        step.told_reason = thai.cover(step.reason) or thai.cover("–")
    Handover.objects.bulk_update(steps, ["told_reason"])
    return len(complaints) + len(steps)


def cover_what_is_old() -> int:
    """All of them, some hundred in one transaction; returns how many. A text of which nothing is left stays out."""
    done = 0
    while some := _cover_some():
        done += some
        if some < AT_ONCE:
            break
    return done
