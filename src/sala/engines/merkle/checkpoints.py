"""Checkpoints (C2SP tlog-checkpoint v1.0.0), which commit to a tree, and offline proofs (tlog-proof)."""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass

from sala.engines.merkle.hashing import HASH_BYTES
from sala.engines.merkle.notes import BadNote, Signer, VerifierKey, parse_note, verify_note, write_note

_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")
PROOF_HEADER = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A log's origin, the size of its tree and the root over it."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The note's text, which is what gets signed."""
        return f"{self.origin}\n{self.size}\n{write_hash(self.root)}\n"


def sign_checkpoint(checkpoint: Checkpoint, signer: Signer) -> str:
    """The checkpoint as a signed note."""
    return write_note(checkpoint.text(), [signer.sign(checkpoint.text())])


def parse_checkpoint(text: str) -> Checkpoint:
    """Read the text of a checkpoint; extension lines are left out. Raises BadNote if it is malformed."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] != "" or any(not line for line in lines[:-1]):
        raise BadNote("a checkpoint has at least three lines")
    return Checkpoint(origin=lines[0], size=parse_size(lines[1]), root=parse_hash(lines[2]))


def open_checkpoint(note: str, key: VerifierKey, origin: str | None = None) -> Checkpoint:
    """The checkpoint in a note signed by `key`. Raises BadNote if not, or if its origin is not `origin`.

    `origin` None means the name of the key, which is what logs use.
    """
    parsed = parse_note(note)
    verify_note(parsed, [key])
    checkpoint = parse_checkpoint(parsed.text)
    if checkpoint.origin != (origin or key.name):
        raise BadNote(f"this checkpoint is of another log: {checkpoint.origin}")
    return checkpoint


def write_proof(*, position: int, proof: Sequence[bytes], checkpoint: str) -> str:
    """A proof to keep, verifiable offline with the log's public key (C2SP tlog-proof)."""
    lines = [PROOF_HEADER, f"index {position}", *(write_hash(part) for part in proof)]
    return "\n".join(lines) + "\n\n" + checkpoint


def read_proof(text: str) -> tuple[int, list[bytes], str]:
    """Position, hashes and checkpoint note of a tlog-proof. Raises BadNote if it is malformed."""
    head, separator, checkpoint = text.partition("\n\n")
    lines = head.split("\n")
    if lines[1:2] and lines[1].startswith("extra "):
        del lines[1]
    if not separator or len(lines) < 2 or lines[0] != PROOF_HEADER or not lines[1].startswith("index "):
        raise BadNote("not a proof of a transparency log")
    return parse_size(lines[1].removeprefix("index ")), [parse_hash(line) for line in lines[2:]], checkpoint


def write_hash(value: bytes) -> str:
    """A hash in base64."""
    return base64.b64encode(value).decode()


def parse_hash(text: str) -> bytes:
    """A hash from base64. Raises BadNote unless it is one, written in the one canonical way."""
    try:
        value = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        value = b""
    if len(value) != HASH_BYTES or write_hash(value) != text:
        raise BadNote("not a hash")
    return value


def parse_size(text: str) -> int:
    """A size in decimal without leading zeros. Raises BadNote for anything else."""
    if not _NUMBER.fullmatch(text):
        raise BadNote("not a size")
    return int(text)
