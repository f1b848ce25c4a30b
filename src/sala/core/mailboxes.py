"""E-mail addresses as mailboxes: which addresses reach the same person, and addresses that carry a reference."""

import re
import unicodedata

# What stands behind a plus in an address of ours: the reference of a matter, a dot, and the secret of its mailbox.
_PLUS = re.compile(r"[^+@]+\+([A-Za-z0-9-]{3,24})\.([A-Za-z0-9]{8,64})")


def folded(address: str) -> str:
    """The mailbox an address leads to, for counting letters: case and what stands behind a plus make no other one.

    Some servers tell `a+x` from `a`; for counting it is enough that a stranger cannot make a hundred of one.
    """
    name, at, domain = unicodedata.normalize("NFKC", address.strip()).casefold().rpartition("@")
    return f"{name.partition('+')[0] or name}{at}{domain}"


def plus_address(base: str, reference: str, secret: str) -> str:
    """An address that leads back to a matter: `req@…` becomes `req+REFERENCE.secret@…`; "" without a base."""
    name, _, domain = base.rpartition("@")
    return f"{name}+{reference}.{secret}@{domain}" if name else ""


def read_plus(address: str) -> tuple[str, str] | None:
    """Reference and secret of an address that carries them, as they are written; None for any other address."""
    found = _PLUS.fullmatch(address.strip().rpartition("@")[0])
    return (found.group(1), found.group(2)) if found else None
