"""The list that an officer works through, kept with their browser; and the views they saved."""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sala.commons.matters import slots
from sala.commons.worklist.models import SavedView
from sala.commons.worklist.permissions import READERS
from sala.commons.worklist.queries.lists import get_neighbours
from sala.commons.worklist.queries.wanted import Wanted, list_address, page_of, wanted_of
from sala.core.actors import Actor

_LIST = "worklist"


@dataclass(frozen=True, slots=True)
class Kept:
    """The list an officer works through, so that a matter's page knows the next one."""

    kind: str
    agency: str
    wanted: Wanted

    @property
    def address(self) -> str:
        """The list as it was."""
        return list_address(self.kind, agency=self.agency, **self.wanted.filters())


def remember_list(session: MutableMapping[str, Any], kept: Kept) -> None:
    """Keep in a browser's session which list the officer works through."""
    told = {"kind": kept.kind, "agency": kept.agency, **kept.wanted.filters()}
    if session.get(_LIST) != told:
        session[_LIST] = told


def kept_list(session: Mapping[str, Any], actor: Actor) -> Kept | None:
    """The list the officer works through; all that is open of their first office if they came another way.

    None for somebody who has no list.
    """
    mine = [grant.agency for grant in actor.grants if grant.role in READERS]
    told = session.get(_LIST, {})
    if told.get("agency") in mine and (not told.get("kind") or told["kind"] in slots.kinds):
        kind = str(told.get("kind", ""))
        return Kept(kind, told["agency"], wanted_of(kind, told))
    return Kept("", mine[0], Wanted(view="open")) if mine else None


def kept_address(session: Mapping[str, Any], actor: Actor) -> str:
    """The list an officer came from, to go back to when a matter has left it."""
    kept = kept_list(session, actor)
    return kept.address if kept else list_address()


@dataclass(frozen=True, slots=True)
class Around:
    """What a matter's page shows of the list it was opened from: the list, and the pages before and after."""

    address: str = ""
    previous: str = ""
    next: str = ""


def around(session: Mapping[str, Any], actor: Actor, row: Any, *, now: datetime) -> Around:
    """The list an officer came from, with what stands before and after a matter in it. Two queries."""
    kept = kept_list(session, actor)
    if kept is None:
        return Around()
    found = get_neighbours(kept.kind, actor, kept.agency, kept.wanted, row, now=now)
    return Around(kept.address, page_of(found.previous), page_of(found.next))


def list_saved_views(kind: str, actor: Actor, agency: str) -> list[SavedView]:
    """An officer's own views of a list, by name; in the list of every kind those of each kind too. One query."""
    rows = SavedView.objects.filter(person=actor.person_id, agency=agency)
    return list((rows.filter(kind=kind) if kind else rows).order_by("name", "pk"))


def export_saved_views(person_id: int) -> list[dict[str, Any]]:
    """A person's own views, as JSON values."""
    rows = SavedView.objects.filter(person_id=person_id).order_by("pk")
    return [{"name": view.name, "agency": view.agency, "filters": view.filters} for view in rows]
