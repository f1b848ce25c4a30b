"""What a witness decides (C2SP tlog-witness v1.0.0): does this checkpoint continue what was cosigned last?"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sala.engines.merkle.checkpoints import (
    Checkpoint,
    parse_checkpoint,
    parse_hash,
    parse_size,
    write_hash,
)
from sala.engines.merkle.hashing import EMPTY_ROOT
from sala.engines.merkle.notes import BadNote, Note, VerifierKey, parse_note, verify_note
from sala.engines.merkle.proofs import BadProof, verify_consistency

MOST_HASHES = 63


class Refusal(Exception):
    """The witness will not cosign; `status` is the HTTP status, `size` the size it knows (with 409)."""

    def __init__(self, status: int, reason: str, size: int | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.size = size


@dataclass(frozen=True, slots=True)
class AddCheckpoint:
    """A request to cosign: the size that was cosigned last as far as known, a proof, a checkpoint."""

    old: int
    proof: tuple[bytes, ...]
    note: Note
    checkpoint: Checkpoint


def write_request(*, old: int, proof: Sequence[bytes], checkpoint: str) -> bytes:
    """The body of an add-checkpoint request."""
    lines = [f"old {old}", *(write_hash(part) for part in proof)]
    return ("\n".join(lines) + "\n\n" + checkpoint).encode()


def read_request(body: bytes) -> AddCheckpoint:
    """Read an add-checkpoint request. Raises Refusal (400) if it is malformed."""
    try:
        head, separator, rest = body.decode().partition("\n\n")
        lines = head.split("\n")
        if not separator or not lines[0].startswith("old ") or len(lines) - 1 > MOST_HASHES:
            raise BadNote("not an add-checkpoint request")
        note = parse_note(rest)
        return AddCheckpoint(
            old=parse_size(lines[0].removeprefix("old ")),
            proof=tuple(parse_hash(line) for line in lines[1:]),
            note=note,
            checkpoint=parse_checkpoint(note.text),
        )
    except ValueError as error:
        raise Refusal(400, str(error)) from None


def require_known(request: AddCheckpoint, logs: Mapping[str, Collection[VerifierKey]]) -> None:
    """Raise Refusal 404 for a log the witness does not know, 403 if that log's key did not sign."""
    keys = logs.get(request.checkpoint.origin)
    if keys is None:
        raise Refusal(404, "this witness does not know the log")
    try:
        verify_note(request.note, keys)
    except BadNote as error:
        raise Refusal(403, str(error)) from None


def require_consistent(request: AddCheckpoint, latest: Checkpoint | None) -> None:
    """Raise Refusal unless the checkpoint continues `latest`, what was cosigned last for that log.

    400: the old size is beyond the checkpoint; 409: another size was cosigned last, or another root at this
    size; 422: the consistency proof does not hold.
    """
    new = request.checkpoint
    if request.old > new.size:
        raise Refusal(400, "the old size is larger than the checkpoint")
    known = latest.size if latest else 0
    if request.old != known:
        raise Refusal(409, "another size was cosigned last", known)
    if latest and new.size == latest.size and new.root != latest.root:
        raise Refusal(409, "another root was cosigned at this size", known)
    if not _is_proven(request, latest):
        raise Refusal(422, "the consistency proof does not hold")


def _is_proven(request: AddCheckpoint, latest: Checkpoint | None) -> bool:
    new = request.checkpoint
    if new.size == 0 and new.root != EMPTY_ROOT:
        return False
    if request.old == 0 or latest is None:
        return not request.proof
    try:
        verify_consistency(
            old=latest.size, new=new.size, old_root=latest.root, new_root=new.root, proof=request.proof
        )
    except BadProof:
        return False
    return True
