"""Outcomes of pabutools for elections given as JSON lines. Run by `.venv-peers/bin/python`, a separate program."""

import json
import sys
from fractions import Fraction

from pabutools import rules
from pabutools.election import Additive_Borda_Sat, Additive_Cardinal_Sat, Cardinality_Sat, Cost_Sat
from pabutools.election.pabulib import parse_pabulib_from_string
from pabutools.rules import completion_by_rule_combination, exhaustion_by_budget_increase
from pabutools.tiebreaking import TieBreakingRule

SATISFACTION = {
    "cost": Cost_Sat,
    "cardinality": Cardinality_Sat,
    "points": Additive_Cardinal_Sat,
    "borda": Additive_Borda_Sat,
}
TIES = {
    "lexicographic": TieBreakingRule(lambda _, __, project: project.name),
    "cost": TieBreakingRule(lambda _, __, project: (project.cost, project.name)),
    "cost-descending": TieBreakingRule(lambda _, __, project: (-project.cost, project.name)),
    "votes": TieBreakingRule(
        lambda _, profile, project: (-sum(project in ballot for ballot in profile), project.name)
    ),
}


def main() -> None:
    """One line in, one line out: the winners under each of the settings, sorted."""
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps([winners(asked["pb"], one) for one in asked["settings"]]), flush=True)


def winners(text: str, settings: dict[str, str]) -> list[str]:
    instance, profile = parse_pabulib_from_string(text)
    funded = outcome(instance, profile, settings)
    return sorted(project.name for project in funded)


def outcome(instance, profile, settings):
    ties = TIES[settings["ties"]]
    if settings["rule"] == "phragmen":
        return rules.sequential_phragmen(instance, profile, tie_breaking=ties)
    chosen = {"sat_class": SATISFACTION[settings["utility"]], "tie_breaking": ties}
    if settings["rule"] == "greedy":
        return rules.greedy_utilitarian_welfare(instance, profile, **chosen)
    shares, completion = rules.method_of_equal_shares, settings["completion"]
    if completion == "greedy":
        steps = [shares, rules.greedy_utilitarian_welfare]
        return completion_by_rule_combination(instance, profile, steps, [dict(chosen), dict(chosen)])
    if completion == "add-one" and settings["stop"] == "exhaustive":
        return shares(instance, profile, voter_budget_increment=1, **chosen)
    if completion == "add-one":
        step = Fraction(profile.num_ballots())
        return exhaustion_by_budget_increase(
            instance, profile, shares, chosen, exhaustive_stop=False, budget_step=step
        )
    return shares(instance, profile, **chosen)


main()
