"""Small shapes used everywhere: amounts, periods, names from a scheme, places."""

from typing import Annotated, Any, TypedDict

from sala.engines.ocds.model.marks import DATE_TIME, NOT_EMPTY, WEB_ADDRESS, Code, Deprecated, From, Pattern


class Value(TypedDict, total=False):
    """Value."""

    amount: float | None
    amountNet: float | None
    amountGross: float | None
    currency: Annotated[str | None, Code("currency", is_closed=True)]


class Period(TypedDict, total=False):
    """Period."""

    startDate: Annotated[str | None, DATE_TIME]
    endDate: Annotated[str | None, DATE_TIME]
    maxExtentDate: Annotated[str | None, DATE_TIME]
    durationInDays: int | None


class Classification(TypedDict, total=False):
    """Classification."""

    scheme: Annotated[str | None, Code("classificationScheme")]
    id: str | int | None
    description: str | None
    uri: Annotated[str | None, WEB_ADDRESS]


class Identifier(TypedDict, total=False):
    """Identifier."""

    scheme: str | None
    id: str | int | None
    legalName: str | None
    uri: Annotated[str | None, WEB_ADDRESS]


class SimpleIdentifier(TypedDict, total=False):
    """SimpleIdentifier."""

    scheme: str | None
    id: str | None


class Address(TypedDict, total=False):
    """Address."""

    streetAddress: str | None
    locality: str | None
    region: str | None
    postalCode: str | None
    country: Annotated[str | None, Code("country", is_closed=True)]
    countryName: Annotated[str | None, Deprecated("1.2")]
    description: str | None


class Geometry(TypedDict, total=False):
    """Geometry."""

    type: Annotated[str | None, Code("geometryType", is_closed=True)]
    coordinates: list[Any] | None


class Gazetteer(TypedDict, total=False):
    """Gazetteer."""

    scheme: Annotated[str | None, Code("locationGazetteer")]
    identifiers: list[str] | None


class Location(TypedDict, total=False):
    """Location."""

    description: str | None
    geometry: Geometry
    gazetteer: Gazetteer
    uri: Annotated[str | None, WEB_ADDRESS]


class ContactPoint(TypedDict, total=False):
    """ContactPoint."""

    name: str | None
    email: str | None
    telephone: str | None
    faxNumber: str | None
    url: Annotated[str | None, WEB_ADDRESS]


class SimpleUnit(TypedDict, total=False):
    """SimpleUnit."""

    scheme: Annotated[str | None, Code("unitClassificationScheme"), NOT_EMPTY]
    id: Annotated[str | None, NOT_EMPTY]


class Quantity(TypedDict, total=False):
    """Quantity."""

    unit: SimpleUnit
    value: Annotated[str | float | None, Pattern(r"^[([\]][0-9]+,([0-9]+|INF)[)[\]]$")]


class ImmediateContainer(TypedDict, total=False):
    """ImmediateContainer."""

    name: Annotated[str | None, NOT_EMPTY]
    capacity: Quantity


class Unit(TypedDict, total=False):
    """Unit."""

    scheme: Annotated[str | None, Code("unitClassificationScheme")]
    id: str | None
    name: str | None
    value: Value
    uri: Annotated[str | None, WEB_ADDRESS]


class Link(TypedDict, total=False):
    """Link."""

    rel: Annotated[str, Code("linkRelationType")]
    href: Annotated[str, WEB_ADDRESS]


class RelatedProcess(TypedDict, total=False):
    """RelatedProcess."""

    id: str
    relationship: Annotated[list[str] | None, Code("relatedProcess")]
    title: str | None
    scheme: Annotated[str | None, Code("relatedProcessScheme")]
    identifier: str | None
    uri: Annotated[str | None, WEB_ADDRESS]
    relatedLots: Annotated[list[str] | None, From("lots")]
