"""How a matter is named where everyone can read: by its number, or by a name that leads nowhere."""

from sala.commons.moderation import rules
from sala.commons.moderation.models import Told
from sala.commons.moderation.rules import Privacy
from sala.platform import seals


def ledger_name(reference: str, privacy: str) -> str:
    """The name in the ledger: the reference of a public matter, else a keyed name ("~" and 32 letters)."""
    return reference if privacy == Privacy.PUBLIC else hidden_name(reference)


def hidden_name(reference: str, opened: int = 0) -> str:
    """The name that leads nowhere; another one after each time that one was opened."""
    return rules.hidden_name(reference, opening_of(reference, opened))


def opening_of(reference: str, opened: int = 0) -> str:
    """What proves to anyone that a hidden name is this matter's (64 hexadecimal digits): a secret, until told.

    `opened` counts the openings told before: what was set aside, released and set aside again has a new one.
    """
    return seals.digest("ledger-matter", reference, *([str(opened)] if opened else []))


def is_set_aside(told: Told) -> bool:
    """Whether a moderator must look before anyone may know of it."""
    return bool(told.matter.visibility == "quarantined")


def ledger_names(told: Told) -> tuple[str, ...]:
    """Every name a matter has had in the ledger: hidden ones, while it was not public, and its number."""
    reference = told.matter.reference
    hidden = [hidden_name(reference, n) for n in range(told.openings)]
    now = told.hidden_name
    last = reference if told.privacy == Privacy.PUBLIC else hidden_name(reference)
    return tuple(dict.fromkeys(name for name in (*hidden, now, last) if name))


def event_names(told: Told) -> dict[str, str | None]:
    """The three names that every event of a matter carries: of one that is not public only the office is told.

    What is set aside has its hidden name alone, whatever happens to it; its release joins that to its number.
    """
    reference, agency = told.matter.reference, told.matter.agency
    if is_set_aside(told):
        return {"matter": hidden_name(reference, told.openings), "agency": None, "area": None}
    if told.privacy == Privacy.PUBLIC:
        return {"matter": reference, "agency": agency, "area": told.matter.area or None}
    return {"matter": hidden_name(reference), "agency": agency, "area": None}
