"""Whether words that are kept still are those the ledger committed to: for the doctor, and for whoever doubts."""

import hmac
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sala.commons.ledger import queries as ledger
from sala.commons.ledger.queries import commit_to
from sala.commons.moderation.queries.words import words_committed
from sala.engines import thai


@dataclass(frozen=True, slots=True)
class Kept:
    """Words beside their entry: `salt` opens its commitment, `secrets` are what it may have been made from.

    Several, since texts that are not public were once committed to as they read when covered.
    """

    entry_id: int
    salt: bytes
    secrets: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Rechecked:
    """How many kept words open their commitment, and the entries of those that do not."""

    whole: int
    broken: tuple[int, ...]


def recheck(kept: Iterable[Kept]) -> Rechecked:
    """Compute each commitment again and compare it with its entry's. One query for all.

    What was erased has no salt any more and is left out: nobody can open its commitment, which is the point.
    """
    words = {one.entry_id: one for one in kept if one.salt}
    entries = ledger.list_recorded(words)
    whole, broken = 0, []
    for entry_id, one in words.items():
        recorded = str(entries.get(entry_id, {}).get("commitment", ""))
        if any(hmac.compare_digest(commit_to(secret, one.salt), recorded) for secret in one.secrets):
            whole += 1
        else:
            broken.append(entry_id)
    return Rechecked(whole, tuple(sorted(broken)))


def kept_words(row: Any, original: str) -> Kept:
    """The words of a row with `public_text`, `salt` and `entry_id`, and what was told in full.

    What was not public when its entry was made was committed to without public words; its person may open it.
    """
    salt = bytes(row.salt)
    secrets = tuple(words_committed(text, original, salt[-16:]) for text in (row.public_text, ""))
    return Kept(row.entry_id or 0, salt[:-16], secrets)


def kept_messages(messages: Iterable[Any]) -> Iterator[Kept]:
    """Those of a matter's messages whose commitment somebody's salt still opens."""
    for message in messages:
        if message.entry_id and message.salt:
            # Letters and notes for colleagues were once committed to as they read when covered.
            public = (message.public_text, *([] if message.public_text else [thai.cover(message.text)]))
            yield Kept(
                message.entry_id,
                bytes(message.salt),
                tuple(words_committed(text, message.text, b"") for text in public),
            )
