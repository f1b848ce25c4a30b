"""Facts about signatures. They belong to a collection, not to its matter: a matter's steps are read one by one,
and a million names among them would hide each other step."""

from dataclasses import dataclass
from typing import ClassVar

from sala.core.events import Event


@dataclass(frozen=True, kw_only=True)
class SignatureGiven(Event):
    """Somebody signed. Who, from where and how surely known stands in the commitment alone.

    `collection` is the reference of the matter, `purpose` what is signed for there.
    """

    kind: ClassVar[str] = "participation.signed"
    collection: str
    purpose: str
