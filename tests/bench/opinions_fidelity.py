"""How near the groups come to those that Polis published, with and without the start of Polis.

Run alone: `python tests/bench/opinions_fidelity.py [--peer PYTHON]`. Conversations are split in two by turns of
their names: what was chosen while looking at one half is judged on the other. Beside whole conversations stand
their beginnings, made of the first 80, 60 and 40 % of the participants: more conversations than we hold.
"""

import csv
import gzip
import io
import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from sklearn.metrics import adjusted_rand_score

from sala.engines import opinions
from sala.engines.opinions import kmeans

ROOT = Path(__file__).resolve().parents[2]
PEER = Path(__file__).with_name("opinions_peer.py")
BEGINNINGS = (0.8, 0.6, 0.4)


def main(
    data: Annotated[Path, typer.Option(help="The folder of conversations.")] = ROOT.parent
    / "shared"
    / "data"
    / "polis",
    peer: Annotated[Path | None, typer.Option(help="A Python that has red-dwarf.")] = None,
) -> None:
    """Print the table for docs/bench/opinions.md."""
    near = kmeans.NEAR_LEAST
    rows = []
    print("| conversation | half | least spread alone | start of Polis where as good | red-dwarf |")
    print("|---|---|--:|--:|--:|")
    for turn, folder in enumerate(sorted(path for path in data.iterdir() if path.is_dir())):
        votes, comments, published = load(folder)
        scores = []
        for share in (1.0, *BEGINNINGS):
            for nearness in (0.0, near):
                kmeans.NEAR_LEAST = nearness
                scores.append(fidelity(beginning(votes, share), comments, published))
        theirs = float("nan") if peer is None else of_peer(peer, folder, published)
        rows.append([*scores, theirs])
        print(f"| {folder.name} | {'ab'[turn % 2]} | {scores[0]:.3f} | {scores[1]:.3f} | {theirs:.3f} |")
    table = np.array(rows)
    for name, part in (("a", table[::2]), ("b", table[1::2]), ("all", table)):
        print(f"| **mean of {name}** | | **{part[:, 0].mean():.3f}** | **{part[:, 1].mean():.3f}** |", end="")
        print(f" **{part[:, -1].mean():.3f}** |")
    for place, share in enumerate(BEGINNINGS, start=1):
        before, after = np.nanmean(table[:, 2 * place]), np.nanmean(table[:, 2 * place + 1])
        print(f"| mean, first {share:.0%} of the people | | {before:.3f} | {after:.3f} | |")


def load(folder: Path) -> tuple[opinions.VoteTable, dict[int | str, opinions.Comment], dict[int | str, int]]:
    matrix = gzip.decompress((folder / "participants-votes.csv.gz").read_bytes())
    comments = gzip.decompress((folder / "comments.csv.gz").read_bytes()).decode()
    published = opinions.read_groups(io.StringIO(matrix.decode(), newline=""))
    return (
        opinions.read_votes(io.BytesIO(matrix)),
        opinions.read_comments(io.StringIO(comments, newline="")),
        published,
    )


def beginning(votes: opinions.VoteTable, share: float) -> opinions.VoteTable:
    """The votes of the first of the participants, who came first; statements nobody then knew are gone."""
    if share == 1.0:
        return votes
    part = votes.of_rows(np.arange(int(votes.shape[0] * share)))
    kept, columns = np.unique(part.columns, return_inverse=True)
    return opinions.VoteTable(
        part.participants, part.statements[kept], part.starts, columns.astype(np.int32), part.values
    )


def fidelity(
    votes: opinions.VoteTable,
    comments: dict[int | str, opinions.Comment],
    published: dict[int | str, int],
) -> float:
    """Adjusted Rand index with the published groups, at their number; not a number where there is but one."""
    there = [one for one in votes.participants.tolist() if one in published]
    groups = len({published[one] for one in there})
    if groups < 2:
        return float("nan")
    drawn = opinions.draw_map(votes, comments, settings=opinions.Settings(groups=groups, rounds=0))
    own = dict(zip(votes.participants.tolist(), drawn.labels.tolist(), strict=True))
    both = [one for one in there if own[one] >= 0]
    return float(adjusted_rand_score([published[one] for one in both], [own[one] for one in both]))


def of_peer(python: Path, folder: Path, published: dict[int | str, int]) -> float:
    with tempfile.TemporaryDirectory() as place:
        for name in ("participants-votes", "comments"):
            (Path(place) / f"{name}.csv").write_bytes(
                gzip.decompress((folder / f"{name}.csv.gz").read_bytes())
            )
        votes = Path(place) / "participants-votes.csv"
        with votes.open(newline="") as file:
            groups = len({row["group-id"] for row in csv.DictReader(file) if row["group-id"]})
        command = [python, PEER, votes, str(groups), Path(place) / "comments.csv"]
        clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        told = json.loads(subprocess.run(command, check=True, capture_output=True, env=clean).stdout)
    both = [one for one in published if str(one) in told["labels"]]
    return float(
        adjusted_rand_score([published[one] for one in both], [told["labels"][str(one)] for one in both])
    )


if __name__ == "__main__":
    typer.run(main)
