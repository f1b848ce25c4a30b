"""Places for programs: areas by code, by name, by point."""

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from sala.commons.places import queries
from sala.core.errors import Invalid, NotFound
from sala.core.gates import open_to_all
from sala.core.problems import LISTED, ONE, Code, Form
from sala.platform.paging import PAGE, After, Size, cut

router = Router(tags=["areas"])
Level = Literal["", "province", "district", "subdistrict"]
Words = Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]


class AreaRow(Schema):
    """A province, district or subdistrict; the place of its middle in degrees, if known."""

    code: str
    level: str
    name_th: str
    name_en: str
    latitude: float | None
    longitude: float | None


class PlaceRow(Schema):
    """Where a point lies: the smallest area we can name ("" if none), how sure that is, how far its middle is.

    `sureness` is "shape" (the province's shape holds it), "likely" or "perhaps" (the nearest known middle).
    """

    code: str
    name_th: str
    name_en: str
    sureness: str
    kilometres: float | None


@router.get(
    "/areas", response={200: list[AreaRow], **LISTED}, summary="Areas by name, within another, or all"
)
@open_to_all
def list_areas(
    request: HttpRequest,
    response: HttpResponse,
    q: Words = "",
    within: Code = "",
    level: Level = "",
    after: After = "",
    size: Size = PAGE,
    format: Form = "json",
) -> list[queries.AreaView]:
    """Those that the words `q` may mean, the best first (20 at most); else by code all of a `level`, or those directly
    `within` an area, or the provinces: a page behind the code `after`, and the next one in the header Link."""
    if q:
        return queries.search_areas(q)
    found = queries.areas_of_level(level) if level else queries.areas_within(within or None)
    rows = sorted(found, key=lambda area: area.code)
    return cut(
        rows, lambda area: area.code, request=request, response=response, after=after, size=size, form=format
    )


@router.get("/areas/{code}", response={200: AreaRow, **ONE}, summary="One area")
@open_to_all
def get_area(request: HttpRequest, code: Code) -> queries.AreaView:
    """By its code: two digits for a province, four for a district, six for a subdistrict."""
    area = queries.find_area(code)
    if area is None:
        raise NotFound("not_found")
    return area


@router.get("/places/at", response={200: PlaceRow, **ONE}, summary="The area of a point")
@open_to_all
def get_place(request: HttpRequest, latitude: Latitude, longitude: Longitude) -> dict[str, object]:
    """Degrees of WGS 84. A point that is none here is refused: 0,0, exchanged numbers, another country."""
    place = queries.place_of_point(latitude, longitude)
    if place.problem:
        raise Invalid("invalid", {"latitude": place.problem})
    path = queries.area_path(place.code)
    return {
        "code": place.code,
        "name_th": path.label("th") if path else "",
        "name_en": path.label("en") if path else "",
        "sureness": place.sureness.value,
        "kilometres": place.kilometres,
    }
