"""Agencies and areas for programs: who may answer, and the names and codes of places."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from sala.commons.agencies import queries
from sala.core.errors import NotFound
from sala.core.gates import open_to_all
from sala.core.problems import Problem

router = Router(tags=["agencies and areas"])
Code = Annotated[str, Field(max_length=40, pattern=r"^[\w-]*$")]
Words = Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")]


class AgencyRow(Schema):
    """A body of the state; `parent` and `area` are codes."""

    code: str
    kind: str
    name_th: str
    name_en: str
    parent: str | None
    area: str | None
    phone: str


class AreaRow(Schema):
    """A province, district or subdistrict; the place of its middle in degrees, if known."""

    code: str
    level: str
    name_th: str
    name_en: str
    latitude: float | None
    longitude: float | None


@router.get("/agencies", response=list[AgencyRow], summary="Every active agency")
@open_to_all
def list_agencies(request: HttpRequest) -> list[queries.AgencyView]:
    """In the order of their Thai names."""
    return list(queries.agencies_by_code().values())


@router.get("/agencies/{code}", response={200: AgencyRow, 404: Problem, 422: Problem}, summary="One agency")
@open_to_all
def get_agency(request: HttpRequest, code: str) -> queries.AgencyView:
    """By its code."""
    return queries.get_agency(code)


@router.get("/areas", response={200: list[AreaRow], 422: Problem}, summary="Areas by name or within another")
@open_to_all
def list_areas(request: HttpRequest, q: Words = "", within: Code = "") -> list[queries.AreaView]:
    """Those whose name holds `q` (20 at most); else those directly `within` an area; else the provinces."""
    return queries.search_areas(q) if q else list(queries.areas_within(within or None))


@router.get("/areas/{code}", response={200: AreaRow, 404: Problem, 422: Problem}, summary="One area")
@open_to_all
def get_area(request: HttpRequest, code: Code) -> queries.AreaView:
    """By its code: two digits for a province, four for a district, six for a subdistrict."""
    area = queries.find_area(code)
    if area is None:
        raise NotFound("not_found")
    return area
