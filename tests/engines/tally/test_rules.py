"""The rules: equal to their plain statement, independent of order, within budget, exactly paid."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.tally import plain
from sala.engines import tally
from sala.engines.tally.equal_shares import run_equal_shares
from sala.engines.tally.support import gather_support
from sala.engines.tally.ties import order_ties

NAMES = ["a", "b", "c", "10", "9", "aa"]
SETTINGS = [
    ("greedy", "none"),
    ("equal-shares", "none"),
    ("equal-shares", "add-one"),
    ("equal-shares", "greedy"),
]


@st.composite
def elections(draw, kind=None):
    """Small elections full of ties: few projects, few voters, round costs."""
    kind = kind or draw(st.sampled_from(["approval", "points", "ranking"]))
    names = draw(st.permutations(NAMES))[: draw(st.integers(1, 6))]
    costs = {name: draw(st.sampled_from([0, 1, 2, 3, 5, 5, 7, 10, 23])) for name in names}
    listed = st.lists(st.sampled_from(names), unique=True, max_size=len(names))
    ballot = st.dictionaries(st.sampled_from(names), st.integers(0, 4)) if kind == "points" else listed
    ballots = draw(st.lists(ballot, min_size=1, max_size=8))
    return costs, draw(st.integers(0, 40)), ballots, kind


def scored(ballots, kind):
    """Ballots as mappings to points, as the plain rules read them."""
    if kind == "points":
        return ballots
    if kind == "approval":
        return [dict.fromkeys(ballot, 1) for ballot in ballots]
    return [{name: len(ballot) - 1 - place for place, name in enumerate(ballot)} for ballot in ballots]


def own_utility(kind):
    return {"approval": "cost", "points": "points", "ranking": "borda"}[kind]


def winners(election, **settings):
    outcome = tally.count(election, tally.Settings(**settings))
    return [election.projects[p].id for p in outcome.winners]


def plainly(costs, budget, ballots, rule, completion, utility):
    if rule == "greedy":
        return plain.greedy(costs, budget, ballots, utility)
    if completion == "add-one":
        return plain.add_one(costs, budget, ballots, utility)
    won, _ = plain.equal_shares(costs, Fraction(budget, len(ballots)), ballots, utility)
    return plain.greedy(costs, budget, ballots, utility, won) if completion == "greedy" else won


@pytest.mark.req("BUD-3.3")
@pytest.mark.parametrize(("rule", "completion"), SETTINGS)
@given(drawn=elections())
def test_every_rule_is_what_its_plain_statement_says(rule, completion, drawn):
    costs, budget, ballots, kind = drawn
    election = tally.build_election(costs, budget, ballots, kind=kind, minor_per_unit=1)
    for utility in {"cost", "cardinality", own_utility(kind)}:
        expected = plainly(costs, budget, scored(ballots, kind), rule, completion, utility)
        assert winners(election, rule=rule, completion=completion, utility=utility) == expected


def test_groups_that_paid_differently_may_be_emptied_together():
    """Both pairs hold exactly what the last project takes, though they paid for different ones before."""
    ballots = [["a", "c"]] * 2 + [["b", "c"]] * 2
    election = tally.build_election({"a": 8, "b": 8, "c": 24}, 40, ballots, minor_per_unit=1)
    outcome = tally.count(election, tally.Settings("equal-shares", "cardinality"))
    assert [election.projects[p].id for p in outcome.winners] == ["a", "b", "c"]
    assert (outcome.rounds[2].figures["in_full"], outcome.rounds[2].figures["all_in"]) == (0, 4)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("kind", ["approval", "points", "ranking"])
def test_larger_elections_with_uneven_costs_follow_the_plain_statement_too(seed, kind):
    """Long payment histories, where the float bounds decide most rounds and add-one reuses its openings."""
    random = np.random.default_rng(seed)
    names = [f"p{i}" for i in range(14)]
    costs = {name: int(cost) for name, cost in zip(names, random.integers(50, 4000, 14), strict=True)}
    ballots = []
    for _ in range(70):
        listed = random.choice(names, size=random.integers(1, 7), replace=False).tolist()
        ballots.append({name: int(random.integers(0, 9)) for name in listed} if kind == "points" else listed)
    election = tally.build_election(costs, 9000, ballots, kind=kind, minor_per_unit=1)
    for rule, completion in SETTINGS:
        utility = own_utility(kind)
        expected = plainly(costs, 9000, scored(ballots, kind), rule, completion, utility)
        assert winners(election, rule=rule, completion=completion, utility=utility) == expected
    if kind == "approval":
        assert winners(election, rule="phragmen") == plain.phragmen(costs, 9000, ballots)


@pytest.mark.parametrize("stop", ["overspent", "cut"])
@given(drawn=elections())
def test_add_one_ends_as_published(stop, drawn):
    costs, budget, ballots, kind = drawn
    election = tally.build_election(costs, budget, ballots, kind=kind, minor_per_unit=1)
    outcome = tally.count(election, tally.Settings("equal-shares", completion="add-one", stop=stop))
    expected = plain.add_one(costs, budget, scored(ballots, kind), own_utility(kind), stop=stop)
    assert [election.projects[p].id for p in outcome.winners] == expected
    told = sorted([*outcome.winners, *(one.project for one in outcome.refusals)])
    assert told == list(range(len(costs)))


@given(drawn=elections(kind="approval"))
def test_phragmen_is_what_its_plain_statement_says(drawn):
    costs, budget, ballots, _ = drawn
    election = tally.build_election(costs, budget, ballots, minor_per_unit=1)
    assert winners(election, rule="phragmen") == plain.phragmen(costs, budget, ballots)


@given(drawn=elections(kind="approval"))
def test_phragmen_completion_goes_on_with_what_voters_saved(drawn):
    costs, budget, ballots, _ = drawn
    election = tally.build_election(costs, budget, ballots, minor_per_unit=1)
    share = Fraction(budget, len(ballots))
    won, purses = plain.equal_shares(costs, share, scored(ballots, "approval"), "cost")
    rest = {name: cost for name, cost in costs.items() if name not in won and cost <= budget}
    left = budget - sum(costs[name] for name in won)
    expected = won + plain.phragmen(rest, left, ballots, [-purse for purse in purses], budget=budget)
    assert winners(election, rule="equal-shares", completion="phragmen") == expected


@pytest.mark.parametrize("rule", ["greedy", "equal-shares", "phragmen"])
@given(drawn=elections(kind="approval"), turn=st.randoms(use_true_random=False))
def test_the_order_of_ballots_plays_no_part(rule, drawn, turn):
    costs, budget, ballots, _ = drawn
    shuffled = turn.sample(ballots, len(ballots))
    outcomes = [
        tally.count(tally.build_election(costs, budget, b), tally.Settings(rule=rule))
        for b in (ballots, shuffled)
    ]
    assert outcomes[0] == outcomes[1]


@pytest.mark.parametrize(("rule", "completion"), [*SETTINGS, ("equal-shares", "add-one-greedy")])
@given(drawn=elections())
def test_equal_ballots_merged_count_the_same(rule, completion, drawn):
    costs, budget, ballots, kind = drawn
    election = tally.build_election(costs, budget, ballots * 3, kind=kind)
    merged = tally.merge_equal_ballots(election)
    settings = tally.Settings(rule=rule, completion=completion)
    assert tally.count(merged, settings) == tally.count(election, settings)
    assert merged.ballots.electorate == election.ballots.electorate


@pytest.mark.parametrize("rule", ["greedy", "equal-shares", "phragmen"])
@given(drawn=elections(kind="approval"), factor=st.integers(2, 10**9))
def test_scaling_costs_and_budget_together_changes_nothing(rule, drawn, factor):
    costs, budget, ballots, _ = drawn
    plainly_scaled = tally.build_election({n: c * factor for n, c in costs.items()}, budget * factor, ballots)
    election = tally.build_election(costs, budget, ballots)
    assert winners(plainly_scaled, rule=rule) == winners(election, rule=rule)


@pytest.mark.parametrize(
    ("rule", "completion"), [*SETTINGS, ("equal-shares", "phragmen"), ("phragmen", "none")]
)
@given(drawn=elections(kind="approval"))
def test_the_budget_is_never_exceeded_and_everyone_left_out_hears_why(rule, completion, drawn):
    costs, budget, ballots, _ = drawn
    election = tally.build_election(costs, budget, ballots, minor_per_unit=1)
    outcome = tally.count(election, tally.Settings(rule=rule, completion=completion))
    funded = [election.projects[p] for p in outcome.winners]
    assert sum(project.cost for project in funded) <= budget
    told = sorted([*outcome.winners, *(one.project for one in outcome.refusals)])
    assert told == list(range(len(costs)))


@given(drawn=elections())
def test_in_equal_shares_payments_sum_to_the_cost_and_nobody_overspends(drawn):
    costs, budget, ballots, kind = drawn
    election = tally.build_election(costs, budget, ballots, kind=kind)
    support = gather_support(election, own_utility(kind))
    run = run_equal_shares(
        support, Fraction(budget, len(ballots)), order_ties(election, "lexicographic", support.votes)
    )
    everyone = np.arange(len(ballots))
    held = [run.purses.sum_exact(everyone[i : i + 1]) for i in everyone]
    assert sum(held) == budget - run.cost
    assert min(held) >= 0


@pytest.mark.req("BUD-3.3")
@pytest.mark.parametrize(("order", "first"), [("lexicographic", "b"), ("cost", "c"), ("listed", "d")])
def test_ties_follow_the_published_order_and_are_reported(order, first):
    costs = {"d": 400, "c": 300, "b": 400}
    election = tally.build_election(costs, 500, [["d", "c", "b"]] * 2)
    outcome = tally.count(election, tally.Settings(ties=order))
    assert election.projects[outcome.winners[0]].id == first
    assert sorted(outcome.ties[0].projects) == [0, 1, 2]
    assert election.projects[outcome.ties[0].chosen].id == first


def test_a_drawn_seed_decides_ties_the_same_for_everyone():
    election = tally.build_election({f"p{i}": 100 for i in range(9)}, 300, [[f"p{i}" for i in range(9)]])
    ran = {seed: winners(election, ties=f"seed:{seed}") for seed in ("27 July 2569", "28 July 2569")}
    assert ran["27 July 2569"] == winners(election, ties="seed:27 July 2569")
    assert ran["27 July 2569"] != ran["28 July 2569"]


def test_projects_a_rounding_apart_are_not_taken_for_equal():
    """A float64 cannot tell these two prices apart; the fraction can."""
    big = 10**15
    election = tally.build_election({"a": big + 1, "b": big}, 3 * big, [["a", "b"]] * 3, minor_per_unit=1)
    outcome = tally.count(election, tally.Settings("equal-shares", "cardinality"))
    assert [election.projects[p].id for p in outcome.winners] == ["b", "a"]
    assert outcome.ties == ()


def test_greedy_may_stop_at_the_first_project_that_does_not_fit():
    election = tally.build_election({"a": 60, "b": 50, "c": 10}, 100, [["a", "b", "c"], ["a", "b"], ["a"]])
    assert winners(election) == ["a", "c"]
    assert winners(election, overflow="stop") == ["a"]


def test_projects_below_the_vote_threshold_take_no_part():
    election = tally.build_election({"a": 60, "b": 50}, 200, [["a", "b"], ["a"]])
    outcome = tally.count(election, tally.Settings(min_votes=2))
    assert outcome.winners == (0,)
    assert outcome.refusals[0].reason == "too_few_votes"


@pytest.mark.parametrize(
    "wrong",
    [
        {"rule": "sortition"},
        {"utility": "love"},
        {"completion": "greedy"},
        {"step": Fraction(0)},
        {"stop": "never"},
    ],
)
def test_settings_that_mean_nothing_are_refused(wrong):
    with pytest.raises(tally.ElectionError):
        tally.Settings(**wrong)


@pytest.mark.parametrize(
    ("kind", "settings"),
    [
        ("approval", {"utility": "borda"}),
        ("approval", {"utility": "points"}),
        ("ranking", {"rule": "phragmen"}),
    ],
)
def test_ballots_that_do_not_carry_the_utility_are_refused(kind, settings):
    election = tally.build_election({"a": 1}, 1, [["a"]], kind=kind)
    with pytest.raises(tally.ElectionError):
        tally.count(election, tally.Settings(**settings))


def test_an_election_without_voters_funds_nothing_by_equal_shares():
    election = tally.build_election({"a": 1}, 10, [])
    assert winners(election, rule="equal-shares", completion="add-one") == []


@pytest.mark.parametrize("kind", ["approval", "points", "ranking"])
@given(data=st.data())
def test_greedy_without_a_named_utility_ranks_by_what_cities_add_up(kind, data):
    costs, budget, ballots, _ = data.draw(elections(kind=kind))
    election = tally.build_election(costs, budget, ballots, kind=kind, minor_per_unit=1)
    longest = max(len(ballot) for ballot in ballots)
    own = scored(ballots, kind)
    if kind == "ranking":
        own = [{name: longest - place for place, name in enumerate(ballot)} for ballot in ballots]
    assert winners(election) == plain.greedy(costs, budget, own, "own", per_cost=False)


@given(drawn=elections(), rule=st.sampled_from(["greedy", "equal-shares"]))
def test_settings_filled_in_count_the_same_and_stay_as_they_are(drawn, rule):
    costs, budget, ballots, kind = drawn
    election = tally.build_election(costs, budget, ballots, kind=kind)
    full = tally.resolve(election, tally.Settings(rule))
    assert tally.resolve(election, full) == full
    assert tally.count(election, full) == tally.count(election, tally.Settings(rule))


@pytest.mark.parametrize("utility", ["cost", "cardinality"])
@pytest.mark.parametrize("completion", ["none", "add-one", "greedy"])
def test_what_is_free_and_chosen_is_funded_whatever_the_utility(utility, completion):
    election = tally.build_election({"a": 0, "b": 6000, "c": 0}, 10_000, [["a", "b"], ["a", "b"]])
    asked = tally.Settings("equal-shares", utility, completion)
    found = tally.report(election, asked, tally.count(election, asked))
    assert [one["project"] for one in found["rounds"]][:2] == ["a", "b"]
    assert tally.tell_round(found["rounds"][0], found["settings"], "en") == (
        "2 voters chose it, and it costs nothing"
    )
    if completion == "none":
        assert [(one["project"], one["reason"]) for one in found["not_funded"]] == [("c", "no_support")]


def test_the_last_of_every_ranking_is_not_said_to_be_chosen_by_nobody():
    election = tally.build_election(
        {"a": 10, "b": 10, "free": 0}, 100, [["a", "b"], ["free"]], kind="ranking"
    )
    asked = tally.Settings("equal-shares")
    found = tally.report(election, asked, tally.count(election, asked))
    assert found["winners"] == ["a", "free"]
    assert found["not_funded"][0]["reason"] == "no_points"


@pytest.mark.parametrize("rule", ["greedy", "equal-shares"])
def test_fractions_of_a_point_count_exactly(rule):
    ballots = [{"b": 1.9}, {"a": 1.0}, {"a": 0.8}]
    election = tally.build_election({"a": 10, "b": 10}, 10, ballots, kind="points")
    assert election.ballots.points.tolist() == [19, 10, 8]
    assert winners(election, rule="greedy", utility="points") == ["b"]
    same = tally.build_election({"a": 10, "b": 10}, 10, [{"b": 0.1}, {"b": 0.2}, {"a": 0.3}], kind="points")
    assert tally.count(same, tally.Settings(rule, "points")).ties or rule == "equal-shares"
    thirds = tally.build_election({"a": 1}, 1, [{"a": Fraction(1, 3)}, {"a": Decimal("0.5")}], kind="points")
    assert (thirds.ballots.points.tolist(), thirds.ballots.points_per_unit) == ([2, 3], 6)


@pytest.mark.parametrize("points", [float("nan"), float("inf"), -1, -0.5, True, "3", None, 1e-12, 10**30])
def test_points_that_cannot_be_counted_exactly_are_refused(points):
    with pytest.raises(tally.ElectionError):
        tally.build_election({"a": 10}, 10, [{"a": points}], kind="points")


@pytest.mark.parametrize(
    ("costs", "budget", "ballots", "kind"),
    [
        ({"a": 1.5}, 10, [["a"]], "approval"),
        ({"a": 1}, 10.5, [["a"]], "approval"),
        ({"a": True}, 10, [["a"]], "approval"),
        ({"a": 1}, 10, [{"a": 3}], "approval"),
        ({"a": 1}, 10, [["a"]], "points"),
        ({"a": 1}, 10, ["a"], "approval"),
        ({"a": 1}, 10, [["a"]], "shouting"),
        ({"a": 1}, 10, [["a", "a"]], "approval"),
        ({"a": 1}, 10, [["b"]], "approval"),
        ({"a": -1}, 10, [["a"]], "approval"),
    ],
)
def test_an_election_that_would_be_changed_by_reading_is_refused(costs, budget, ballots, kind):
    with pytest.raises(tally.ElectionError):
        tally.build_election(costs, budget, ballots, kind=kind)


@pytest.mark.parametrize(
    ("starts", "projects", "points", "voters"),
    [
        ([0, 1], [0.0], None, None),
        ([0, 1], [2], None, None),
        ([0, 1], [-1], None, None),
        ([0, 2], [0], None, None),
        ([1, 1], [0], None, None),
        ([0, 2, 1, 2], [0, 1], None, None),
        ([0, 1], [0], [1.9], None),
        ([0, 1], [0], [1, 2], None),
        ([0, 1], [0], None, [1, 1]),
        ([0, 1], [0], None, [-1]),
        ([], [], None, None),
    ],
)
def test_arrays_that_do_not_fit_together_are_refused(starts, projects, points, voters):
    arrays = [None if one is None else np.array(one) for one in (starts, projects, points, voters)]
    with pytest.raises(tally.ElectionError):
        tally.Election((tally.Project("a", 1), tally.Project("b", 1)), 10, "approval", tally.Ballots(*arrays))


def test_merging_keeps_the_terms_and_the_unit_of_points():
    terms = tally.Terms(rule="greedy", limits={"max_length": Fraction(1)})
    ballots = [{"a": 0.5, "b": 1}] * 3
    election = tally.build_election({"a": 1, "b": 1}, 1, ballots, kind="points", terms=terms)
    merged = tally.merge_equal_ballots(election)
    assert merged.terms == terms
    assert merged.ballots.points_per_unit == 2
    reports = [
        tally.report(one, tally.Settings(), tally.count(one, tally.Settings())) for one in (election, merged)
    ]
    assert reports[0] == reports[1]
    assert reports[0]["notes"]["ballots_beyond_limits"][0]["ballots"] == 3
