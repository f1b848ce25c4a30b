"""One rule of pabutools on one `.pb` file, timed. Run by `.venv-peers/bin/python`, as a separate program."""

import json
import sys
import time

from pabutools import rules
from pabutools.election import Cost_Sat, parse_pabulib

RULES = {
    "greedy": lambda *election: rules.greedy_utilitarian_welfare(*election, sat_class=Cost_Sat),
    "equal-shares": lambda *election: rules.method_of_equal_shares(*election, sat_class=Cost_Sat),
    "phragmen": rules.sequential_phragmen,
}


def main() -> None:
    rule, path = sys.argv[1:]
    begin = time.perf_counter()
    election = parse_pabulib(path)
    parsed = time.perf_counter()
    winners = RULES[rule](*election)
    seconds = time.perf_counter() - parsed
    names = sorted(project.name for project in winners)
    print(json.dumps({"parse": parsed - begin, "seconds": seconds, "winners": names}))


main()
