"""The planning stage: why, from which budget, for which project."""

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
from sala.engines.ocds.model.parts import Document, Metric, Milestone
from sala.engines.ocds.model.values import Classification, Location, Period, Value


class BudgetBreakdown(TypedDict, total=False):
    """A part of the budget: its source, period and classes."""

    id: Required[str | int]
    description: str | None
    amount: Value
    uri: Annotated[str | None, WEB_ADDRESS]
    period: Period
    sourceParty: OrganizationReference
    measures: Annotated[dict[str, Any], From("budget_and_spend")]
    classifications: Annotated[dict[str, Any], From("budget_and_spend")]


class FiscalBreakdownFieldMapping(TypedDict, total=False):
    """What the keys of fiscal breakdowns mean."""

    measures: dict[str, Any]
    classifications: dict[str, Any]


class Budget(TypedDict, total=False):
    """The money reserved for this process, and its budget line."""

    id: str | int | None
    description: str | None
    amount: Value
    project: str | None
    projectID: str | int | None
    uri: Annotated[str | None, WEB_ADDRESS]
    source: Annotated[str | None, WEB_ADDRESS, Deprecated("1.1")]
    budgetBreakdown: Annotated[list[BudgetBreakdown], From("budget")]
    fiscalBreakdownFieldMapping: Annotated[FiscalBreakdownFieldMapping, From("budget_and_spend")]


class Project(TypedDict, total=False):
    """The project that this process belongs to."""

    id: Annotated[str | None, NOT_EMPTY]
    title: Annotated[str | None, NOT_EMPTY]
    description: Annotated[str | None, NOT_EMPTY]
    totalValue: Value
    uri: Annotated[str | None, WEB_ADDRESS]
    sector: Classification
    additionalClassifications: Annotated[list[Classification], NOT_EMPTY, UNIQUE, WHOLE_LIST]
    locations: Annotated[list[Location], NOT_EMPTY, UNIQUE, WHOLE_LIST]


class Planning(TypedDict, total=False):
    """The planning stage."""

    id: str | None
    rationale: str | None
    budget: Budget
    project: Project
    finalStatus: Annotated[str | None, Code("planningFinalStatus", is_closed=True)]
    finalStatusDetails: str | None
    finalStatusDate: Annotated[str | None, DATE_TIME]
    documents: list[Document]
    milestones: list[Milestone]
    forecasts: Annotated[list[Metric], From("metrics")]
