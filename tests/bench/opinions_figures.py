"""Figures beside red-dwarf's where both are given the published groups: every cell, choice and product.

Run alone: `python tests/bench/opinions_figures.py`; it prints one line per conversation and the widest difference.
"""

import gzip
import io
import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from opinions import DATA, PEER_PYTHON, clean

from sala.engines import opinions

PEER = Path(__file__).with_name("opinions_peer_figures.py")
CELLS = {
    "na": "n_agree",
    "nd": "n_disagree",
    "ns": "n_seen",
    "pa": "p_agree",
    "pd": "p_disagree",
    "pat": "p_agree_test",
    "pdt": "p_disagree_test",
    "ra": "rep_agree",
    "rd": "rep_disagree",
    "rat": "rep_agree_test",
    "rdt": "rep_disagree_test",
}


def main() -> None:
    """Compare every conversation of the shared data."""
    print("| conversation | cells | widest difference | representative alike | consensus alike |")
    print("|---|--:|--:|--:|--:|")
    for source in sorted(path for path in DATA.iterdir() if path.is_dir()):
        with tempfile.TemporaryDirectory() as folder:
            own, peer = both(source, Path(folder))
        cells, widest = compare_cells(own, peer)
        groups = [
            alike(group["representative"], peer["representative"][str(group["id"])])
            for group in own["groups"]
        ]
        sides = [alike(own["consensus"][side], peer["consensus"][side]) for side in ("agree", "disagree")]
        print(
            f"| {source.name} | {cells:,} | {widest:.1e} | {sum(groups)} of {len(groups)} groups | {sum(sides)} of 2 |"
        )


def both(source: Path, folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    votes, comments = folder / "votes.csv", folder / "comments.csv"
    votes.write_bytes(gzip.decompress((source / "participants-votes.csv.gz").read_bytes()))
    comments.write_bytes(gzip.decompress((source / "comments.csv.gz").read_bytes()))
    drawn = opinions.draw_map(
        opinions.read_votes(io.BytesIO(votes.read_bytes())),
        opinions.read_comments(io.StringIO(comments.read_text(encoding="utf-8"))),
        settings=opinions.Settings(least_group=1),
        labels=opinions.read_groups(votes.read_text(encoding="utf-8").splitlines()),
    )
    command = [PEER_PYTHON, PEER, votes, comments]
    peer = subprocess.run(command, check=True, capture_output=True, env=clean()).stdout
    return opinions.to_document(drawn), json.loads(peer)


def compare_cells(own: dict[str, Any], peer: dict[str, Any]) -> tuple[int, float]:
    """How many figures were compared, and the widest difference among them."""
    count, widest = 0, 0.0
    for statement in own["statements"]:
        for cell in statement["groups"]:
            theirs = peer["cells"][f"{cell['group']} {statement['id']}"]
            for name, key in CELLS.items():
                count += 1
                widest = max(widest, abs(float(theirs[name]) - cell[key]))
    for shared in own["consensus"]["group_aware"]:
        count += 1
        widest = max(widest, abs(peer["group_aware"][str(shared["statement"])] - shared["agree"]))
    return count, widest


def alike(own: list[dict[str, Any]], peer: list[dict[str, Any]]) -> bool:
    """Whether both chose the same statements (on the same side, where a side is told)."""
    told = "repful-for" in peer[0] if peer else False
    mine = {(one["statement"], one["for"] if told else None) for one in own}
    return mine == {(one["tid"], one.get("repful-for")) for one in peer}


if __name__ == "__main__":
    main()
