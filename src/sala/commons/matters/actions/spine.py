"""Writes on the spine. They run inside the action of the box whose matter it is, which leaves the entry."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sala.commons.ledger import actions as ledger
from sala.commons.matters import permissions, slots
from sala.commons.matters.models import Follow, Matter
from sala.commons.matters.rules import Visibility
from sala.core import references
from sala.core.actors import Actor
from sala.core.clock import BANGKOK
from sala.core.errors import NotFound
from sala.engines.thai.public_text import NOTHING, PublicText, shortened
from sala.platform import rows

__all__ = [
    "Matter",
    "NewMatter",
    "Visibility",
    "forget_follower",
    "lock_matter",
    "make_sequences",
    "move_matter",
    "next_reference",
    "open_matter",
    "remove_matter",
    "shortened",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMatter:
    """What a matter starts with; `area` and `agency` are codes, `latitude` and `longitude` degrees."""

    kind: str
    title: PublicText
    visibility: Visibility
    agency: str
    stage: str
    opened_at: datetime
    area: str = ""
    place: PublicText = NOTHING
    latitude: float | None = None
    longitude: float | None = None
    topic: str = ""
    project: str = ""
    due_at: datetime | None = None
    closed_at: datetime | None = None
    # Brought in from elsewhere: when it became known here, for those who ask what is new since last time.
    updated_at: datetime | None = None


@ledger.part_of_action("the box whose matter it is leaves the entry that tells what was opened")
def open_matter(new: NewMatter) -> Matter:
    """A matter with a reference of its own; the number comes from a sequence, so that filings never wait in line."""
    matter = Matter(
        reference=next_reference(
            kind=new.kind, at=new.opened_at, is_hidden=new.visibility is not Visibility.PUBLIC
        ),
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
        updated_at=new.updated_at or new.opened_at,
        due_at=new.due_at,
        closed_at=new.closed_at,
    )
    rows.insert_row(matter)
    return matter


# Numbers of what is not public: far beyond those in sequence, and as many as a country needs in a year.
HIDDEN_FROM, HIDDEN_UNTIL = 6_000_000, 10_000_000


def next_reference(*, kind: str, at: datetime, is_hidden: bool = False) -> str:
    """The next free reference of a kind in the Buddhist year of `at`; gaps are possible, repeats are not.

    What is not public (`is_hidden`) has a number by chance: one in sequence would leave a gap beside two public
    numbers, and the entry between theirs, which tells no name, would lead to it.
    """
    year = at.astimezone(BANGKOK).year + 543
    letters = slots.kinds[kind].letters
    if is_hidden:
        return _by_chance(letters, year)
    (number,) = rows.run_kept("SELECT matters_next_number(%s, %s)", [letters.lower(), year % 100]) or ()
    return references.make_reference(letters, year, number)


def _by_chance(letters: str, year: int) -> str:
    """A free reference that nobody can guess from its neighbours; the table itself refuses a repeat in a race."""
    for _ in range(50):
        number = HIDDEN_FROM + secrets.randbelow(HIDDEN_UNTIL - HIDDEN_FROM)
        reference = references.make_reference(letters, year, number)
        if not Matter.objects.filter(reference=reference).exists():
            return reference
    raise RuntimeError("the hidden numbers of this year are used up")


# References of older years are given out too, where an agency brings in what its earlier system holds.
OLDEST_YEAR = 2540


@ledger.action_without_entry("the restore that asks for it leaves the entry that tells how far numbers go on")
def make_sequences(*, actor: Actor, now: datetime) -> None:
    """Every sequence of numbers exists that may have been used before a restore, so that it can go on beyond.

    One that was first used after the backup would else begin again at 1. Raises Refused for anybody but the system.
    """
    permissions.require_system(actor)
    years = range(OLDEST_YEAR, now.astimezone(BANGKOK).year + 543 + 1)
    for letters in sorted({kind.letters for kind in slots.kinds.values()}):
        for year in years:
            rows.run_kept("SELECT matters_next_number(%s, %s)", [letters.lower(), year % 100])


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


@ledger.part_of_action("the undoing of the import that brought it leaves the entry")
def remove_matter(matter: Matter) -> None:
    """A matter that came by mistake is gone with all that hangs on it; its number is given to no other.

    Only for what nobody has touched: everything else ends in one of its stages, and stays.
    """
    matter.delete()


@ledger.projection("the number repeats what was counted of the entries of those who joined")
def count_supporters(counts: Mapping[int, int], *, now: datetime) -> None:
    """How many a matter concerns too, by the matter's key: what lists and exports show."""
    for key, number in counts.items():
        Matter.objects.filter(pk=key).update(supporters=max(0, number), updated_at=now)


@ledger.part_of_action("the person's erasure leaves the entry")
def forget_follower(person_id: int) -> None:
    """Whoever has their account erased follows nothing any more, and no letter waits for them."""
    Follow.objects.filter(person_id=person_id).delete()
