"""How a complaint is named where everyone can read: by its number, or by a name that leads nowhere."""

from sala.commons.identity import seals
from sala.services.complaints.rules import Privacy


def ledger_name(reference: str, privacy: str) -> str:
    """The name in the ledger: the reference of a public complaint, else a keyed name ("~" and 24 letters)."""
    if privacy == Privacy.PUBLIC:
        return reference
    return "~" + seals.digest("ledger-matter", reference)[:24]
