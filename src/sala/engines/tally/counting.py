"""Counting an election under published settings: rule, utility, completion, ties."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, Literal, get_args

from sala.engines.tally.election import Election, ElectionError
from sala.engines.tally.equal_shares import Run, run_equal_shares
from sala.engines.tally.greedy import count_greedy
from sala.engines.tally.outcome import Outcome, Refusal, Round, Tie
from sala.engines.tally.phragmen import count_phragmen
from sala.engines.tally.support import (
    UTILITIES,
    Support,
    Utility,
    default_utility,
    gather_support,
    longest_ballot,
    own_score,
)
from sala.engines.tally.terms import PublishedRule, find_published
from sala.engines.tally.ties import TieOrder, order_ties

Rule = Literal["greedy", "equal-shares", "phragmen"]
Completion = Literal["none", "add-one", "greedy", "add-one-greedy", "phragmen"]
Stop = Literal["exhaustive", "overspent", "cut"]
Overflow = Literal["skip", "stop"]
RankBy = Literal["total", "per-cost"]
RULES: tuple[Rule, ...] = get_args(Rule)
COMPLETIONS: tuple[Completion, ...] = get_args(Completion)
STOPS: tuple[Stop, ...] = get_args(Stop)
OVERFLOWS: tuple[Overflow, ...] = get_args(Overflow)
RANKINGS: tuple[RankBy, ...] = get_args(RankBy)


@dataclass(frozen=True, slots=True)
class Settings:
    """What must be published before the vote, so that anyone counts the same.

    `rule` None follows what was published with the ballots (`Terms.rule`), greedy where nothing was.
    `utility` None is the ballots' own: cost for approval, points, Borda; for greedy what cities add up: voters,
    points, places. `rank_by` is the figure that greedy compares: the `total` utility (so by default), or the
    total `per-cost` (by default where a utility is named, and in a completion). `step` is what add-one gives
    each voter more per run, in units of the currency. `stop`: add-one ends when the next run would overspend
    (`overspent`), or also as soon as no supported project fits the money left (`exhaustive`), or, if the next
    run would overspend, with that run up to its first project that does not fit (`cut`).
    `overflow`: greedy skips a project that does not fit, or stops there. `min_votes` bars projects below it,
    `min_score` (None: as published) those whose own score is lower: votes, points or places added up.
    `first_place` is what the first of a ranking gets (None: as published, else as the longest ballot).
    """

    rule: Rule | None = None
    utility: Utility | None = None
    completion: Completion = "none"
    ties: str = "lexicographic"
    stop: Stop = "exhaustive"
    step: Fraction = field(default=Fraction(1))
    overflow: Overflow = "skip"
    min_votes: int = 0
    rank_by: RankBy | None = None
    min_score: Fraction | None = None
    first_place: int | None = None

    def __post_init__(self) -> None:
        allowed: list[tuple[str, object, Sequence[object]]] = [
            ("rule", self.rule, (None, *RULES)),
            ("utility", self.utility, (None, *UTILITIES)),
            ("completion", self.completion, COMPLETIONS),
            ("stop", self.stop, STOPS),
            ("overflow", self.overflow, OVERFLOWS),
            ("rank_by", self.rank_by, (None, *RANKINGS)),
        ]
        for name, value, values in allowed:
            if value not in values:
                raise ElectionError(
                    f"There is no {name} {value!r}; there are {', '.join(str(v) for v in values if v)}."
                )
        if self.completion != "none" and self.rule != "equal-shares":
            raise ElectionError(f"The completion {self.completion} belongs to the rule equal-shares.")
        if self.step <= 0:
            raise ElectionError("The step of add-one must be more than zero.")
        if self.min_votes < 0 or (self.min_score or 0) < 0 or (self.first_place or 0) < 0:
            raise ElectionError("A threshold and the points of a first place must be zero or more.")


def resolve(election: Election, settings: Settings) -> Settings:
    """The settings as they are counted: everything left open filled in from the published terms.

    Resolving twice changes nothing.
    """
    terms = election.terms
    filled = settings if settings.rule else _follow(settings, find_published(terms.rule))
    ranked = filled.rank_by or ("total" if filled.rule == "greedy" and not filled.utility else "per-cost")
    utility = filled.utility
    if utility is None and filled.rule != "phragmen":
        by_city = filled.rule == "greedy" and ranked == "total"
        utility = own_score(election) if by_city else default_utility(election)
    needs_places = election.kind == "ranking"
    first_place = terms.first_place if filled.first_place is None else filled.first_place
    return replace(
        filled,
        utility=utility,
        rank_by=ranked,
        min_score=terms.min_score if filled.min_score is None else filled.min_score,
        first_place=longest_ballot(election) if needs_places and first_place is None else first_place,
    )


def _follow(settings: Settings, published: PublishedRule | None) -> Settings:
    """The settings with the published rule, greedy where nothing is known; what they name themselves stays."""
    if published is None:
        return replace(settings, rule="greedy")
    return replace(
        settings,
        rule=published.rule,
        completion=published.completion,
        stop=published.stop if settings.stop == "exhaustive" else settings.stop,
        overflow=published.overflow if settings.overflow == "skip" else settings.overflow,
    )


def count(election: Election, settings: Settings) -> Outcome:
    """Count an election. Exact: no comparison is decided by rounding, and ballot order plays no part.

    Raises ElectionError when the ballots do not fit the settings. Sources of the rules: docs/rules/tally.md.
    """
    asked, settings = settings, resolve(election, settings)
    if settings.rule == "phragmen" and election.kind != "approval" and asked.utility != "cardinality":
        raise ElectionError(
            "Phragmén counts approvals; ask for --utility cardinality to read these ballots as approvals."
        )
    assert settings.min_score is not None
    support = gather_support(
        election,
        "cardinality" if settings.rule == "phragmen" else settings.utility or default_utility(election),
        min_votes=settings.min_votes,
        min_score=settings.min_score,
        first_place=settings.first_place,
    )
    ties = order_ties(election, settings.ties, support.votes)
    if settings.rule == "phragmen":
        counted = count_phragmen(support, election.budget, ties)
        return _outcome(election, settings, support, counted, {})
    if settings.rule == "equal-shares":
        return _count_equal_shares(election, settings, support, ties)
    rounds, tied, refusals = count_greedy(
        support,
        election.budget,
        ties,
        at_overflow=settings.overflow,
        per_cost=settings.rank_by == "per-cost",
    )
    return _outcome(election, settings, support, (rounds, tied, refusals), {})


def _count_equal_shares(election: Election, settings: Settings, support: Support, ties: TieOrder) -> Outcome:
    share = Fraction(election.budget, max(1, support.electorate))
    notes: dict[str, Any] = {"share": share}
    run = run_equal_shares(support, share, ties)
    if settings.completion in ("add-one", "add-one-greedy"):
        run, notes = _add_one(run, support, election, settings, ties)
    _fund_the_free(run, support, ties)
    rounds, tied = list(run.rounds), list(run.ties)
    refusals = _unpaid(run, support, election.budget - run.cost)
    funded = [one.project for one in rounds]
    if settings.completion in ("greedy", "add-one-greedy"):
        more = count_greedy(
            support,
            election.budget,
            ties,
            funded=funded,
            at_overflow=settings.overflow,
            per_cost=settings.rank_by == "per-cost",
        )
    elif settings.completion == "phragmen":
        more = count_phragmen(support, election.budget, ties, funded=funded, savings=run.purses)
    else:
        return _outcome(election, settings, support, (rounds, tied, refusals), notes)
    return _outcome(election, settings, support, (rounds + more[0], tied + more[1], more[2]), notes)


def _fund_the_free(run: Run, support: Support, ties: TieOrder) -> None:
    """What costs nothing and was chosen, though it earned no point (the last of a ranking), takes no money."""
    funded = {one.project for one in run.rounds}
    free = [p for p in range(len(support.costs)) if support.is_listed_for_free(p) and p not in funded]
    nothing: dict[str, Fraction | int] = {"price": Fraction(0), "rate": Fraction(0), "all_in": 0}
    for p in ties.sorted(free):
        run.rounds.append(Round(p, "equal-shares", nothing | {"in_full": support.votes[p]}))


def _add_one(
    run: Run, support: Support, election: Election, settings: Settings, ties: TieOrder
) -> tuple[Run, dict[str, Any]]:
    """Give every voter one step more and count again, while the result stays within the budget.

    The last run within the budget stands. Rising shares do not always raise spending, so no run is skipped.
    """
    budget = election.budget
    step = settings.step * election.minor_per_unit
    wanted = [p for p in range(len(support.costs)) if support.is_wanted(p)]
    runs, ended = 1, "overspent"
    while support.electorate:
        funded = {one.project for one in run.rounds}
        waiting = [p for p in wanted if p not in funded]
        if not waiting:
            ended = "all_funded"
            break
        if settings.stop != "overspent" and all(run.cost + support.costs[p] > budget for p in waiting):
            ended = "exhaustive"
            break
        further = run_equal_shares(support, run.share + step, ties, give_up_above=budget, after=run)
        runs += 1
        if further.cost > budget:
            if settings.stop == "cut":
                run, ended = run_equal_shares(support, further.share, ties, cut_at=budget, after=run), "cut"
            break
        run = further
    return run, {"share": run.share, "runs": runs, "ended": ended}


def _unpaid(run: Run, support: Support, left: int) -> list[Refusal]:
    funded = {one.project for one in run.rounds}
    refusals = []
    for p, cost in enumerate(support.costs):
        if p in funded:
            continue
        if not support.is_wanted(p):
            # Chosen without a point is not the same as chosen by nobody.
            refusals.append(Refusal(p, "no_points" if support.votes[p] else "no_support"))
            continue
        held = run.purses.sum_exact(support.supporters(p))
        refusals.append(_why_unpaid(p, cost - held, held, run, left))
    return refusals


def _why_unpaid(project: int, missing: Fraction, held: Fraction, run: Run, left: int) -> Refusal:
    """Supporters too poor, or a run cut at the budget, at this project or before it."""
    if missing > 0 or run.overfull is None:
        return Refusal(project, "supporters_cannot_pay", {"supporters_hold": held, "missing": missing})
    if project == run.overfull:
        return Refusal(project, "over_money_left", {"left": left, "missing": missing + held - left})
    return Refusal(project, "count_stopped", {"at": run.overfull})


def _outcome(
    election: Election,
    settings: Settings,
    support: Support,
    counted: tuple[list[Round], list[Tie], list[Refusal]],
    notes: dict[str, Any],
) -> Outcome:
    """The outcome with one reason for every project that was not funded, in the order of the file."""
    rounds, ties, refusals = counted
    funded = {one.project for one in rounds}
    reasons = {one.project: one for one in refusals}
    for p in range(len(support.costs)):
        if p in support.barred:
            figures: dict[str, Fraction | int] = {"votes": support.votes[p], "needed": settings.min_votes}
            reasons[p] = Refusal(p, "too_few_votes", figures)
        elif p in support.below:
            assert settings.min_score is not None
            figures = {"score": support.below[p], "needed": settings.min_score}
            reasons[p] = Refusal(p, "too_low_score", figures)
        elif support.costs[p] > election.budget:
            reasons[p] = Refusal(p, "cost_over_budget")
    ordered = tuple(reasons[p] for p in range(len(support.costs)) if p not in funded and p in reasons)
    return Outcome(tuple(rounds), tuple(ties), ordered, {**notes, "votes": support.votes})
