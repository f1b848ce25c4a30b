"""Doors for programs: one request as everyone may read it; asking for somebody, by the same rules as for people."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.conf import settings
from django.http import HttpResponse
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from sala.commons.drafts import views as drafting
from sala.commons.drafts.queries import Contact
from sala.commons.identity.actions import repeats
from sala.commons.moderation.actions import is_suspect
from sala.core import clock
from sala.core.actors import ANONYMOUS, Channel
from sala.core.errors import NotFound
from sala.core.gates import open_to_all
from sala.core.problems import ONE, REPEAT_KEY, SENT, IsText
from sala.platform import limits
from sala.platform.requests import Request
from sala.services.information import actions
from sala.services.information.queries import page
from sala.services.information.queries import request as requests
from sala.services.information.rules.grounds import Wish
from sala.services.information.rules.wishes import Form, Openness
from sala.services.information.views import rates

router = Router(tags=["information"])
_NO_NUL = r"^[^\x00]*$"


class NewRequest(Schema):
    """A request as a program files it for a person. `text` and `agency` are needed; what has another name is refused.

    What is about the person themselves (`wish` not "information") is never public: send `openness` "agency_only".
    """

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(min_length=1, max_length=4000, pattern=r"^[^\x00]*[^\x00\s][^\x00]*$"), IsText]
    agency: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[a-z0-9-]*$")]
    wish: Literal["information", "own_data", "correction"] = "information"
    openness: Literal["public", "agency_only"] = "public"
    where_to_look: Annotated[str, Field(max_length=1000, pattern=_NO_NUL), IsText] = ""
    wanted_as: Literal["file", "paper", "visit"] = "file"
    name: Annotated[str, Field(max_length=120, pattern=_NO_NUL), IsText] = ""
    phone: Annotated[str, Field(max_length=30, pattern=_NO_NUL), IsText] = ""
    email: Annotated[str, Field(max_length=200, pattern=_NO_NUL), IsText] = ""
    address: Annotated[str, Field(max_length=300, pattern=_NO_NUL), IsText] = ""
    language: Literal["th", "en"] = "th"


class AskedRow(Schema):
    """What the person takes away; whoever has `own_url` can answer, complain and appeal."""

    reference: str
    agency: str
    expected_on: date
    url: str
    own_url: str


class GivenRow(Schema):
    """A public document of an answer; `sha256` is of the file."""

    title: str
    url: str
    sha256: str


class AnswerRow(Schema):
    """One answer: its result, words, sections relied on (codes), and what was given."""

    number: int
    agency: str
    result: str
    text: str
    grounds: list[str]
    answered_at: datetime
    documents: list[GivenRow]


class RequestRow(Schema):
    """A public request, personal data taken out; `ways` are codes of what its person may do today."""

    reference: str
    standing: str
    text: str
    agency: str
    asked_at: datetime
    expected_on: date
    is_late: bool
    answers: list[AnswerRow]
    ways: list[str]
    url: str


@router.post(
    "",
    response={201: AskedRow, **SENT},
    summary="Ask an office for information",
    openapi_extra={"parameters": [REPEAT_KEY]},
)
@open_to_all
def file_request(request: Request, response: HttpResponse, given: NewRequest) -> Status:
    """Anyone may ask, without a key and without an account; never as the person of a session.

    Sent again with the same `Idempotency-Key` and the same body within 24 hours, it gives the same answer and files
    nothing more.
    """
    now = clock.now()
    room = limits.require_room_for(request, rates.FILE, now=now, contact=given.phone or given.email)
    room.write_on(response)
    filing = actions.Filing(
        text=given.text,
        agency=given.agency,
        wish=Wish(given.wish),
        openness=Openness(given.openness),
        where_to_look=given.where_to_look,
        wanted_as=Form(given.wanted_as),
        contact=Contact(given.name, given.phone, given.email),
        address=given.address,
        language=given.language,
        is_suspect=is_suspect(request, f"{given.text}\n{given.where_to_look}".strip(), room_used=room.used),
    )
    values = repeats.do_once(
        request,
        door="api information",
        sent=request.body.decode("utf-8", "surrogateescape"),
        now=now,
        act=lambda: actions.file_request(actor=ANONYMOUS.by(Channel.API), now=now, filing=filing),
        tell=_asked_row,
    )
    return Status(201, values)


def _asked_row(filed: actions.Filed) -> dict[str, Any]:
    return {
        "reference": filed.reference,
        "agency": filed.agency,
        "expected_on": filed.expected_on.isoformat(),
        "url": f"{settings.SITE_URL}/m/{filed.reference}",
        "own_url": settings.SITE_URL + drafting.own_link("information", filed.reference, filed.key),
    }


@router.get("/{reference}", response={200: RequestRow, **ONE}, summary="One request for information")
@open_to_all
def get_request(request: Request, reference: str) -> dict[str, object]:
    """As everyone may read it. One that is not public is not found."""
    found = requests.find_public(reference)
    if found is None:
        raise NotFound("matter_not_found", reference=reference)
    shown, matter = page.get_page(found, now=clock.now(), is_own=False), found.matter
    return {
        "reference": matter.reference,
        "standing": shown.standing.value,
        "text": found.public_text,
        "agency": matter.agency,
        "asked_at": matter.opened_at,
        "expected_on": shown.expected_on,
        "is_late": shown.is_late,
        "answers": [_answer_row(matter.reference, one) for one in shown.answers],
        "ways": [way.kind.value for way in shown.ways],
        "url": f"{settings.SITE_URL}/m/{matter.reference}",
    }


def _answer_row(reference: str, shown: page.AnswerShown) -> dict[str, object]:
    answer = shown.answer
    documents = [
        {
            "title": given.title,
            "url": f"{settings.SITE_URL}/information/{reference}/documents/{answer.number}/{given.document.order}/file",
            "sha256": given.document.file.sha256,
        }
        for given in shown.documents
        if given.can_be_fetched
    ]
    return {
        "number": answer.number,
        "agency": answer.agency,
        "result": answer.result,
        "text": shown.text,
        "grounds": [reason.ground for reason in shown.reasons],
        "answered_at": answer.decided_at,
        "documents": documents,
    }
