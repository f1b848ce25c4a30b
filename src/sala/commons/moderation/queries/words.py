"""What was told, with personal data covered or marked; which version of it a form was made from."""

import hashlib
from dataclasses import dataclass
from typing import Any

from sala.commons.moderation.models import Told
from sala.engines import thai
from sala.engines.thai import PublicText
from sala.engines.thai.public_text import stored

SALT_OF_ENTRY = 32


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a matter that everyone reads: where they are kept (`row`, `column`), and what was written (`original`).

    `code` names them among those of the matter, "" for what was told at first. `longest` is how many characters the
    column holds, 0 for any number.
    """

    code: str
    row: Any
    original: str
    column: str = "public_text"
    longest: int = 0

    @property
    def public_text(self) -> PublicText:
        """What everyone reads now."""
        return stored(getattr(self.row, self.column))

    @property
    def is_committed(self) -> bool:
        """Whether the row keeps what opens a commitment: not every one does, and what was erased no more."""
        return self.column == "public_text" and bool(getattr(self.row, "salt", b""))


def told_part(told: Told) -> Part:
    """What was told at first."""
    return Part("", told, told.original)


def inner_salt(row: Any) -> bytes:
    """What salts the digest of the original within a commitment: behind the salt of the entry; b"" for none."""
    return bytes(row.salt)[SALT_OF_ENTRY:]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, and whether it betrays a person."""

    text: str
    is_personal: bool


def covered_words(told: Told) -> PublicText:
    """What was told with personal data covered, also of what is not public."""
    return told.public_text or stored(told.office_text) or thai.cover(told.original)


def pieces(text: str) -> tuple[Piece, ...]:
    """A text in stretches, those found to betray a person marked."""
    found, last = [], 0
    for span in thai.mask(text).spans:
        found += [Piece(text[last : span.start], False), Piece(text[span.start : span.end], True)]
        last = span.end
    return tuple(piece for piece in (*found, Piece(text[last:], False)) if piece.text)


def version_of(part: Part | Told) -> str:
    """A short digest of what everyone reads now: a form made from other words is stale."""
    return hashlib.sha256(f"words {part.public_text}".encode()).hexdigest()[:16]


def words_committed(public_text: str, original: str, salt: bytes) -> dict[str, str]:
    """What the ledger commits to for a text: what is public of it, and a salted digest of the original."""
    return {"text": public_text, "original": hashlib.sha256(salt + original.encode()).hexdigest()}
