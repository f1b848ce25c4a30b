"""Writes on the spine. They run inside the action of the box whose matter it is, which leaves the entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sala.commons.ledger import actions as ledger
from sala.commons.ledger import rows
from sala.commons.matters import rules
from sala.commons.matters.models import Follow, Matter
from sala.commons.matters.rules import Visibility, shortened
from sala.core import references
from sala.core.clock import BANGKOK
from sala.core.errors import NotFound

__all__ = [
    "Matter",
    "NewMatter",
    "Visibility",
    "forget_follower",
    "lock_matter",
    "move_matter",
    "next_reference",
    "open_matter",
    "shortened",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMatter:
    """What a matter starts with; `area` and `agency` are codes, `latitude` and `longitude` degrees."""

    kind: str
    title: str
    visibility: Visibility
    agency: str
    stage: str
    opened_at: datetime
    area: str = ""
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    topic: str = ""
    project: str = ""
    due_at: datetime | None = None
    closed_at: datetime | None = None


@ledger.part_of_action("the box whose matter it is leaves the entry that tells what was opened")
def open_matter(new: NewMatter) -> Matter:
    """A matter with a reference of its own; the number comes from a sequence, so that filings never wait in line."""
    matter = Matter(
        reference=next_reference(kind=new.kind, at=new.opened_at),
        kind=new.kind,
        title=shortened(new.title),
        visibility=new.visibility.value,
        agency=new.agency,
        area=new.area,
        place=new.place,
        latitude=new.latitude,
        longitude=new.longitude,
        topic=new.topic,
        stage=new.stage,
        project=new.project,
        opened_at=new.opened_at,
        updated_at=new.opened_at,
        due_at=new.due_at,
        closed_at=new.closed_at,
    )
    rows.insert_row(matter)
    return matter


def next_reference(*, kind: str, at: datetime) -> str:
    """The next free reference of a kind in the Buddhist year of `at`; gaps are possible, repeats are not."""
    year = at.astimezone(BANGKOK).year + 543
    letter = rules.KINDS[kind]
    (number,) = rows.run_kept("SELECT matters_next_number(%s, %s)", [letter.lower(), year % 100]) or ()
    return references.make_reference(letter, year, number)


@ledger.part_of_action("the box whose matter it is leaves the entry that tells what moved")
def lock_matter(reference: str) -> Matter:
    """The matter, locked until the action ends. Raises NotFound."""
    matter = Matter.objects.select_for_update().filter(reference=reference).first()
    if matter is None:
        raise NotFound("matter_not_found", reference=reference)
    return matter


@ledger.part_of_action("the box whose matter it is leaves the entry that tells what moved")
def move_matter(matter: Matter, *, now: datetime, **changes: Any) -> Matter:
    """Change a locked matter's own fields (stage, agency, due_at, visibility …) and its time of change."""
    _apply(matter, {**changes, "updated_at": now})
    return matter


def _apply(matter: Matter, changes: Mapping[str, Any]) -> None:
    for field, value in changes.items():
        setattr(matter, field, value)
    matter.save(update_fields=list(changes))


@ledger.part_of_action("the person's erasure leaves the entry")
def forget_follower(person_id: int) -> None:
    """Whoever has their account erased follows nothing any more, and no letter waits for them."""
    Follow.objects.filter(person_id=person_id).delete()
