"""An outcome as a JSON document: money in units of the currency, other figures rounded for reading."""

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Any

from sala.engines.tally.counting import Settings, resolve
from sala.engines.tally.election import Election, ElectionError
from sala.engines.tally.limits import find_breaches
from sala.engines.tally.outcome import Outcome, Refusal
from sala.engines.tally.support import default_utility, own_score
from sala.engines.tally.terms import PublishedRule, find_published

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
    resolved = resolve(election, settings)
    described = _describe(election, resolved)
    costs = {project.id: project.cost for project in election.projects}
    unit = election.minor_per_unit
    winners = sort_ids(ids[p] for p in outcome.winners)
    spent = sum(costs[p] for p in winners)
    return {
        "winners": winners,
        "cost": money(spent, unit),
        "budget": money(election.budget, unit),
        "rounds": _rounds(election, outcome, resolved),
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
        }
        | _remarks(election, resolved),
    }


def _remarks(election: Election, settings: Settings) -> dict[str, Any]:
    """What was published or found in the file and is not what was counted; nothing where all is as published."""
    terms, remarks = election.terms, dict[str, Any]()
    if terms.rule is not None:
        published = find_published(terms.rule)
        followed = published is not None and (published.rule, published.completion) == (
            settings.rule,
            settings.completion,
        )
        remarks["published_rule"] = terms.rule
        remarks["published_rule_is_followed"] = (
            followed
            and published is not None
            and published.is_whole
            and _as_ranked(election, published, settings)
        )
    if terms.min_score != settings.min_score:
        remarks["published_min_score_not_applied"] = _figure("", terms.min_score, 1)
    breaches = find_breaches(election)
    if breaches:
        remarks["ballots_beyond_limits"] = [
            {"limit": name, "allowed": _figure("", allowed, 1), "ballots": ballots}
            for name, (allowed, ballots) in breaches.items()
        ]
    if election.repeats:
        remarks["ballots_with_a_project_twice"] = election.repeats
    if terms.not_applied:
        remarks["published_terms_not_applied"] = list(terms.not_applied)
    return remarks


def _as_ranked(election: Election, published: PublishedRule, settings: Settings) -> bool:
    """Whether what the published name leaves to convention was counted by that convention."""
    if published.rule == "greedy":
        by_total = settings.rank_by == "total" and settings.utility == own_score(election)
        return by_total and settings.overflow == published.overflow
    if settings.utility != default_utility(election):
        return False
    return settings.completion == "none" or settings.stop == published.stop


def describe_settings(election: Election, settings: Settings) -> dict[str, Any]:
    """The settings as counted, everything open filled in, and nothing that plays no part."""
    return _describe(election, resolve(election, settings))


def _describe(election: Election, settings: Settings) -> dict[str, Any]:
    described: dict[str, Any] = {"rule": settings.rule}
    if settings.utility:
        described["utility"] = settings.utility
    if settings.rule == "equal-shares":
        described["completion"] = settings.completion
    if settings.completion.startswith("add-one"):
        described |= {"step": str(settings.step), "stop": settings.stop}
    if settings.rule == "greedy" or settings.completion.endswith("greedy"):
        described |= {"rank_by": settings.rank_by, "overflow": settings.overflow}
    described |= {"ties": settings.ties, "min_votes": settings.min_votes}
    if settings.min_score:
        described["min_score"] = _figure("", settings.min_score, 1)
    if settings.utility == "places" or (election.kind == "ranking" and settings.min_score):
        described["first_place"] = settings.first_place
    return described


def sort_ids(ids: Iterable[str]) -> list[str]:
    """Shorter ids first, equal lengths by code points: numbers come in their own order."""
    return sorted(ids, key=lambda name: (len(name), name))


def money(minor: int, unit: int) -> int | float:
    """An amount in units of the currency; a float only where there are hundredths, exact when printed.

    Raises ElectionError for an amount with more digits than that can hold: it would be changed in silence.
    """
    if minor % unit == 0:
        return minor // unit
    amount = Fraction(minor, unit)
    written = float(amount)
    if Fraction(str(written)) != amount:
        raise ElectionError(f"The amount {minor}/{unit} has more digits than can be written exactly.")
    return written


def _rounds(election: Election, outcome: Outcome, settings: Settings) -> list[dict[str, Any]]:
    left, unit = election.budget, election.minor_per_unit
    scales = _scales(election, settings)
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
        figures = {
            name: _figure("", Fraction(value) * scales.get(name, 1), 1) for name, value in one.figures.items()
        }
        rounds.append(told | figures)
    return rounds


def _scales(election: Election, settings: Settings) -> dict[str, Fraction]:
    """What turns a figure of a round into units of the currency and whole points."""
    unit = Fraction(election.minor_per_unit)
    points = Fraction(election.ballots.points_per_unit if settings.utility == "points" else 1)
    by_cost = settings.utility == "cost"
    # Under the utility cost, scores and rates are money by money and need no unit.
    if settings.rank_by == "total":
        score = 1 / unit if by_cost else 1 / points
    else:
        score = Fraction(1) if by_cost else unit / points
    return {
        "score": score,
        "rate": Fraction(1) if by_cost else points / unit,
        "price": points / unit,
        "time": 1 / unit,
    }


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
