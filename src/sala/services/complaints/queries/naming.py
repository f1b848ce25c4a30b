"""How a complaint is named where everyone can read: by its number, or by a name that leads nowhere."""

from sala.commons.identity import seals
from sala.services.complaints import rules
from sala.services.complaints.models import Complaint
from sala.services.complaints.rules import Privacy


def ledger_name(reference: str, privacy: str) -> str:
    """The name in the ledger: the reference of a public complaint, else a keyed name ("~" and 32 letters)."""
    return reference if privacy == Privacy.PUBLIC else hidden_name(reference)


def hidden_name(reference: str, opened: int = 0) -> str:
    """The name that leads nowhere; another one after each time that one was opened."""
    return rules.hidden_name(reference, opening_of(reference, opened))


def opening_of(reference: str, opened: int = 0) -> str:
    """What proves to anyone that a hidden name is this complaint's (64 hexadecimal digits): a secret, until told.

    `opened` counts the openings told before: what was set aside, released and set aside again has a new one.
    """
    return seals.digest("ledger-matter", reference, *([str(opened)] if opened else []))


def is_set_aside(complaint: Complaint) -> bool:
    """Whether a moderator must look before anyone may know of it."""
    return bool(complaint.matter.visibility == "quarantined")


def ledger_names(complaint: Complaint) -> tuple[str, ...]:
    """Every name a complaint has had in the ledger: hidden ones, while it was not public, and its number."""
    reference = complaint.matter.reference
    hidden = [hidden_name(reference, n) for n in range(complaint.openings)]
    now = complaint.hidden_name
    last = reference if complaint.privacy == Privacy.PUBLIC else hidden_name(reference)
    return tuple(dict.fromkeys(name for name in (*hidden, now, last) if name))
