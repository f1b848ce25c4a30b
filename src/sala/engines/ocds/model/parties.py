"""Who takes part: organizations, and references to them."""

from typing import Annotated, Required, TypedDict

from sala.engines.ocds.model.marks import NOT_EMPTY, UNIQUE, WEB_ADDRESS, WHOLE_LIST, Code, Deprecated, From
from sala.engines.ocds.model.values import Address, Classification, ContactPoint, Identifier


class OrganizationReference(TypedDict, total=False):
    """A reference to one of the parties."""

    name: Annotated[str | None, NOT_EMPTY]
    id: str | int
    identifier: Annotated[Identifier, Deprecated("1.1")]
    address: Annotated[Address, Deprecated("1.1")]
    additionalIdentifiers: Annotated[list[Identifier], UNIQUE, WHOLE_LIST, Deprecated("1.1")]
    contactPoint: Annotated[ContactPoint, Deprecated("1.1")]


class OrganizationDetails(TypedDict, total=False):
    """More about an organization: size, kinds, web site."""

    scale: Annotated[str | None, Code("partyScale", is_closed=True)]
    classifications: Annotated[list[Classification], WHOLE_LIST]
    url: Annotated[str | None, WEB_ADDRESS]


class Person(TypedDict, total=False):
    """A person behind an organization."""

    id: Required[str]
    title: str | None
    name: str | None
    identifier: Identifier
    email: str | None
    faxNumber: str | None
    telephone: str | None
    address: Address
    jobTitle: str | None
    nationalities: Annotated[list[str] | None, Code("country", is_closed=True)]


class Shareholder(TypedDict, total=False):
    """A holder of shares in an organization."""

    id: Required[str]
    shareholder: OrganizationReference
    shareholding: float | None
    votingRights: float | None
    votingRightsDetails: str | None
    notes: str | None


class Organization(TypedDict, total=False):
    """An organization that takes part, with its roles."""

    name: str | None
    id: str
    identifier: Identifier
    additionalIdentifiers: Annotated[list[Identifier], UNIQUE, WHOLE_LIST]
    address: Address
    contactPoint: ContactPoint
    roles: Annotated[list[str] | None, Code("partyRole")]
    details: OrganizationDetails
    beneficialOwners: Annotated[list[Person], From("beneficialOwners")]
    shareholders: Annotated[list[Shareholder], From("shareholders")]
