"""An outcome as a JSON document: money in units of the currency, other figures rounded for reading."""

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Any

from sala.engines.tally.counting import Settings
from sala.engines.tally.election import Election
from sala.engines.tally.outcome import Outcome, Refusal, Round
from sala.engines.tally.support import default_utility

# Figures of money; everything else is a plain number.
_MONEY = frozenset({"price", "time", "left", "missing", "supporters_hold"})
_PLACES = Decimal("0.000001")


def report(election: Election, settings: Settings, outcome: Outcome) -> dict[str, Any]:
    """The document of a count.

    `winners` are ids, shorter ids first, then by code points; `rounds` tell the order of the count.
    Money is in units of the currency. Figures that are not whole are rounded half to even at six places
    for reading; no decision was made on them.
    """
    ids = [project.id for project in election.projects]
    described = describe_settings(election, settings)
    costs = {project.id: project.cost for project in election.projects}
    unit = election.minor_per_unit
    winners = sort_ids(ids[p] for p in outcome.winners)
    spent = sum(costs[p] for p in winners)
    return {
        "winners": winners,
        "cost": money(spent, unit),
        "budget": money(election.budget, unit),
        "rounds": _rounds(election, outcome, by_cost=described.get("utility") == "cost"),
        "ties": [
            {
                "round": tie.round,
                "projects": [ids[p] for p in tie.projects],
                "chosen": ids[tie.chosen],
                "broken_by": settings.ties,
            }
            for tie in outcome.ties
        ],
        "not_funded": [_refusal(election, one, outcome) for one in outcome.refusals],
        "left": money(election.budget - spent, unit),
        "voters": election.ballots.electorate,
        "settings": described,
        "notes": {
            name: _figure("price" if name == "share" else name, value, unit)
            for name, value in outcome.notes.items()
            if name != "votes"
        },
    }


def describe_settings(election: Election, settings: Settings) -> dict[str, Any]:
    """The settings as published, with the ballots' own utility filled in and nothing that plays no part."""
    described: dict[str, Any] = {"rule": settings.rule}
    if settings.rule != "phragmen":
        described["utility"] = settings.utility or default_utility(election)
    elif settings.utility:
        described["utility"] = settings.utility
    if settings.rule == "equal-shares":
        described["completion"] = settings.completion
    if settings.completion.startswith("add-one"):
        described |= {"step": str(settings.step), "stop": settings.stop}
    if settings.rule == "greedy" or settings.completion.endswith("greedy"):
        described["overflow"] = settings.overflow
    return described | {"ties": settings.ties, "min_votes": settings.min_votes}


def sort_ids(ids: Iterable[str]) -> list[str]:
    """Shorter ids first, equal lengths by code points: numbers come in their own order."""
    return sorted(ids, key=lambda name: (len(name), name))


def money(minor: int, unit: int) -> int | float:
    """An amount in units of the currency; a float only where there are hundredths, exact when printed."""
    return minor // unit if minor % unit == 0 else float(Decimal(minor) / unit)


def _rounds(election: Election, outcome: Outcome, *, by_cost: bool) -> list[dict[str, Any]]:
    left, unit = election.budget, election.minor_per_unit
    rounds = []
    for number, one in enumerate(outcome.rounds, start=1):
        project = election.projects[one.project]
        left -= project.cost
        told = {
            "round": number,
            "project": project.id,
            "cost": money(project.cost, unit),
            "left": money(left, unit),
            "votes": outcome.notes["votes"][one.project],
            "phase": one.phase,
        }
        rounds.append(told | _figures(one, unit, by_cost=by_cost))
    return rounds


def _figures(one: Round, unit: int, *, by_cost: bool) -> dict[str, object]:
    """Under the utility cost, scores and rates are money by money and need no unit; else they do."""
    figures: dict[str, object] = {}
    for name, value in one.figures.items():
        if by_cost or name not in ("score", "rate"):
            figures[name] = _figure(name, value, unit)
        else:
            figures[name] = _figure(
                name, Fraction(value) * (unit if name == "score" else Fraction(1, unit)), unit
            )
    return figures


def _refusal(election: Election, one: Refusal, outcome: Outcome) -> dict[str, Any]:
    project, unit = election.projects[one.project], election.minor_per_unit
    told: dict[str, Any] = {
        "project": project.id,
        "cost": money(project.cost, unit),
        "votes": outcome.notes["votes"][one.project],
        "reason": one.reason,
    }
    for name, value in one.figures.items():
        told[name] = election.projects[int(value)].id if name == "at" else _figure(name, value, unit)
    return told


def _figure(name: str, value: object, unit: int) -> object:
    if not isinstance(value, int | Fraction):
        return value
    exact = Fraction(value)
    if name in _MONEY:
        exact /= unit
    if exact.denominator == 1:
        return int(exact)
    return _rounded(exact)


def _rounded(value: Fraction) -> float:
    """Six places, half to even, from the exact fraction."""
    scaled = round(value * 10**6)
    return float((Decimal(scaled).scaleb(-6)).quantize(_PLACES, rounding=ROUND_HALF_EVEN))
