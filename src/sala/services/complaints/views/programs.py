"""Doors for programs: types of complaints, filing one, reading one; the same rules and limits as for people."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.conf import settings
from django.http import HttpResponse
from ninja import Router, Schema, Status
from pydantic import BeforeValidator, ConfigDict, Field

from sala.commons.drafts import views as drafting
from sala.commons.identity.actions import repeats
from sala.commons.moderation.actions import is_suspect
from sala.commons.places import queries as places
from sala.core import clock
from sala.core.actors import ANONYMOUS, Channel
from sala.core.clock import BANGKOK
from sala.core.errors import Invalid, NotFound
from sala.core.gates import open_to_all
from sala.core.problems import LISTED, ONE, REPEAT_KEY, SENT, Form, IsText
from sala.platform import limits
from sala.platform.requests import Request
from sala.services.complaints import actions, queries
from sala.services.complaints.actions import Filing
from sala.services.complaints.queries import page
from sala.services.complaints.queries.clock import periods
from sala.services.complaints.rules import Privacy
from sala.services.complaints.views import rates

router = Router(tags=["complaints"])
_NO_NUL = r"^[^\x00]*$"


def _as_text(value: object) -> object:
    """Only text is read as a day: a number of seconds or days is somebody's mistake."""
    if not isinstance(value, str):
        raise ValueError("a day is text, like 2026-11-22")
    return value


Day = Annotated[date, BeforeValidator(_as_text)]


class TypeRow(Schema):
    """What a complaint may be about."""

    code: str
    name_th: str
    name_en: str
    description: str


class NewComplaint(Schema):
    """A complaint as a program files it for a person. Only `text` is needed; what has another name is refused.

    A point without an area decides the area. `shown`: everyone sees it as given ("exact"), to about a hundred metres
    ("about"), or only the name of the area ("area"). Ask the person before you send "exact": it may be their home.
    """

    # What we do not know would be lost without a word: a place under a name of the sender's own, a way to answer.
    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(min_length=1, max_length=4000, pattern=r"^[^\x00]*[^\x00\s][^\x00]*$"), IsText]
    topic: Annotated[str, Field(max_length=40, pattern=r"^[a-z_]*$")] = ""
    privacy: Literal["public", "agency_only", "confidential"] = "public"
    area: Annotated[str, Field(max_length=12, pattern=r"^[0-9]*$")] = ""
    place: Annotated[str, Field(max_length=300, pattern=_NO_NUL), IsText] = ""
    latitude: Annotated[float, Field(ge=-90, le=90, strict=True)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180, strict=True)] | None = None
    shown: Literal["exact", "about", "area"] = "about"
    happened_on: Day | None = None
    name: Annotated[str, Field(max_length=120, pattern=_NO_NUL), IsText] = ""
    phone: Annotated[str, Field(max_length=30, pattern=_NO_NUL), IsText] = ""
    email: Annotated[str, Field(max_length=200, pattern=_NO_NUL), IsText] = ""
    language: Literal["th", "en"] = "th"


class FiledRow(Schema):
    """What the person takes away; whoever has `own_url` can answer, confirm and reopen."""

    reference: str
    agency: str
    due_at: datetime
    url: str
    own_url: str


class WordsRow(Schema):
    """Something written in public; `agency` is empty if the person wrote it."""

    kind: str
    agency: str
    at: datetime
    text: str


class ComplaintRow(Schema):
    """A public complaint, personal data taken out; `received_on`: on paper, before it was recorded."""

    reference: str
    status: str
    outcome: str
    topic: str
    text: str
    agency: str
    area: str
    place: str
    opened_at: datetime
    received_on: date | None
    due_at: datetime | None
    closed_at: datetime | None
    affected: int
    parts: list[str]
    messages: list[WordsRow]
    url: str


@router.get("/types", response={200: list[TypeRow], **LISTED}, summary="What complaints may be about")
@open_to_all
def list_types(request: Request, format: Form = "json") -> list[Any]:
    """The same as on the form; choosing one is never needed."""
    return list(queries.complaint_types())


class PeriodRow(Schema):
    """A legal period: `unit` says whether its days are working days; `topic` is empty for all topics."""

    code: str
    topic: str
    days: int
    unit: str
    law_th: str
    law_en: str
    valid_from: date
    valid_until: date | None


@router.get("/periods", response={200: list[PeriodRow], **LISTED}, summary="By when complaints are answered")
@open_to_all
def list_periods(request: Request, format: Form = "json") -> list[dict[str, object]]:
    """Every dated period with its law, in the shape in which an installation brings it in."""
    return [asdict(p) for p in periods()]


@router.post(
    "",
    response={201: FiledRow, **SENT},
    summary="File a complaint",
    openapi_extra={"parameters": [REPEAT_KEY]},
)
@open_to_all
def file_complaint(request: Request, response: HttpResponse, given: NewComplaint) -> Status:
    """Anyone may file, without a key and without an account; never as the person of a session.

    Sent again with the same `Idempotency-Key` and the same body within 24 hours, it gives the same answer and
    files nothing more.
    """
    if given.topic and all(topic.code != given.topic for topic in queries.complaint_types()):
        raise Invalid("invalid", {"topic": "invalid"})
    now = clock.now()
    room = limits.require_room_for(request, rates.FILE, now=now, contact=given.phone or given.email)
    room.write_on(response)
    filing = Filing(
        **given.dict(exclude={"privacy", "name", "phone", "email", "shown"}),
        privacy=Privacy(given.privacy),
        shown=places.Shown(given.shown),
        contact=queries.Contact(given.name, given.phone, given.email),
        is_suspect=is_suspect(request, given.text, room_used=room.used),
    )
    values = repeats.do_once(
        request,
        door="api complaints",
        sent=request.body.decode("utf-8", "surrogateescape"),
        now=now,
        act=lambda: actions.file_complaint(actor=ANONYMOUS.by(Channel.API), now=now, filing=filing),
        tell=_filed_row,
    )
    return Status(201, values)


def _filed_row(filed: actions.Filed) -> dict[str, Any]:
    return {
        "reference": filed.reference,
        "agency": filed.agency,
        "due_at": filed.due_at.isoformat(),
        "url": f"{settings.SITE_URL}/m/{filed.reference}",
        "own_url": settings.SITE_URL + drafting.own_link("complaints", filed.reference, filed.key),
    }


@router.get("/{reference}", response={200: ComplaintRow, **ONE}, summary="One complaint")
@open_to_all
def get_complaint(request: Request, reference: str) -> dict[str, object]:
    """As everyone may read it. One that is not public is not found."""
    found = queries.get_complaint(reference)
    if not found.matter.is_public:
        raise NotFound("matter_not_found", reference=reference)
    return _row(page.get_page(found, now=clock.now(), is_own=False))


def _row(shown: page.ComplaintPage) -> dict[str, object]:
    complaint, matter = shown.complaint, shown.complaint.matter
    said = [{"kind": m.kind, "agency": m.agency, "at": m.at, "text": m.public_text} for m in shown.messages]
    return {
        "reference": matter.reference,
        "status": complaint.status,
        "outcome": complaint.outcome,
        "text": complaint.public_text,
        **{name: getattr(matter, name) for name in ("topic", "agency", "area", "place")},
        **{name: getattr(matter, name) for name in ("opened_at", "due_at", "closed_at")},
        "received_on": complaint.received_at and complaint.received_at.astimezone(BANGKOK).date(),
        "affected": matter.supporters,
        "parts": list(shown.parts),
        "messages": said,
        "url": f"{settings.SITE_URL}/m/{matter.reference}",
    }
