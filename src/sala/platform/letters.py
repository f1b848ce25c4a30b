"""A letter that is to leave by e-mail: what a box hands to the outbox, which sends it after the commit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter to one address; `key` makes it one: posted again, it is not sent again.

    `is_urgent`: somebody waits for it (a login code) and it goes before the others. `asks`: it goes to an address
    that nobody has confirmed, so only a few of them reach a mailbox a day, whoever caused them.
    """

    key: str
    to: str
    subject: str
    body: str
    headers: Mapping[str, str] = field(default_factory=dict)
    is_urgent: bool = False
    asks: bool = False


def parted(text: str) -> tuple[str, str]:
    """Subject (the first line) and body of a rendered letter."""
    subject, _, body = text.strip().partition("\n")
    return subject.strip(), body.strip() + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A letter that came in for a matter, by an address that carries its reference and a secret.

    Both are as written in the address: whoever takes it compares the secret. `sender` is what the letter says of
    itself, which anybody can write. `text` is without what it quotes; `files` are (name, content).
    """

    reference: str
    secret: str
    sender: str
    subject: str
    text: str
    is_automatic: bool
    files: tuple[tuple[str, bytes], ...]
    at: datetime
