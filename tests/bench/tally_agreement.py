"""Random elections by `sala` and by pabutools: `python tests/bench/tally_agreement.py [--elections N]`."""

import argparse
import json
import random
import re
import subprocess
from collections import Counter
from itertools import product
from pathlib import Path

from sala.engines import tally

ROOT = Path(__file__).resolve().parents[2]
KINDS = ["approval", "cumulative", "scoring", "ordinal", "choose-1"]
OWN = {"cumulative": "points", "scoring": "points", "ordinal": "borda"}
TIES = ["lexicographic", "cost", "cost-descending", "votes"]
COMPLETIONS = [
    ("none", "exhaustive"),
    ("greedy", "exhaustive"),
    ("add-one", "exhaustive"),
    ("add-one", "overspent"),
]
Asked = dict[str, str]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--elections", type=int, default=400)
    options.add_argument("--seed", type=int, default=20261122)
    options.add_argument("--peer", default=str(ROOT / ".venv-peers" / "bin" / "python"))
    options.add_argument("--show", type=int, default=3, help="print so many differing elections whole")
    chosen = options.parse_args()
    command = [chosen.peer, str(Path(__file__).with_name("tally_agreement_peer.py"))]
    same: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as peer:
        for number in range(chosen.elections):
            draw = random.Random(f"{chosen.seed} {number}")
            kind, text = draw_file(draw)
            text = dressed(draw, text)
            settings = every_setting(kind)
            for one, theirs in zip(settings, ask(peer, text, settings), strict=True):
                name = " ".join([kind, *(word for what, word in one.items() if what != "ties")])
                ours, theirs = comparable(winners(text, one), one, text), comparable(theirs, one, text)
                asked[name] += 1
                same[name] += ours == theirs
                if ours != theirs and asked.total() - same.total() <= chosen.show:
                    print(f"election {number}, {name}, {one['ties']}: {ours}, pabutools {theirs}\n{text}")
        peer.communicate()
    print(f"{'ballots and settings':64} {'outcomes':>8} {'equal':>8}")
    for name in sorted(asked):
        print(f"{name:64} {asked[name]:8} {same[name]:8}")
    print(f"{'all':64} {asked.total():8} {same.total():8}")


def comparable(ids: list[str], settings: Asked, text: str) -> list[str]:
    """The winners, sorted; without free projects where pabutools finds them worth nothing.

    Under the utility cost a free project adds no utility to Equal Shares, and under Borda none where all list
    it last; pabutools then leaves it to the completion. Ours funds what is free and chosen: docs/rules/tally.md.
    """
    leaves_out = settings["rule"] == "equal-shares" and settings["utility"] in ("cost", "borda")
    free = {line.partition(";0;")[0] for line in text.splitlines() if ";0;" in line} if leaves_out else set()
    return sorted(set(ids) - free)


def ask(peer: subprocess.Popen[str], text: str, settings: list[Asked]) -> list[list[str]]:
    assert peer.stdin is not None
    assert peer.stdout is not None
    peer.stdin.write(json.dumps({"pb": text, "settings": settings}) + "\n")
    peer.stdin.flush()
    return json.loads(peer.stdout.readline())  # type: ignore[no-any-return]  # what the peer prints


def every_setting(kind: str) -> list[Asked]:
    """Each rule, utility, completion and tie order that both programs know for such ballots."""
    utilities = ["cost", "cardinality", *([OWN[kind]] if kind in OWN else [])]
    found = []
    for ties, utility in product(TIES, utilities):
        found.append({"rule": "greedy", "utility": utility, "ties": ties})
        found += [
            {"rule": "equal-shares", "utility": utility, "completion": one, "stop": stop, "ties": ties}
            for one, stop in COMPLETIONS
        ]
    if kind not in OWN:
        found += [{"rule": "phragmen", "ties": ties} for ties in TIES]
    return found


def winners(text: str, settings: Asked) -> list[str]:
    election = tally.read_pabulib([text.encode()]).election
    counted = tally.count(election, tally.Settings(**settings))  # type: ignore[arg-type]  # words from above
    return [election.projects[p].id for p in counted.winners]


def draw_file(draw: random.Random) -> tuple[str, str]:
    """A small file full of ties: equal costs, costs of nothing, a budget hit to the coin, empty ballots."""
    kind = draw.choice(KINDS)
    ids = draw.sample([*"abcdef", "10", "9", "aa", "P-1", "โครงการ"], draw.randint(1, 7))
    cents = draw.choice([1, 1, 100])
    costs = {name: draw.choice([0, 1, 2, 3, 5, 5, 7, 10, 23]) * 100 for name in ids}
    if cents == 1 and draw.random() < 0.4:
        costs = {name: cost + draw.choice([0, 25, 50]) for name, cost in costs.items()}
    budget = draw.choice([draw.randint(0, 40) * 100, sum(draw.sample(list(costs.values()), len(ids) // 2))])
    ballots = [draw_ballot(draw, kind, ids) for _ in range(draw.randint(1, 9))]
    meta = {
        "description": "drawn",
        "num_projects": len(ids),
        "num_votes": len(ballots),
        "budget": written(max(budget, 100)),
        "vote_type": kind,
        "rule": "greedy",
        "min_length": 1,
        "max_length": len(ids),
    }
    points = ";points" if kind in ("cumulative", "scoring") else ""
    lines = ["META", "key;value", *(f"{key};{value}" for key, value in meta.items())]
    lines += ["PROJECTS", "project_id;cost;name"]
    lines += [f"{name};{written(cost)};งาน {name}" for name, cost in costs.items()]
    lines += ["VOTES", f"voter_id;age;vote{points}"]
    lines += [f"v{i};{20 + i};{ballot}" for i, ballot in enumerate(ballots)]
    return kind, "\n".join(lines) + "\n"


def dressed(draw: random.Random, text: str) -> str:
    """The same election as published files look: other line ends, empty lines, quotes, categories, decimals."""
    if draw.random() < 0.5:
        text = text.replace("project_id;cost;name", "project_id;cost;name;category;target")
        text = re.sub(r"(?m)^(.*);งาน (.*)$", r'\1;"งาน; ""\2""";"สวน, ถนน";none', text)
    elif draw.random() < 0.4:
        text = re.sub(r"(?m);งาน (.*)$", r';ท่อ 5" \1', text)
    if draw.random() < 0.3:
        text = re.sub(r"(?m)^(budget;[0-9]+)$", r"\1.00", text)
    if draw.random() < 0.3:
        text = text.replace("META\n", "Meta\n").replace("VOTES\n", "\nvotes\n")
    return text.replace("\n", draw.choice(["\n", "\r\n", "\r"]))


def draw_ballot(draw: random.Random, kind: str, ids: list[str]) -> str:
    points = kind in ("cumulative", "scoring")
    # pabutools reads no empty ballot of points.
    listed = draw.sample(ids, draw.randint(int(points), min(len(ids), 4)))
    if kind == "choose-1":
        listed = listed[:1]
    if not points:
        # A project twice in one ballot, as two of a hundred published files have it, counts once.
        return ",".join(listed + (listed[:1] if draw.random() < 0.1 else []))
    return ",".join(listed) + ";" + ",".join(draw.choice(["0", "1", "1", "2", "3", "0.5"]) for _ in listed)


def written(cents: int) -> str:
    return str(cents // 100) if cents % 100 == 0 else f"{cents // 100}.{cents % 100:02}".rstrip("0")


if __name__ == "__main__":
    main()
