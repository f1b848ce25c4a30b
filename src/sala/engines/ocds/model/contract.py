"""Contracts and how they are carried out."""

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
from sala.engines.ocds.model.parts import (
    Amendment,
    Document,
    Item,
    Metric,
    Milestone,
    MilestoneReference,
    RequirementResponse,
)
from sala.engines.ocds.model.planning import FiscalBreakdownFieldMapping
from sala.engines.ocds.model.values import Identifier, Period, RelatedProcess, SimpleIdentifier, Value


class Transaction(TypedDict, total=False):
    """A payment."""

    id: Required[Annotated[str | int, NOT_EMPTY]]
    source: Annotated[str | None, WEB_ADDRESS, Deprecated("1.2")]
    date: Annotated[str | None, DATE_TIME]
    value: Value
    payer: OrganizationReference
    payee: OrganizationReference
    uri: Annotated[str | None, WEB_ADDRESS]
    amount: Annotated[Value, Deprecated("1.1")]
    providerOrganization: Annotated[Identifier, Deprecated("1.1")]
    receiverOrganization: Annotated[Identifier, Deprecated("1.1")]
    relatedImplementationMilestone: Annotated[MilestoneReference, From("transaction_milestones")]


class FinancialProgressBreakdown(TypedDict, total=False):
    """Spending by budget class."""

    id: Required[str | int]
    description: str | None
    period: Period
    measures: dict[str, Any]
    classifications: dict[str, Any]


class FinancialProgress(TypedDict, total=False):
    """What has been spent on a contract."""

    breakdown: list[FinancialProgressBreakdown]
    totalSpend: Value


class PerformanceFailureEvent(TypedDict, total=False):
    """One time that a contract was not fulfilled."""

    id: Required[str]
    period: Period
    description: str | None


class PerformanceFailure(TypedDict, total=False):
    """Failures of one kind to fulfil a contract."""

    id: Required[str]
    description: str | None
    category: str | None
    events: list[PerformanceFailureEvent]
    period: Period


class Implementation(TypedDict, total=False):
    """How a contract is carried out: payments, milestones, documents."""

    transactions: Annotated[list[Transaction], UNIQUE]
    milestones: Annotated[list[Milestone], UNIQUE]
    documents: Annotated[list[Document], UNIQUE]
    fiscalBreakdownFieldMapping: Annotated[FiscalBreakdownFieldMapping, From("budget_and_spend")]
    financialProgress: Annotated[FinancialProgress, From("budget_and_spend")]
    finalValue: Annotated[Value, From("contract_completion")]
    finalValueDetails: Annotated[str | None, From("contract_completion")]
    endDate: Annotated[str | None, DATE_TIME, From("contract_completion")]
    endDateDetails: Annotated[str | None, From("contract_completion")]
    performanceFailures: Annotated[list[PerformanceFailure], From("performance_failures")]
    metrics: Annotated[list[Metric], From("metrics")]


class ContractCompletion(TypedDict, total=False):
    """How a contract ended: its final value and date."""

    finalValue: Value
    finalValueDetails: str | None
    endDate: Annotated[str | None, DATE_TIME]
    endDateDetails: str | None


class Contract(TypedDict, total=False):
    """A signed contract."""

    id: Required[Annotated[str | int, NOT_EMPTY]]
    identifiers: Annotated[list[SimpleIdentifier], UNIQUE, WHOLE_LIST]
    awardID: Required[Annotated[str | int, NOT_EMPTY]]
    title: str | None
    description: str | None
    status: Annotated[str | None, Code("contractStatus", is_closed=True), Deprecated("1.2")]
    finalStatus: Annotated[str | None, Code("contractFinalStatus", is_closed=True)]
    finalStatusDetails: str | None
    finalStatusDate: Annotated[str | None, DATE_TIME]
    dateSigned: Annotated[str | None, DATE_TIME]
    value: Value
    maximumValue: Value
    estimatedValue: Value
    items: Annotated[list[Item], NOT_EMPTY, UNIQUE]
    period: Period
    documents: Annotated[list[Document], UNIQUE]
    implementation: Implementation
    relatedProcesses: Annotated[list[RelatedProcess], UNIQUE, Deprecated("1.2")]
    milestones: list[Milestone]
    amendments: list[Amendment]
    amendment: Annotated[Amendment, Deprecated("1.1")]
    relatedBids: Annotated[list[str] | None, From("bids")]
    suppliers: Annotated[list[OrganizationReference], From("contract_suppliers")]
    datesCompleted: Annotated[Period, From("contract_completion")]
    completion: Annotated[ContractCompletion, From("contract_completion")]
    requirementResponses: Annotated[list[RequirementResponse], From("requirements")]
    agreedMetrics: Annotated[list[Metric], From("metrics")]
