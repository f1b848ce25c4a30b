"""A release, a record, and the packages they are published in."""

from typing import Annotated, Any, Required, TypedDict

from sala.engines.ocds.model.award import Award, Bids
from sala.engines.ocds.model.contract import Contract
from sala.engines.ocds.model.marks import (
    DATE_TIME,
    NOT_EMPTY,
    OMIT,
    UNIQUE,
    WEB_ADDRESS,
    WHOLE_LIST,
    Code,
    Deprecated,
    From,
    Pattern,
)
from sala.engines.ocds.model.parties import Organization, OrganizationReference
from sala.engines.ocds.model.planning import Planning
from sala.engines.ocds.model.tender import Tender
from sala.engines.ocds.model.values import Classification, Identifier, Link, RelatedProcess


class WithheldInformationItem(TypedDict, total=False):
    """A field not published, why, and until when."""

    id: Required[str]
    field: str | None
    name: str | None
    rationale: str | None
    rationaleClassifications: Annotated[list[Classification], WHOLE_LIST]
    availabilityDate: Annotated[str | None, DATE_TIME]


class Release(TypedDict, total=False):
    """What was known or decided about a contracting process at one time."""

    ocid: Required[Annotated[str, NOT_EMPTY]]
    id: Required[Annotated[str, NOT_EMPTY, OMIT]]
    date: Required[Annotated[str, DATE_TIME, OMIT]]
    publisher: Identifier
    tag: Required[Annotated[list[str], Code("releaseTag"), NOT_EMPTY, OMIT]]
    initiationType: Required[Annotated[str, Code("initiationType", is_closed=True), Deprecated("1.2")]]
    parties: Annotated[list[Organization], UNIQUE]
    buyer: OrganizationReference
    planning: Planning
    tender: Tender
    awards: Annotated[list[Award], UNIQUE]
    contracts: Annotated[list[Contract], UNIQUE]
    language: Annotated[str | None, Code("language")]
    relatedProcesses: Annotated[list[RelatedProcess], UNIQUE]
    links: Annotated[list[Link], UNIQUE, OMIT]
    bids: Annotated[Bids, From("bids")]
    title: Annotated[str | None, From("process_title")]
    description: Annotated[str | None, From("process_title")]
    withheldInformation: Annotated[list[WithheldInformationItem], From("withheldInformation")]


class LinkedRelease(TypedDict, total=False):
    """A link to a release published elsewhere."""

    url: Required[Annotated[str, WEB_ADDRESS]]
    date: Required[Annotated[str, DATE_TIME]]
    tag: Annotated[list[str], Code("releaseTag", is_closed=True), NOT_EMPTY]


class Record(TypedDict, total=False):
    """All releases of one contracting process, and their merger."""

    ocid: Required[str]
    releases: Annotated[list[dict[str, Any]], NOT_EMPTY]
    compiledRelease: Release
    versionedRelease: dict[str, Any]


class Publisher(TypedDict, total=False):
    """Who publishes a package."""

    name: Required[str]
    scheme: str | None
    uid: str | None
    uri: Annotated[str | None, WEB_ADDRESS]


class ReleasePackage(TypedDict, total=False):
    """Releases as they are published together."""

    uri: Annotated[str, WEB_ADDRESS, Deprecated("1.2")]
    version: Required[Annotated[str, Pattern(r"^(\d+\.)(\d+)$")]]
    extensions: list[str]
    publishedDate: Annotated[str, DATE_TIME, Deprecated("1.2")]
    releases: Required[list[Release]]
    publisher: Annotated[Publisher, Deprecated("1.2")]
    license: Annotated[str | None, WEB_ADDRESS, Deprecated("1.2")]
    publicationPolicy: Annotated[str | None, WEB_ADDRESS, Deprecated("1.2")]


class RecordPackage(TypedDict, total=False):
    """Records as they are published together."""

    uri: Annotated[str, WEB_ADDRESS, Deprecated("1.2")]
    version: Required[Annotated[str, Pattern(r"^(\d+\.)(\d+)$")]]
    extensions: list[str]
    publisher: Annotated[Publisher, Deprecated("1.2")]
    license: Annotated[str | None, WEB_ADDRESS, Deprecated("1.2")]
    publicationPolicy: Annotated[str | None, WEB_ADDRESS, Deprecated("1.2")]
    publishedDate: Annotated[str, DATE_TIME, Deprecated("1.2")]
    packages: Annotated[list[str], NOT_EMPTY, UNIQUE, Deprecated("1.2")]
    records: Required[list[Record]]
