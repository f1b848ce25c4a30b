"""Agencies for programs: who may answer for what, where, by which law; days that are no working days."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from sala.commons.agencies import queries, rules
from sala.core.gates import open_to_all
from sala.core.problems import LISTED, ONE, Code, Form
from sala.platform.paging import PAGE, After, Size, cut

router = Router(tags=["agencies"])
Words = Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")]


class AgencyRow(Schema):
    """A body of the state; `parent` and `area` are codes. The one that `is_central` takes what nobody else answers."""

    code: str
    kind: str
    name_th: str
    name_en: str
    short_th: str
    parent: str | None
    area: str | None
    phone: str
    website: str
    email: str
    line_id: str
    address_th: str
    address_en: str
    latitude: float | None
    longitude: float | None
    hours: str
    channels: str
    is_step_free: bool | None
    is_central: bool


class MandateRow(Schema):
    """Why an agency answers for a topic: in an area (empty: everywhere), by a law, from when until when."""

    agency: str
    topic: str
    area: str
    law_th: str
    law_en: str
    valid_from: date
    valid_until: date | None


class HolidayRow(Schema):
    """A day that is no working day: for the whole country, or for one agency."""

    on: date
    name_th: str
    name_en: str
    agency: str


@router.get("/agencies", response={200: list[AgencyRow], **LISTED}, summary="Every active agency")
@open_to_all
def list_agencies(
    request: HttpRequest,
    response: HttpResponse,
    q: Words = "",
    after: After = "",
    size: Size = PAGE,
    format: Form = "json",
) -> list[queries.AgencyView]:
    """Those that the words `q` may mean, the best first (20 at most); else all by code: a page behind the code
    `after`, and the next one in the header Link."""
    known = queries.agencies_by_code()
    if q:
        return [known[code] for code, _ in queries.suggest_agencies(q, language="th", limit=20)]
    rows = sorted(known.values(), key=lambda agency: agency.code)
    return cut(
        rows,
        lambda agency: agency.code,
        request=request,
        response=response,
        after=after,
        size=size,
        form=format,
    )


@router.get("/agencies/{code}", response={200: AgencyRow, **ONE}, summary="One agency")
@open_to_all
def get_agency(request: HttpRequest, code: str) -> queries.AgencyView:
    """By its code."""
    return queries.get_agency(code)


@router.get(
    "/mandates", response={200: list[MandateRow], **LISTED}, summary="Who answers for what, by which law"
)
@open_to_all
def list_mandates(
    request: HttpRequest,
    response: HttpResponse,
    agency: Code = "",
    topic: Code = "",
    after: After = "",
    size: Size = PAGE,
    format: Form = "json",
) -> list[rules.MandateRow]:
    """By agency and topic; also those that are over and those to come. A page behind the cursor `after`, and the next
    one in the header Link."""
    rows = queries.list_mandates(agency=agency, topic=topic)
    return cut(rows, _cursor, request=request, response=response, after=after, size=size, form=format)


def _cursor(mandate: rules.MandateRow) -> str:
    """What tells mandates apart, in the order of the list."""
    # The mark is smaller than all signs of codes, so that cursors sort as the codes do.
    return "!".join([mandate.agency, mandate.topic, mandate.area or "", mandate.valid_from.isoformat()])


@router.get("/holidays", response={200: list[HolidayRow], **LISTED}, summary="Days that are no working days")
@open_to_all
def list_holidays(request: HttpRequest, format: Form = "json") -> list[dict[str, object]]:
    """In the order of the calendar; week-ends are not told."""
    return queries.list_holidays()
