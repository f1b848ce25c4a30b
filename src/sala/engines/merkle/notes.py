"""Signed notes and cosignatures (C2SP signed-note v1.0.0, tlog-cosignature v1.0.1), with Ed25519."""

import base64
import binascii
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SIGNATURE = 0x01
COSIGNATURE = 0x04
LONGEST_NOTE = 200_000
MOST_SIGNATURES = 100


class BadNote(ValueError):
    """A note is malformed, unsigned by anyone trusted, or signed wrongly."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key that may sign notes; `kind` is SIGNATURE (a log) or COSIGNATURE (a witness)."""

    name: str
    kind: int
    public: bytes

    @property
    def key_id(self) -> bytes:
        """Four bytes that, with the name, say which key signed."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    def __str__(self) -> str:
        """The key as people pass it on: name+id+base64."""
        return f"{self.name}+{self.key_id.hex()}+{_base64(bytes([self.kind]) + self.public)}"

    def verify(self, text: str, signature: bytes) -> int | None:
        """Check a signature of a note's text; returns the time of a cosignature (POSIX seconds), else None.

        Raises BadNote if it does not verify.
        """
        message, at = text.encode(), None
        if self.kind == COSIGNATURE:
            if len(signature) != 72:
                raise BadNote(f"the cosignature of {self.name} has another length")
            at, signature = int.from_bytes(signature[:8], "big"), signature[8:]
            message = _cosigned(text, at)
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            raise BadNote(f"the signature of {self.name} is wrong") from None
        return at


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key (a 32-byte Ed25519 seed) that signs notes under a name."""

    name: str
    seed: bytes
    kind: int = SIGNATURE

    @property
    def public(self) -> VerifierKey:
        """The key that checks what this one signs."""
        return VerifierKey(self.name, self.kind, self._key().public_key().public_bytes_raw())

    def sign(self, text: str) -> str:
        """The signature line of a log for a note's text (which ends in a newline)."""
        return self._line(self._key().sign(text.encode()))

    def cosign(self, text: str, at: int) -> str:
        """The signature line of a witness that saw the checkpoint `text` at `at` (POSIX seconds)."""
        return self._line(at.to_bytes(8, "big") + self._key().sign(_cosigned(text, at)))

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def _line(self, signature: bytes) -> str:
        return f"\u2014 {self.name} {_base64(self.public.key_id + signature)}\n"


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """One signature line, not verified."""

    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """A note taken apart; `signatures` are not verified yet."""

    text: str
    signatures: tuple[NoteSignature, ...]


def parse_verifier_key(text: str) -> VerifierKey:
    """Read name+id+base64. Raises BadNote if it is malformed, of an unknown kind, or its id does not fit."""
    name, key_id, material = ([*text.strip().split("+", 2), "", ""])[:3]
    raw = _unbase64(material)
    if not _is_name(name) or len(raw) != 33 or raw[0] not in (SIGNATURE, COSIGNATURE):
        raise BadNote("not a public key of the form name+id+base64")
    key = VerifierKey(name=name, kind=raw[0], public=raw[1:])
    if key.key_id.hex() != key_id:
        raise BadNote("the id of this public key does not fit its name and key")
    return key


def write_note(text: str, lines: Iterable[str]) -> str:
    """A note: text (ending in a newline), an empty line, signature lines."""
    return text + "\n" + "".join(lines)


def parse_note(note: str) -> Note:
    """Take a note apart. Raises BadNote if it is malformed or has more than 100 signatures."""
    if len(note) > LONGEST_NOTE or any(ord(character) < 0x20 and character != "\n" for character in note):
        raise BadNote("a note is too long or holds control characters")
    text, separator, rest = note.rpartition("\n\n")
    if not separator or not rest.endswith("\n"):
        raise BadNote("a note needs signatures after an empty line")
    lines = rest[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise BadNote("a note has too many signatures")
    return Note(text=text + "\n", signatures=tuple(_signature(line) for line in lines))


def verify_note(note: Note, keys: Iterable[VerifierKey]) -> dict[VerifierKey, int | None]:
    """Which of the trusted `keys` signed, with the time of cosignatures. Unknown signatures are ignored.

    Raises BadNote if a known key's signature is wrong, or if none of the keys signed.
    """
    known = {(key.name, key.key_id): key for key in keys}
    signed: dict[VerifierKey, int | None] = {}
    for line in note.signatures:
        if key := known.get((line.name, line.key_id)):
            signed[key] = key.verify(note.text, line.signature)
    if not signed:
        raise BadNote("nobody who is trusted signed this")
    return signed


def signature_lines(text: str) -> list[str]:
    """The signature lines in a witness's answer, each with its newline. Raises BadNote for a bad one."""
    if not text.endswith("\n"):
        raise BadNote("a signature line needs its newline")
    lines = text[:-1].split("\n")
    for line in lines:
        _signature(line)
    return [line + "\n" for line in lines]


def _signature(line: str) -> NoteSignature:
    dash, _, rest = line.partition(" ")
    name, _, encoded = rest.partition(" ")
    raw = _unbase64(encoded)
    if dash != "\u2014" or not _is_name(name) or len(raw) < 5:
        raise BadNote("a signature line is malformed")
    return NoteSignature(name=name, key_id=raw[:4], signature=raw[4:])


def _cosigned(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def _is_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(character.isspace() for character in name)


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _unbase64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
