"""What an officer's list is narrowed to, of which kinds it is, and where it and each of its matters stand."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import (
    Q,
)
from django.urls import reverse
from django.utils.http import urlencode

from sala.commons.matters import slots
from sala.commons.worklist.permissions import READERS
from sala.core import references
from sala.core.actors import Actor
from sala.core.digits import find_whole_number
from sala.core.errors import NotFound
from sala.platform.registration import Kind
from sala.platform.worklist import Worklist

LAST_PAGE = 200
NARROWED_BY = ("topic", "area", "desk", "officer", "q")
KEPT_NAMES = ("view", *NARROWED_BY)
# Beside each kind's own views, asked for by whoever parts out the work: what lies with nobody, and what is due by
# tomorrow and not late yet ("today" holds what is late as well).
UNASSIGNED, NEAR = "unassigned", "near"
EVERYWHERE = (UNASSIGNED, NEAR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an officer's list is narrowed to; "" means all, and the first view."""

    view: str = ""
    topic: str = ""
    area: str = ""
    desk: str = ""
    officer: str = ""
    q: str = ""
    page: int = 1

    def filters(self) -> dict[str, str]:
        """The filters as a saved view keeps them."""
        return {k: v for k, v in asdict(self).items() if k != "page" and v}


def wanted_of(kind: str, given: Mapping[str, str]) -> Wanted:
    """What somebody asks for in an address or a form, whatever they wrote there."""
    asked = {name: given.get(name, "")[:200].strip() for name in NARROWED_BY}
    views = (*view_codes(kind), *EVERYWHERE)
    view = given.get("view", "")
    page = find_whole_number(given.get("page", "1"), least=1, most=LAST_PAGE) or 1
    return Wanted(**asked, view=view if view in views else views[0], page=page)


def worklist_of(kind: str) -> Worklist:
    """The work of a kind of matter. Raises NotFound for one that has none."""
    found = slots.kinds[kind].worklist if kind in slots.kinds else None
    if found is None:
        raise NotFound("not_found")
    return found


def kinds_worked_on() -> list[Kind]:
    """The kinds that have a list, in the order in which the site knows them."""
    return [kind for kind in slots.kinds.values() if kind.worklist]


def codes_of(kind: str) -> tuple[str, ...]:
    """The kinds a list is of. Raises NotFound for one that has none."""
    if kind:
        worklist_of(kind)
        return (kind,)
    return tuple(found.code for found in kinds_worked_on())


def view_codes(kind: str) -> tuple[str, ...]:
    """The views of a list, those of the first kind first. Raises NotFound.

    A view that several kinds have holds what each of them puts there.
    """
    return tuple(dict.fromkeys(view for code in codes_of(kind) for view, _ in worklist_of(code).views))


def view_of(kind: str, wanted: Wanted) -> str:
    views = view_codes(kind)
    return wanted.view if wanted.view in views or wanted.view in EVERYWHERE else views[0]


def has_view(code: str, view: str) -> bool:
    return view in EVERYWHERE or view in {name for name, _ in worklist_of(code).views}


def condition_of(view: str, conditions: Mapping[str, Any]) -> Q:
    """What a view of a kind holds."""
    if view == UNASSIGNED:
        return Q(conditions["open"]) & Q(desk__isnull=True, officer__isnull=True)
    if view == NEAR:
        return Q(conditions["today"]) & ~Q(conditions["overdue"])
    return Q(conditions[view])


def require_agency(actor: Actor, wanted: str = "") -> str:
    """The agency whose list the actor opens: the one wanted if they work there, else their first.

    Raises NotFound for someone who works for none, or not for that one.
    """
    mine = [grant.agency for grant in actor.grants if grant.role in READERS]
    if not mine or (wanted and wanted not in mine):
        raise NotFound("agency_not_found", agency=wanted)
    return wanted or mine[0]


def list_address(kind: str = "", **narrowed: str) -> str:
    """The list of a kind, or of every kind, narrowed to what `Wanted` knows and an `agency`."""
    asked = {name: value for name, value in {"kind": kind, **narrowed}.items() if value}
    return f"{reverse('worklist:inbox')}?{urlencode(asked)}" if asked else reverse("worklist:inbox")


def page_of(reference: str) -> str:
    """Where a matter of any kind is worked on, by its reference; "" for none."""
    return slots.kinds[kind_of(reference)].work_page(reference) if reference else ""


def public_page_of(reference: str) -> str:
    """Where everyone reads a matter of any kind, if it is public."""
    return slots.kinds[kind_of(reference)].page(reference)


def kind_of(reference: str) -> str:
    """The kind of a matter, by the letters of its reference as typed. Raises NotFound for none of ours."""
    try:
        letters = references.parse_reference(reference).kind
    except ValueError:
        letters = ""
    for kind in slots.kinds.values():
        if kind.letters == letters:
            return kind.code
    raise NotFound("matter_not_found", reference=reference)
