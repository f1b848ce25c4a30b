"""OCDS 1.0 (1.0.3) as types: what may be published by it. Facts, read from the published schemas.

1.0 has no `parties` and no extensions; organizations are written out where they stand, without an id. Its closed
lists are shorter than those of 1.1; open ones are not named by its schemas and not checked.
"""

from typing import Annotated, Any, Final, Required, TypedDict

from sala.engines.ocds.codelists import CODELISTS
from sala.engines.ocds.model.marks import DATE_TIME, NOT_EMPTY, NOT_NEGATIVE, UNIQUE, WEB_ADDRESS, Code
from sala.engines.ocds.model.release import Publisher
from sala.engines.ocds.model.values import ContactPoint, Identifier

CODES: Final = {
    "releaseTag": CODELISTS["releaseTag"] - {"planningUpdate"},
    "initiationType": frozenset({"tender"}),
    "tenderStatus": frozenset({"planned", "active", "cancelled", "unsuccessful", "complete"}),
    "method": frozenset({"open", "selective", "limited"}),
    "awardStatus": frozenset({"pending", "active", "cancelled", "unsuccessful"}),
    "contractStatus": frozenset({"pending", "active", "cancelled", "terminated"}),
    "milestoneStatus": frozenset({"met", "notMet", "partiallyMet"}),
}


class Value(TypedDict, total=False):
    """An amount of money in a currency."""

    amount: float | None
    currency: str | None


class Period(TypedDict, total=False):
    """A span of time, by its ends."""

    startDate: Annotated[str | None, DATE_TIME]
    endDate: Annotated[str | None, DATE_TIME]


class Classification(TypedDict, total=False):
    """A code from a classification scheme."""

    scheme: str | None
    id: str | int | None
    description: str | None
    uri: Annotated[str | None, WEB_ADDRESS]


class Address(TypedDict, total=False):
    """A postal address."""

    streetAddress: str | None
    locality: str | None
    region: str | None
    postalCode: str | None
    countryName: str | None


class Organization(TypedDict, total=False):
    """An organization, written out in place."""

    identifier: Identifier
    additionalIdentifiers: Annotated[list[Identifier], UNIQUE]
    name: str | None
    address: Address
    contactPoint: ContactPoint


class Document(TypedDict, total=False):
    """A published document."""

    id: Required[str | int]
    documentType: str | None
    title: str | None
    description: str | None
    url: Annotated[str | None, WEB_ADDRESS]
    datePublished: Annotated[str | None, DATE_TIME]
    dateModified: Annotated[str | None, DATE_TIME]
    format: str | None
    language: str | None


class Milestone(TypedDict, total=False):
    """Something due or done at a date."""

    id: Required[str | int]
    title: str | None
    description: str | None
    dueDate: Annotated[str | None, DATE_TIME]
    dateModified: Annotated[str | None, DATE_TIME]
    status: Annotated[str | None, Code("milestoneStatus", is_closed=True)]
    documents: Annotated[list[Document], UNIQUE]


class Change(TypedDict, total=False):
    """A field that an amendment changed, and what it said before."""

    property: str
    former_value: str | float | int | list[Any] | dict[str, Any] | None


class Amendment(TypedDict, total=False):
    """A formal change, its date and its reason."""

    date: Annotated[str | None, DATE_TIME]
    changes: list[Change]
    rationale: str | None


class Unit(TypedDict, total=False):
    """A unit of measurement and the price of one."""

    name: str | None
    value: Value


class Item(TypedDict, total=False):
    """A good, service or work, its quantity and unit."""

    id: Required[str | int]
    description: str | None
    classification: Classification
    additionalClassifications: Annotated[list[Classification], UNIQUE]
    quantity: Annotated[float | None, NOT_NEGATIVE]
    unit: Unit


class Budget(TypedDict, total=False):
    """The budget line that pays for the process."""

    source: Annotated[str | None, WEB_ADDRESS]
    id: str | int | None
    description: str | None
    amount: Value
    project: str | None
    projectID: str | int | None
    uri: Annotated[str | None, WEB_ADDRESS]


class Planning(TypedDict, total=False):
    """What was planned, and why."""

    budget: Budget
    rationale: str | None
    documents: list[Document]


class Tender(TypedDict, total=False):
    """The invitation to submit bids."""

    id: Required[str | int]
    title: str | None
    description: str | None
    status: Annotated[str | None, Code("tenderStatus", is_closed=True)]
    items: Annotated[list[Item], UNIQUE]
    minValue: Value
    value: Value
    procurementMethod: Annotated[str | None, Code("method", is_closed=True)]
    procurementMethodDetails: str | None
    procurementMethodRationale: str | None
    awardCriteria: str | None
    awardCriteriaDetails: str | None
    submissionMethod: list[str] | None
    submissionMethodDetails: str | None
    tenderPeriod: Period
    enquiryPeriod: Period
    hasEnquiries: bool | None
    eligibilityCriteria: str | None
    awardPeriod: Period
    numberOfTenderers: int | None
    tenderers: Annotated[list[Organization], UNIQUE]
    procuringEntity: Organization
    documents: list[Document]
    milestones: list[Milestone]
    amendment: Amendment


class Award(TypedDict, total=False):
    """Who won what."""

    id: Required[str | int]
    title: str | None
    description: str | None
    status: Annotated[str | None, Code("awardStatus", is_closed=True)]
    date: Annotated[str | None, DATE_TIME]
    value: Value
    suppliers: Annotated[list[Organization], UNIQUE]
    items: Annotated[list[Item], NOT_EMPTY, UNIQUE]
    contractPeriod: Period
    documents: Annotated[list[Document], UNIQUE]
    amendment: Amendment


class Transaction(TypedDict, total=False):
    """Money paid."""

    id: Required[str | int]
    source: Annotated[str | None, WEB_ADDRESS]
    date: Annotated[str | None, DATE_TIME]
    amount: Value
    providerOrganization: Identifier
    receiverOrganization: Identifier
    uri: Annotated[str | None, WEB_ADDRESS]


class Implementation(TypedDict, total=False):
    """How a contract was carried out."""

    transactions: Annotated[list[Transaction], UNIQUE]
    milestones: Annotated[list[Milestone], UNIQUE]
    documents: Annotated[list[Document], UNIQUE]


class Contract(TypedDict, total=False):
    """A signed contract."""

    id: Required[str | int]
    awardID: Required[str | int]
    title: str | None
    description: str | None
    status: Annotated[str | None, Code("contractStatus", is_closed=True)]
    period: Period
    value: Value
    items: Annotated[list[Item], NOT_EMPTY, UNIQUE]
    dateSigned: Annotated[str | None, DATE_TIME]
    documents: Annotated[list[Document], UNIQUE]
    amendment: Amendment
    implementation: Implementation


class Release(TypedDict, total=False):
    """What was known or decided about a contracting process at one time."""

    ocid: Required[str]
    id: Required[str]
    date: Required[Annotated[str, DATE_TIME]]
    tag: Required[Annotated[list[str], Code("releaseTag", is_closed=True)]]
    initiationType: Required[Annotated[str, Code("initiationType", is_closed=True)]]
    planning: Planning
    tender: Tender
    buyer: Organization
    awards: Annotated[list[Award], UNIQUE]
    contracts: Annotated[list[Contract], UNIQUE]
    language: str | None


class LinkedRelease(TypedDict, total=False):
    """A link to a release published elsewhere."""

    url: Required[Annotated[str | None, WEB_ADDRESS]]
    date: Required[Annotated[str, DATE_TIME]]
    tag: Annotated[list[str], Code("releaseTag", is_closed=True)]


class Record(TypedDict, total=False):
    """All releases of one contracting process, and their merger."""

    ocid: Required[str]
    releases: Required[list[dict[str, Any]]]
    compiledRelease: Release
    versionedRelease: dict[str, Any]


class ReleasePackage(TypedDict, total=False):
    """Releases as they are published together."""

    uri: Required[Annotated[str, WEB_ADDRESS]]
    publisher: Required[Publisher]
    publishedDate: Required[Annotated[str, DATE_TIME]]
    releases: Required[Annotated[list[Release], NOT_EMPTY, UNIQUE]]
    license: Annotated[str | None, WEB_ADDRESS]
    publicationPolicy: Annotated[str | None, WEB_ADDRESS]
    # the schemas of 1.0 do not name it; a package that says 1.0 is here because of it
    version: str


class RecordPackage(TypedDict, total=False):
    """Records as they are published together."""

    uri: Required[Annotated[str, WEB_ADDRESS]]
    publisher: Required[Publisher]
    publishedDate: Required[Annotated[str, DATE_TIME]]
    packages: Required[Annotated[list[str], NOT_EMPTY, UNIQUE]]
    records: Required[Annotated[list[Record], NOT_EMPTY, UNIQUE]]
    license: Annotated[str | None, WEB_ADDRESS]
    publicationPolicy: Annotated[str | None, WEB_ADDRESS]
    version: str
