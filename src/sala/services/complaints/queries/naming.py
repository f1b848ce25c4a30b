"""How a complaint is named where everyone can read: by its number, or by a name that leads nowhere."""

from sala.commons.identity import seals
from sala.services.complaints import rules
from sala.services.complaints.models import Complaint
from sala.services.complaints.rules import Privacy


def ledger_name(reference: str, privacy: str) -> str:
    """The name in the ledger: the reference of a public complaint, else a keyed name ("~" and 32 letters)."""
    return reference if privacy == Privacy.PUBLIC else rules.hidden_name(reference, opening_of(reference))


def opening_of(reference: str) -> str:
    """What proves to anyone that a hidden name is this complaint's (64 hexadecimal digits): a secret, until told."""
    return seals.digest("ledger-matter", reference)


def ledger_names(complaint: Complaint) -> tuple[str, ...]:
    """Every name a complaint has had in the ledger: one that was set aside at first had a hidden one."""
    name = ledger_name(complaint.matter.reference, complaint.privacy)
    return (name,) if complaint.hidden_name in ("", name) else (complaint.hidden_name, name)
