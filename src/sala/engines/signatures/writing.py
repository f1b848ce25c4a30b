"""The form of the file: a head, a line for each signature in the order of their marks, what the log's key signed.

JSON in lines (UTF-8), so that a million signatures are read one by one; then a line of three dashes and a signed note
(C2SP signed-note) over the collection, the count, and the SHA-256 of all lines above the dashes.
"""

import json
from dataclasses import asdict, dataclass

FORMAT = "sala-signatures/1"
DASHES = "---\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Of which collection (reference of a matter, purpose) the file is, how many signatures it holds, how many of them
    a register confirmed, and which log (its name) holds their entries."""

    collection: str
    purpose: str
    count: int
    confirmed: int
    log: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """One signature: what the log's entry at `position` commits to, with the `salt` (hex) that opens the commitment.

    `mark` (hex) stands for the signer in this collection alone. `name` and `number` are given where a paper bore them.
    """

    mark: str
    area: str
    channel: str
    level: int | None
    salt: str
    position: int
    finding: str = ""
    name: str = ""
    number: str = ""


def head_line(head: Head) -> str:
    """The first line."""
    return _line({"format": FORMAT, **asdict(head)})


def row_line(row: Handed) -> str:
    """The line of a signature."""
    return _line(asdict(row))


def text_to_sign(head: Head, sha256: str) -> str:
    """What the log's key signs; `sha256` (hex) is that of all lines before the dashes."""
    return f"{FORMAT}\n{head.collection} {head.purpose}\n{head.count} {head.confirmed}\n{sha256}\n"


def trailer(note: str) -> str:
    """What ends the file."""
    return DASHES + note


def _line(values: dict[str, object]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n"
