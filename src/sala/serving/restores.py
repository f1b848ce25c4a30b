"""How a site goes on from a backup: what is known of the time after it, and whether the log keeps its name.

Only a final backup, used once and contradicted by nobody, is known to be the newest there is. Any other is older than
what was signed, or may be, so the log goes on under a new name, and numbers beyond any that may have been given out.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import httpx
from django.conf import settings

from sala.commons.ledger import keys, memory, queries, sequencer, witnesses
from sala.commons.ledger.actions import restoring
from sala.commons.ledger.actions.restoring import Evidence, Fenced
from sala.commons.matters import actions as matters
from sala.core.actors import SYSTEM
from sala.engines import merkle
from sala.platform.connections import connect_directly
from sala.serving.backups import Say, Unusable

USED = "restored.json"
TIMEOUT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup says of itself: when it was made, whether its site signed no more, and where it lies."""

    made_at: datetime
    is_final: bool = False
    folder: Path | None = None

    @classmethod
    def of(cls, about: dict[str, object], folder: Path) -> "Backup":
        """Read from `about.json`; older backups were never final."""
        return cls(datetime.fromisoformat(str(about["made_at"])), about.get("is_final") is True, folder)


def go_on(backup: Backup, *, now: datetime, shown: Sequence[str], say: Say) -> Fenced | None:
    """Let the restored site go on; None if the log goes on under its own name, from a final backup.

    `shown` are checkpoints of the log that the operator found elsewhere: files, addresses of a site or mirror, or
    the state of `sala ledger verify`. Raises Unusable if one of them cannot be used, sequencer.Inconsistent if what was
    restored is not as signed.
    """
    kept = queries.count_entries()
    evidence = gather(backup, shown=shown, say=say)
    if backup.is_final and evidence.size <= kept and _use_once(backup, now):
        restoring.take_over(actor=SYSTEM, now=now)
        return None
    matters.make_sequences(actor=SYSTEM, now=now)
    fenced = restoring.fence_restore(actor=SYSTEM, now=now, backup_at=backup.made_at, evidence=evidence)
    with connect_directly("sala restore") as asking:
        memory.keep(memory.file(), sequencer.look_at_newest(asking))
    return fenced


def gather(backup: Backup, *, shown: Sequence[str], say: Say) -> Evidence:
    """What is known of the log beyond the backup: by this machine's memory, what was shown, the witnesses."""
    signer = keys.log_signer()
    try:
        known = memory.recall_together(memory.file(), settings.LEDGER_ORIGIN)
        seen = memory.recall(memory.file()).get(signer.name)
    except memory.Unreadable as error:
        say(str(error))
        known, seen = memory.Known(0, None, {}), None
    notes = [*([seen.note] if seen else []), *(_read(place, signer.public) for place in shown)]
    newest = max(notes, key=lambda note: merkle.open_checkpoint(note, signer.public).size, default="")
    sizes = [merkle.open_checkpoint(newest, signer.public).size] if newest else []
    return Evidence(
        size=max([queries.count_entries(), known.size, *sizes, *_ask_witnesses(say)]),
        note=newest,
        at=max(backup.made_at, known.at or backup.made_at),
        numbers=known.numbers,
    )


def _ask_witnesses(say: Say) -> Iterator[int]:
    with httpx.Client(timeout=TIMEOUT_SECONDS) as client:
        for name, size in witnesses.ask_sizes(client).items():
            say(f"witness {name}: {'does not say' if size is None else f'saw {size} entries'}")
            if size is not None:
                yield size


def _read(place: str, key: merkle.VerifierKey) -> str:
    """A checkpoint of this log from a file or an address. Raises Unusable."""
    try:
        if place.startswith(("http://", "https://")):
            address = place.rstrip("/").removesuffix("/checkpoint").removesuffix("/ledger")
            answer = httpx.get(f"{address}/ledger/checkpoint", timeout=TIMEOUT_SECONDS, follow_redirects=True)
            text = answer.raise_for_status().text
        else:
            text = Path(place).read_text(encoding="utf-8")
        note = str(json.loads(text)["checkpoint"]) if text.startswith("{") else text
        merkle.open_checkpoint(note, key)
    except (httpx.HTTPError, OSError, ValueError, KeyError, TypeError) as error:
        raise Unusable(f"{place} shows no checkpoint of this log: {error}") from None
    return note


def _use_once(backup: Backup, now: datetime) -> bool:
    """Mark a final backup as used; False if it was used before, or cannot be marked: then it proves nothing."""
    if backup.folder is None:
        return False
    try:
        with (backup.folder / USED).open("x", encoding="utf-8") as mark:
            json.dump({"at": now.isoformat()}, mark)
    except OSError:
        return False
    return True
