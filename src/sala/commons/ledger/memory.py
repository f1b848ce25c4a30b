"""What this machine signed last, in a file beside the database and not in it: a restored database forgets, it does not.

A signer that reads its last size from a database signs again whatever an older copy of that database lacks, and so
two trees of one size. The file is a lower bound, at most a second old; the margin of a restore covers the second.
"""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from sala.engines import merkle

FORMAT = 1
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")


class Unreadable(RuntimeError):
    """The file is there and cannot be read; nobody knows what was signed."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The newest checkpoint known of a log: a signed note, when it was signed, the last number of each sequence."""

    note: str
    at: datetime
    numbers: Mapping[str, int] = field(default_factory=dict)

    @property
    def checkpoint(self) -> merkle.Checkpoint:
        """What was signed."""
        return merkle.parse_checkpoint(merkle.parse_note(self.note).text)


def file() -> Path | None:
    """Where it is kept; None where this installation keeps none (SALA_LEDGER_MEMORY is empty)."""
    return Path(settings.LEDGER_MEMORY) if settings.LEDGER_MEMORY else None


def recall(source: Path | None) -> dict[str, Seen]:
    """What was signed, by the name of the log; empty where nothing was. Raises Unreadable for a damaged file."""
    if source is None or not source.exists():
        return {}
    try:
        values = json.loads(source.read_text(encoding="utf-8"))
        if values["format"] != FORMAT:
            raise ValueError("another format")
        seen = {origin: _read(one) for origin, one in values["logs"].items()}
        return {origin: one for origin, one in seen.items() if one.checkpoint.origin == origin}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable(f"{source} cannot be read: {error}") from None


@dataclass(frozen=True, slots=True)
class Known:
    """All that this machine remembers of a log and of those that restores made of it, taken together.

    A backup may be restored more than once: then the second restore must go beyond what the first one's log gave out.
    """

    size: int
    at: datetime | None
    numbers: Mapping[str, int]


def recall_together(source: Path | None, origin: str) -> Known:
    """What is known of every log of this installation, whose first name is `origin`. Raises Unreadable."""
    logs = recall(source)
    own = [logs[name] for name in logs if name == origin or name.startswith(f"{origin}/restored-")]
    numbers: dict[str, int] = {}
    for seen in own:
        for name, last in seen.numbers.items():
            numbers[name] = max(last, numbers.get(name, 0))
    size = max((seen.checkpoint.size for seen in own), default=0)
    return Known(size, max((seen.at for seen in own), default=None), numbers)


def _read(values: Mapping[str, Any]) -> Seen:
    numbers = {name: int(last) for name, last in values["numbers"].items() if _NAME.fullmatch(name)}
    return Seen(str(values["note"]), datetime.fromisoformat(values["at"]), numbers)


def keep(target: Path | None, seen: Seen) -> None:
    """Remember this checkpoint; those of other logs stay. On disk when this returns. Raises OSError, Unreadable.

    What was signed stays the least that is known: a smaller size of the same log never replaces a larger one.
    """
    if target is None:
        return
    known = recall(target)
    origin = seen.checkpoint.origin
    if origin in known and known[origin].checkpoint.size > seen.checkpoint.size:
        return
    logs = {name: _written(one) for name, one in (known | {origin: seen}).items()}
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    with fresh.open("w", encoding="utf-8") as out:
        json.dump({"format": FORMAT, "logs": logs}, out, indent=1)
        out.flush()
        os.fsync(out.fileno())
    os.replace(fresh, target)


def _written(seen: Seen) -> dict[str, Any]:
    return {"note": seen.note, "at": seen.at.isoformat(), "numbers": dict(seen.numbers)}
