"""Telling those whose office must act: in the same letter as what they follow, to the pace of their account."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sala.commons.identity import queries as identity
from sala.commons.ledger import actions as ledger
from sala.commons.ledger import queries as ledger_queries
from sala.commons.ledger.queries import LoggedEntry
from sala.commons.matters import slots
from sala.commons.matters.actions.following import family, matters_named
from sala.commons.matters.models import Follow, Notice
from sala.commons.matters.rules import Frequency


def _duty_of(event: str) -> Callable[[Mapping[str, Any], int], Sequence[int]] | None:
    kind = slots.kinds.get(event.partition(".")[0])
    return kind.duties.get(event) if kind else None


@ledger.projection("whoever must act on a step by their office has a notice of it")
def note_duties(entries: Sequence[LoggedEntry]) -> None:
    """Each person to whom a step is told by their office has a notice of it, once; nobody follows the rest by that.

    Who left no address, or wants no letters at all, sees it in their overview alone.
    """
    steps = [(e.position, e.content) for e in entries if _duty_of(str(e.content["kind"]))]
    if not steps:
        return
    matters = matters_named({str(step["matter"]): family(step) for _, step in steps if step["matter"]})
    entry_ids = ledger_queries.find_entry_ids(position for position, _ in steps)
    for position, step in steps:
        matter, tell = matters.get(str(step["matter"])), _duty_of(str(step["kind"]))
        if matter is not None and tell is not None:
            at = datetime.fromisoformat(step["at"])
            _note(matter, tell(step, matter), entry_id=entry_ids[position], at=at)


def _note(matter: int, person_ids: Sequence[int], *, entry_id: int, at: datetime) -> None:
    for person in identity.list_addressees(list(person_ids)):
        follow, _ = Follow.objects.get_or_create(
            matter_id=matter,
            person_id=person.person_id,
            defaults={
                "is_duty": True,
                "frequency": Frequency.EACH.value,
                "language": person.language,
                "created_at": at,
                "confirmed_at": at,
            },
        )
        Notice.objects.get_or_create(follow=follow, entry_id=entry_id, defaults={"created_at": at})
