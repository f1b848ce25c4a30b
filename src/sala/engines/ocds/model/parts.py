"""Parts that several stages share: documents, milestones, amendments, items, metrics."""

from typing import Annotated, Any, Required, TypedDict

from sala.engines.ocds.model.marks import (
    DATE_TIME,
    NOT_EMPTY,
    UNIQUE,
    WEB_ADDRESS,
    WHOLE_LIST,
    Code,
    Deprecated,
    From,
)
from sala.engines.ocds.model.parties import OrganizationReference
from sala.engines.ocds.model.values import (
    Address,
    Classification,
    ImmediateContainer,
    Location,
    Period,
    Unit,
    Value,
)


class Document(TypedDict, total=False):
    """A published document."""

    id: Required[Annotated[str | int, NOT_EMPTY]]
    documentType: Annotated[str | None, Code("documentType")]
    title: str | None
    description: str | None
    url: Annotated[str | None, WEB_ADDRESS]
    datePublished: Annotated[str | None, DATE_TIME]
    dateModified: Annotated[str | None, DATE_TIME]
    format: Annotated[str | None, Code("mediaType")]
    languages: Annotated[list[str] | None, Code("language")]
    language: Annotated[str | None, Code("language"), Deprecated("1.2")]
    relatedItems: list[str] | None
    relatedLots: Annotated[list[str] | None, From("lots")]


class Milestone(TypedDict, total=False):
    """Something due or done at a date."""

    id: Required[Annotated[str | int, NOT_EMPTY]]
    title: str | None
    type: Annotated[str | None, Code("milestoneType")]
    description: str | None
    code: str | None
    dueAfterDate: Annotated[str | None, DATE_TIME]
    dueDate: Annotated[str | None, DATE_TIME]
    dateMet: Annotated[str | None, DATE_TIME]
    dateModified: Annotated[str | None, DATE_TIME]
    status: Annotated[str | None, Code("milestoneStatus", is_closed=True)]
    documents: Annotated[list[Document], UNIQUE, Deprecated("1.1")]
    value: Value
    relatedLots: Annotated[list[str] | None, From("lots")]


class MilestoneReference(TypedDict, total=False):
    """A reference to a milestone."""

    id: str | int
    title: str | None


class ChangePlace(TypedDict, total=False):
    """Where in a notice a change was made."""

    section: str | None
    label: str | None


class UnstructuredChange(TypedDict, total=False):
    """A change told in words: old text, new text."""

    oldText: str | None
    newText: str | None
    where: ChangePlace


class Change(TypedDict, total=False):
    """A field that an amendment changed, and what it said before."""

    property: str
    former_value: str | float | int | list[Any] | dict[str, Any] | None


class Amendment(TypedDict, total=False):
    """A formal change, its date and its reason."""

    date: Annotated[str | None, DATE_TIME]
    rationale: str | None
    id: str | None
    description: str | None
    amendsReleaseID: str | None
    releaseID: str | None
    changes: Annotated[list[Change], Deprecated("1.1")]
    relatedLots: Annotated[list[str] | None, From("lots")]
    unstructuredChanges: Annotated[list[UnstructuredChange], WHOLE_LIST, From("unstructuredChanges")]


class Item(TypedDict, total=False):
    """A good, service or work, its quantity and unit."""

    id: Required[Annotated[str | int, NOT_EMPTY]]
    description: str | None
    classification: Classification
    additionalClassifications: Annotated[list[Classification], UNIQUE, WHOLE_LIST]
    quantity: float | None
    unit: Unit
    immediateContainer: ImmediateContainer
    deliveryLocations: Annotated[list[Location], NOT_EMPTY, UNIQUE, WHOLE_LIST]
    deliveryAddresses: Annotated[list[Address], NOT_EMPTY, UNIQUE, WHOLE_LIST]
    relatedLot: Annotated[str | None, From("lots")]
    deliveryLocation: Annotated[Location, From("location")]
    deliveryAddress: Annotated[Address, From("location")]


class Observation(TypedDict, total=False):
    """A measurement of a metric."""

    id: Required[str]
    period: Period
    value: Value
    measure: str | float | None
    unit: Unit
    dimensions: dict[str, Any] | None
    notes: str | None
    relatedImplementationMilestone: MilestoneReference


class Metric(TypedDict, total=False):
    """Something forecast, agreed or measured."""

    id: Required[str]
    title: str | None
    description: str | None
    observations: list[Observation]
    relatedLot: str | None


class RequirementReference(TypedDict, total=False):
    """A reference to a requirement."""

    id: str | None
    title: str | None


class RequirementResponse(TypedDict, total=False):
    """An answer to a requirement."""

    id: Required[str]
    title: str | None
    description: str | None
    value: str | float | int | bool | None
    period: Period
    requirement: RequirementReference
    relatedTenderer: OrganizationReference
    responder: OrganizationReference
