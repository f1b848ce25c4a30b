"""Agencies and areas for programs: who may answer, and the names and codes of places."""

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from sala.commons.agencies import queries, rules
from sala.core.errors import NotFound
from sala.core.gates import open_to_all
from sala.core.problems import LISTED, ONE, Code, Form

router = Router(tags=["agencies and areas"])
Level = Literal["", "province", "district", "subdistrict"]
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
    is_central: bool


class AreaRow(Schema):
    """A province, district or subdistrict; the place of its middle in degrees, if known."""

    code: str
    level: str
    name_th: str
    name_en: str
    latitude: float | None
    longitude: float | None


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
def list_agencies(request: HttpRequest, format: Form = "json") -> list[queries.AgencyView]:
    """In the order of their Thai names."""
    return list(queries.agencies_by_code().values())


@router.get("/agencies/{code}", response={200: AgencyRow, **ONE}, summary="One agency")
@open_to_all
def get_agency(request: HttpRequest, code: str) -> queries.AgencyView:
    """By its code."""
    return queries.get_agency(code)


@router.get(
    "/areas", response={200: list[AreaRow], **LISTED}, summary="Areas by name, within another, or all"
)
@open_to_all
def list_areas(
    request: HttpRequest, q: Words = "", within: Code = "", level: Level = "", format: Form = "json"
) -> list[queries.AreaView]:
    """Those whose name holds `q` (20 at most); else all of a `level`; else those directly `within` an area; else
    the provinces."""
    if q:
        return queries.search_areas(q)
    return queries.areas_of_level(level) if level else list(queries.areas_within(within or None))


@router.get("/areas/{code}", response={200: AreaRow, **ONE}, summary="One area")
@open_to_all
def get_area(request: HttpRequest, code: Code) -> queries.AreaView:
    """By its code: two digits for a province, four for a district, six for a subdistrict."""
    area = queries.find_area(code)
    if area is None:
        raise NotFound("not_found")
    return area


@router.get(
    "/mandates", response={200: list[MandateRow], **LISTED}, summary="Who answers for what, by which law"
)
@open_to_all
def list_mandates(request: HttpRequest, format: Form = "json") -> list[rules.MandateRow]:
    """By agency and topic; also those that are over and those to come."""
    return queries.list_mandates()


@router.get("/holidays", response={200: list[HolidayRow], **LISTED}, summary="Days that are no working days")
@open_to_all
def list_holidays(request: HttpRequest, format: Form = "json") -> list[dict[str, object]]:
    """In the order of the calendar; week-ends are not told."""
    return queries.list_holidays()
