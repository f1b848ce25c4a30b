"""Bids received, and the awards made."""

from typing import Annotated, Required, TypedDict

from sala.engines.ocds.model.marks import DATE_TIME, NOT_EMPTY, UNIQUE, WHOLE_LIST, Code, Deprecated, From
from sala.engines.ocds.model.parties import OrganizationReference
from sala.engines.ocds.model.parts import Amendment, Document, Item, RequirementResponse
from sala.engines.ocds.model.tender import Statistic
from sala.engines.ocds.model.values import Period, SimpleIdentifier, Value


class Subcontract(TypedDict, total=False):
    """A part of the work given on."""

    id: Required[str]
    mainSupplier: OrganizationReference
    subcontractors: list[OrganizationReference]
    value: Value


class Subcontracting(TypedDict, total=False):
    """How much of the work is given on, and how."""

    competitive: bool | None
    value: Value
    description: str | None
    minimumPercentage: float | None
    maximumPercentage: float | None
    competitiveMinimumPercentage: float | None
    competitiveMaximumPercentage: float | None
    subcontracts: list[Subcontract]


class Award(TypedDict, total=False):
    """A decision for one or more suppliers."""

    id: Required[Annotated[str | int, NOT_EMPTY]]
    title: str | None
    description: str | None
    status: Annotated[str | None, Code("awardStatus", is_closed=True), Deprecated("1.2")]
    finalStatus: Annotated[str | None, Code("awardFinalStatus", is_closed=True)]
    finalStatusDetails: str | None
    finalStatusDate: Annotated[str | None, DATE_TIME]
    date: Annotated[str | None, DATE_TIME]
    datePublished: Annotated[str | None, DATE_TIME]
    value: Value
    maximumValue: Value
    estimatedValue: Value
    suppliers: Annotated[list[OrganizationReference], UNIQUE]
    items: Annotated[list[Item], NOT_EMPTY, UNIQUE]
    contractPeriod: Period
    documents: Annotated[list[Document], UNIQUE]
    amendments: list[Amendment]
    amendment: Annotated[Amendment, Deprecated("1.1")]
    relatedBid: Annotated[str | None, Deprecated("1.2"), From("bids")]
    relatedBids: Annotated[list[str] | None, From("bids")]
    relatedLots: Annotated[list[str] | None, From("lots")]
    hasSubcontracting: Annotated[bool | None, From("subcontracting")]
    subcontracting: Annotated[Subcontracting, From("subcontracting")]
    requirementResponses: Annotated[list[RequirementResponse], From("requirements")]


class Bid(TypedDict, total=False):
    """What a tenderer offered."""

    id: Required[str]
    identifiers: Annotated[list[SimpleIdentifier], WHOLE_LIST]
    submissionType: Annotated[str | None, Code("submissionType", is_closed=True)]
    date: Annotated[str | None, DATE_TIME]
    description: str | None
    status: Annotated[str | None, Code("bidStatus", is_closed=True)]
    items: list[Item]
    tenderers: list[OrganizationReference]
    value: Value
    validityPeriod: Period
    documents: list[Document]
    relatedLots: list[str] | None
    countriesOfOrigin: Annotated[list[str] | None, Code("country", is_closed=True)]
    hasSubcontracting: Annotated[bool | None, From("subcontracting")]
    subcontracting: Annotated[Subcontracting, From("subcontracting")]
    requirementResponses: Annotated[list[RequirementResponse], From("requirements")]


class Bids(TypedDict, total=False):
    """The bids received, and figures about them."""

    statistics: list[Statistic]
    details: list[Bid]
