"""The spine for programs: the public list by keyset, one matter, its steps with their proofs."""

from datetime import datetime
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from sala.commons.ledger import queries as ledger
from sala.commons.matters import exporters, queries, slots
from sala.core import clock
from sala.core.actors import ANONYMOUS
from sala.core.gates import open_to_all
from sala.core.problems import ONE, SEARCHED, Code, Form
from sala.platform import limits
from sala.platform.limits import Key, Policy, Rate

router = Router(tags=["matters"])
Cursor = Annotated[int, Field(ge=1, le=2**53)]
Size = Annotated[int, Field(ge=1, le=1000)]
Words = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
# Wide enough for a whole district behind one address; a search is the dearest thing that anyone may ask.
SEARCH = Policy("matters.search", {Key.ADDRESS: Rate(600, 60)})


class MatterRow(Schema):
    """A public matter."""

    reference: str
    kind: str
    title: str
    stage: str
    agency: str
    area: str
    place: str
    latitude: float | None
    longitude: float | None
    topic: str
    opened_at: datetime
    due_at: datetime | None
    updated_at: datetime
    closed_at: datetime | None
    affected: int
    url: str


class MatterPage(Schema):
    """One page of the list; `before` is the cursor of the next page, null at the end."""

    matters: list[MatterRow]
    before: int | None


class StepRow(Schema):
    """One step of a matter; `position` is its place in the ledger, null for a moment after it happened."""

    kind: str
    what: str
    more: str
    at: datetime
    position: int | None
    proof: str | None


@router.get("", response={200: MatterPage, **SEARCHED}, summary="Public matters, the newest first")
@open_to_all
def list_matters(
    request: HttpRequest,
    response: HttpResponse,
    q: Words = "",
    kind: Code = "",
    agency: Code = "",
    area: Code = "",
    topic: Code = "",
    stage: Code = "",
    before: Cursor | None = None,
    size: Size = 100,
    format: Form = "json",
) -> dict[str, Any]:
    """Those that hold all words of `q`, in Thai or English. Filters narrow the list, `area` with the areas within
    it; give `before` back to read on."""
    wanted = queries.Filter(kind=kind, agency=agency, area=area, topic=topic, stage=stage)
    if q.strip():
        limits.require_room_for(request, SEARCH, now=clock.now()).write_on(response)
        response["Cache-Control"] = "no-store"
        page = queries.list_holding(q, wanted, before=before, size=size)
    else:
        page = queries.list_public(wanted, before=before, size=size)
    rows = [exporters.row(matter, settings.SITE_URL) for matter in page.matters]
    return {"matters": rows, "before": page.before}


@router.get("/{reference}", response={200: MatterRow, **ONE}, summary="One matter")
@open_to_all
def get_matter(request: HttpRequest, reference: str) -> dict[str, object]:
    """By its number, as a person would type it."""
    return exporters.row(queries.get_matter(reference, ANONYMOUS), settings.SITE_URL)


@router.get(
    "/{reference}/steps",
    response={200: list[StepRow], **ONE},
    summary="What happened in a matter, in order",
)
@open_to_all
def list_steps(request: HttpRequest, reference: str, format: Form = "json") -> list[dict[str, Any]]:
    """Each step with the place of its entry in the public ledger, where its proof is."""
    matter = queries.get_matter(reference, ANONYMOUS)
    return [_step(matter.kind, entry) for entry in ledger.entries_of_matter(matter.reference)]


def _step(kind: str, entry: ledger.LoggedEntry) -> dict[str, Any]:
    content = entry.content
    what, more = slots.kinds[kind].describe_entry(content["kind"], content)
    has_place = entry.position >= 0
    return {
        "kind": content["kind"],
        "what": what,
        "more": more,
        "at": content["at"],
        "position": entry.position if has_place else None,
        "proof": f"{settings.SITE_URL}/ledger/{entry.position}/entry.tlog-proof" if has_place else None,
    }
