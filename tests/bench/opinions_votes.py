"""Write a made-up conversation as a vote stream: three planted groups, seeded, any size."""

import sys
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

LINES_PER_PART = 500_000


def write_stream(path: Path, people: int, statements: int, votes_each: int, *, seed: int = 7) -> int:
    """Write people × votes_each votes (some repeated) to `path` as a stream; returns how many lines."""
    lots = np.random.default_rng(seed)
    leaning = lots.choice([-1.2, 0.0, 1.2], size=(3, statements))
    group = lots.integers(0, 3, people)
    total = people * votes_each
    with path.open("w", encoding="ascii") as file:
        file.write("timestamp,datetime,comment-id,voter-id,vote\n")
        for start in range(0, total, LINES_PER_PART):
            count = min(LINES_PER_PART, total - start)
            person, statement = lots.integers(0, people, count), lots.integers(0, statements, count)
            drawn = leaning[group[person], statement] + lots.normal(0, 1, count)
            vote = np.where(np.abs(drawn) < 0.3, 0, np.sign(drawn)).astype(int)
            moment = 1_500_000_000_000 + start + np.arange(count)
            columns = zip(moment.tolist(), statement.tolist(), person.tolist(), vote.tolist(), strict=True)
            file.write("".join(f"{t},Fri Jul 14 02:40:00 UTC 2017,{s},{p},{v}\n" for t, s, p, v in columns))
    return total


def main(
    path: Annotated[Path, typer.Argument(help="Where to write the stream.")],
    people: int = 20_000,
    statements: int = 300,
    votes_each: int = 40,
) -> None:
    """Write a made-up vote stream."""
    lines = write_stream(path, people, statements, votes_each)
    print(f"{lines:,} votes in {path}", file=sys.stderr)


if __name__ == "__main__":
    typer.run(main)
