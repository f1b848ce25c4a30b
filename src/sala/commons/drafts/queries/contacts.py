"""How to reach the person who sent something: sealed at rest, covered for who shows four digits alone."""

import json
from dataclasses import dataclass

from sala.commons.drafts import rules
from sala.commons.drafts.models import Sent
from sala.platform import seals


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach the person who filed; each may be empty."""

    name: str = ""
    phone: str = ""
    email: str = ""

    def sealed(self) -> str:
        """The contact, encrypted for storage; empty if there is nothing to keep."""
        if not (self.name or self.phone or self.email):
            return ""
        return seals.seal(json.dumps([self.name, self.phone, self.email], ensure_ascii=False))


def unsealed_contact(sent: Sent) -> Contact:
    """The contact in clear; doors that show it to staff record the look first."""
    return Contact(*json.loads(seals.unseal(sent.contact_sealed))) if sent.contact_sealed else Contact()


def covered(contact: Contact) -> Contact:
    """A contact that its person recognises and nobody else learns: whoever guesses four digits sees no more."""
    return Contact(
        rules.covered_name(contact.name),
        rules.covered_phone(contact.phone),
        rules.covered_email(contact.email),
    )
