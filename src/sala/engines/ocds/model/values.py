"""Small shapes used everywhere: amounts, periods, names from a scheme, places."""

from typing import Annotated, Any, TypedDict

from sala.engines.ocds.model.marks import DATE_TIME, NOT_EMPTY, WEB_ADDRESS, Code, Deprecated, From, Pattern


class Value(TypedDict, total=False):
    """An amount of money in a currency."""

    amount: float | None
    amountNet: float | None
    amountGross: float | None
    currency: Annotated[str | None, Code("currency", is_closed=True)]


class Period(TypedDict, total=False):
    """A span of time, by its ends or its length in days."""

    startDate: Annotated[str | None, DATE_TIME]
    endDate: Annotated[str | None, DATE_TIME]
    maxExtentDate: Annotated[str | None, DATE_TIME]
    durationInDays: int | None


class Classification(TypedDict, total=False):
    """A code from a classification scheme."""

    scheme: Annotated[str | None, Code("classificationScheme")]
    id: str | int | None
    description: str | None
    uri: Annotated[str | None, WEB_ADDRESS]


class Identifier(TypedDict, total=False):
    """An organization in a register."""

    scheme: str | None
    id: str | int | None
    legalName: str | None
    uri: Annotated[str | None, WEB_ADDRESS]


class SimpleIdentifier(TypedDict, total=False):
    """An id within a scheme."""

    scheme: str | None
    id: str | None


class Address(TypedDict, total=False):
    """A postal address."""

    streetAddress: str | None
    locality: str | None
    region: str | None
    postalCode: str | None
    country: Annotated[str | None, Code("country", is_closed=True)]
    countryName: Annotated[str | None, Deprecated("1.2")]
    description: str | None


class Geometry(TypedDict, total=False):
    """A shape on the map (GeoJSON)."""

    type: Annotated[str | None, Code("geometryType", is_closed=True)]
    coordinates: list[Any] | None


class Gazetteer(TypedDict, total=False):
    """Place codes from a gazetteer."""

    scheme: Annotated[str | None, Code("locationGazetteer")]
    identifiers: list[str] | None


class Location(TypedDict, total=False):
    """A place, by shape or by gazetteer."""

    description: str | None
    geometry: Geometry
    gazetteer: Gazetteer
    uri: Annotated[str | None, WEB_ADDRESS]


class ContactPoint(TypedDict, total=False):
    """Whom to ask."""

    name: str | None
    email: str | None
    telephone: str | None
    faxNumber: str | None
    url: Annotated[str | None, WEB_ADDRESS]


class SimpleUnit(TypedDict, total=False):
    """A unit of measurement, by its code."""

    scheme: Annotated[str | None, Code("unitClassificationScheme"), NOT_EMPTY]
    id: Annotated[str | None, NOT_EMPTY]


class Quantity(TypedDict, total=False):
    """A number of units, or an interval."""

    unit: SimpleUnit
    value: Annotated[str | float | None, Pattern(r"^[([\]][0-9]+,([0-9]+|INF)[)[\]]$")]


class ImmediateContainer(TypedDict, total=False):
    """What an item is packed in."""

    name: Annotated[str | None, NOT_EMPTY]
    capacity: Quantity


class Unit(TypedDict, total=False):
    """A unit of measurement and the price of one."""

    scheme: Annotated[str | None, Code("unitClassificationScheme")]
    id: str | None
    name: str | None
    value: Value
    uri: Annotated[str | None, WEB_ADDRESS]


class Link(TypedDict, total=False):
    """A link to another document."""

    rel: Annotated[str, Code("linkRelationType")]
    href: Annotated[str, WEB_ADDRESS]


class RelatedProcess(TypedDict, total=False):
    """Another contracting process that this one follows on from."""

    id: str
    relationship: Annotated[list[str] | None, Code("relatedProcess")]
    title: str | None
    scheme: Annotated[str | None, Code("relatedProcessScheme")]
    identifier: str | None
    uri: Annotated[str | None, WEB_ADDRESS]
    relatedLots: Annotated[list[str] | None, From("lots")]
