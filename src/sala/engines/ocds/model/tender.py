"""The tender stage: what is asked for, by which method, in which lots, under which terms."""

from typing import Annotated, Required, TypedDict

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
from sala.engines.ocds.model.parts import Amendment, Document, Item, Metric, Milestone
from sala.engines.ocds.model.values import Address, Classification, Location, Period, SimpleIdentifier, Value


class SubmissionTerms(TypedDict, total=False):
    """How bids are to be handed in."""

    electronicSubmissionPolicy: Annotated[str | None, Code("permission", is_closed=True)]


class CriterionNumber(TypedDict, total=False):
    """A weight or threshold of a criterion."""

    number: float | None
    weight: str | None
    threshold: str | None


class SelectionCriterion(TypedDict, total=False):
    """What a tenderer must be able to do."""

    type: Required[Annotated[str | None, Code("selectionCriterionType")]]
    description: str | None
    minimum: str | None
    appliesTo: Annotated[list[str] | None, Code("partyRole")]
    forReduction: bool | None
    verificationMethod: str | None
    numbers: list[CriterionNumber]


class SelectionCriteria(TypedDict, total=False):
    """What tenderers are selected by."""

    description: Annotated[str | None, NOT_EMPTY]
    criteria: Annotated[list[SelectionCriterion], From("selectionCriteria")]


class ExclusionGround(TypedDict, total=False):
    """Why a tenderer may be excluded."""

    type: Required[Annotated[str | None, Code("exclusionGroundType")]]
    description: str | None


class ExclusionGrounds(TypedDict, total=False):
    """Why tenderers may be excluded."""

    description: Annotated[str | None, NOT_EMPTY]
    criteria: Annotated[list[ExclusionGround], From("exclusionGrounds")]


class OtherRequirements(TypedDict, total=False):
    """Other conditions of taking part."""

    reservedParticipation: Annotated[list[str] | None, Code("reservedParticipation")]
    qualificationSystemConditions: list[str] | None
    qualificationSystemMethods: list[str] | None
    securityClearance: str | None
    requiresStaffNamesAndQualifications: bool | None


class Requirement(TypedDict, total=False):
    """A requirement that can be answered."""

    id: Required[str]
    title: str | None
    description: str | None
    dataType: Annotated[str | None, Code("dataType", is_closed=True)]
    pattern: str | None
    expectedValue: str | float | int | bool | None
    minValue: float | int | None
    maxValue: float | int | None
    period: Period


class RequirementGroup(TypedDict, total=False):
    """Requirements that go together."""

    id: Required[str]
    description: str | None
    requirements: list[Requirement]


class Criterion(TypedDict, total=False):
    """A rule by which tenderers or bids are judged."""

    id: Required[str]
    title: str | None
    description: str | None
    source: Annotated[str | None, Code("responseSource")]
    relatesTo: Annotated[str | None, Code("relatesTo")]
    relatedItem: str | None
    relatedLot: str | None
    requirementGroups: list[RequirementGroup]


class FrameworkAgreement(TypedDict, total=False):
    """A framework under which contracts are called off."""

    maximumParticipants: int | None
    method: Annotated[str | None, Code("frameworkAgreementMethod", is_closed=True)]
    buyerCategories: str | None
    periodRationale: str | None
    value: Value


class DynamicPurchasingSystem(TypedDict, total=False):
    """A list of suppliers that stays open."""

    type: Annotated[str | None, Code("dynamicPurchasingSystemType", is_closed=True)]


class ElectronicAuction(TypedDict, total=False):
    """An auction at the end of the tender."""

    description: str | None
    url: Annotated[str | None, WEB_ADDRESS]


class Techniques(TypedDict, total=False):
    """Frameworks, dynamic systems, auctions."""

    hasFrameworkAgreement: bool | None
    frameworkAgreement: FrameworkAgreement
    hasDynamicPurchasingSystem: bool | None
    dynamicPurchasingSystem: DynamicPurchasingSystem
    hasElectronicAuction: bool | None
    electronicAuction: ElectronicAuction


class BidOpening(TypedDict, total=False):
    """When and where bids are opened."""

    date: Annotated[str | None, DATE_TIME]
    address: Address
    description: str | None
    location: Location


class Enquiry(TypedDict, total=False):
    """A question about the tender, and its answer."""

    id: Required[str]
    date: Annotated[str | None, DATE_TIME]
    author: OrganizationReference
    title: str | None
    description: str | None
    answer: str | None
    dateAnswered: Annotated[str | None, DATE_TIME]
    relatedItem: str | None
    relatedLot: str | None
    threadID: str | None


class ParticipationFee(TypedDict, total=False):
    """What taking part costs."""

    id: str
    type: Annotated[list[str] | None, Code("participationFeeType")]
    value: Value
    description: str | None
    methodOfPayment: list[str] | None


class LotDetails(TypedDict, total=False):
    """Rules on how many lots one supplier may bid for or win."""

    maximumLotsBidPerSupplier: int | None
    maximumLotsAwardedPerSupplier: int | None
    awardCriteriaDetails: str | None


class LotGroup(TypedDict, total=False):
    """Lots that can be awarded together."""

    id: Required[str]
    identifiers: Annotated[list[SimpleIdentifier], WHOLE_LIST]
    title: str | None
    description: str | None
    relatedLots: list[str] | None
    optionToCombine: bool | None
    maximumValue: Value


class Lot(TypedDict, total=False):
    """A part of the tender that can be bid for alone."""

    id: Required[str]
    identifiers: Annotated[list[SimpleIdentifier], WHOLE_LIST]
    title: str | None
    description: str | None
    status: Annotated[str | None, Code("tenderStatus", is_closed=True)]
    value: Value
    minValue: Value
    tenderPeriod: Period
    contractPeriod: Period
    buyer: OrganizationReference
    additionalClassifications: Annotated[list[Classification], WHOLE_LIST]
    mainProcurementCategory: Annotated[str | None, Code("procurementCategory", is_closed=True)]
    additionalProcurementCategories: Annotated[list[str] | None, Code("extendedProcurementCategory")]
    enquiryPeriod: Period
    milestones: list[Milestone]
    submissionMethodDetails: str | None
    submissionTerms: SubmissionTerms
    bidOpening: Annotated[BidOpening, From("bidOpening")]
    techniques: Annotated[Techniques, From("techniques")]
    hasFrameworkAgreement: Annotated[bool | None, From("techniques")]


class Statistic(TypedDict, total=False):
    """A count or amount over bids."""

    id: Required[str]
    measure: Required[Annotated[str, Code("statistic")]]
    date: Annotated[str | None, DATE_TIME]
    value: Required[float]
    valueGross: float | None
    currency: Annotated[str | None, Code("currency", is_closed=True)]
    notes: str | None
    relatedLot: str | None


class Tender(TypedDict, total=False):
    """The tender stage."""

    id: Required[Annotated[str | int, NOT_EMPTY]]
    identifiers: Annotated[list[SimpleIdentifier], UNIQUE, WHOLE_LIST]
    title: str | None
    description: str | None
    status: Annotated[str | None, Code("tenderStatus", is_closed=True), Deprecated("1.2")]
    finalStatus: Annotated[str | None, Code("tenderFinalStatus", is_closed=True)]
    finalStatusDetails: str | None
    finalStatusDate: Annotated[str | None, DATE_TIME]
    procuringEntity: OrganizationReference
    items: Annotated[list[Item], UNIQUE]
    value: Value
    minValue: Value
    maximumValue: Value
    deliveryLocations: Annotated[list[Location], UNIQUE, WHOLE_LIST]
    deliveryAddresses: Annotated[list[Address], UNIQUE, WHOLE_LIST]
    procurementMethod: Annotated[str | None, Code("method", is_closed=True)]
    procurementMethodDetails: str | None
    procurementMethodRationale: str | None
    mainProcurementCategory: Annotated[str | None, Code("procurementCategory", is_closed=True)]
    additionalProcurementCategories: Annotated[list[str] | None, Code("extendedProcurementCategory")]
    awardCriteria: Annotated[str | None, Code("awardCriteria")]
    awardCriteriaDetails: str | None
    submissionMethod: Annotated[list[str] | None, Code("submissionMethod"), Deprecated("1.2")]
    submissionMethodDetails: str | None
    submissionTerms: SubmissionTerms
    datePublished: Annotated[str | None, DATE_TIME]
    expressionOfInterestDeadline: Annotated[str | None, DATE_TIME]
    tenderPeriod: Period
    enquiryPeriod: Period
    hasEnquiries: bool | None
    eligibilityCriteria: Annotated[str | None, Deprecated("1.2")]
    exclusionGrounds: ExclusionGrounds
    selectionCriteria: SelectionCriteria
    awardPeriod: Period
    standstillPeriod: Period
    contractPeriod: Period
    numberOfTenderers: int | None
    tenderers: Annotated[list[OrganizationReference], UNIQUE]
    documents: list[Document]
    milestones: list[Milestone]
    amendments: list[Amendment]
    amendment: Annotated[Amendment, Deprecated("1.1")]
    enquiries: Annotated[list[Enquiry], From("enquiries")]
    lots: Annotated[list[Lot], From("lots")]
    lotDetails: Annotated[LotDetails, From("lots")]
    lotGroups: Annotated[list[LotGroup], From("lots")]
    participationFees: Annotated[list[ParticipationFee], From("participation_fee")]
    bidOpening: Annotated[BidOpening, From("bidOpening")]
    techniques: Annotated[Techniques, From("techniques")]
    statistics: Annotated[list[Statistic], From("statistics")]
    criteria: Annotated[list[Criterion], From("requirements")]
    otherRequirements: Annotated[OtherRequirements, From("selectionCriteria")]
    targets: Annotated[list[Metric], From("metrics")]
