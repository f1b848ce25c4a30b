"""Run red-dwarf on votes in a matrix or stream; runs in .venv-peers, prints groups, seconds and processor seconds.

Usage: opinions_peer.py VOTES.csv GROUPS [COMMENTS.csv]. Time is counted around the pipeline alone, not the reading.
"""

import json
import sys
import time
import warnings

import pandas as pd
from reddwarf.implementations.polis import run_pipeline

warnings.filterwarnings("ignore")
ABOUT = {"group-id", "n-comments", "n-votes", "n-agree", "n-disagree"}


def read_votes(path: str) -> list[dict[str, int]]:
    frame = pd.read_csv(path)
    if "vote" in frame:
        last = frame.sort_values("timestamp", kind="stable").drop_duplicates(
            ["voter-id", "comment-id"], keep="last"
        )
        rows = last[["voter-id", "comment-id", "vote"]]
    else:
        wide = frame.drop(columns=[name for name in frame if name in ABOUT])
        rows = wide.melt(id_vars="participant").dropna()
    names = ("participant_id", "statement_id", "vote")
    return [dict(zip(names, map(int, row), strict=True)) for row in rows.itertuples(index=False)]


def main(votes_path: str, groups: str, comments_path: str | None = None) -> None:
    votes, moderated = read_votes(votes_path), []
    if comments_path:
        comments = pd.read_csv(comments_path)
        moderated = comments.loc[comments["moderated"] == -1, "comment-id"].astype(int).tolist()
    start, work = time.perf_counter(), time.process_time()
    found = run_pipeline(
        votes=votes,
        mod_out_statement_ids=moderated,
        force_group_count=int(groups) or None,
        random_state=0,
    )
    seconds, work = time.perf_counter() - start, time.process_time() - work
    labels = found.participants_df["cluster_id"].dropna().astype(int)
    told = {str(one): int(label) for one, label in labels.items()}
    print(json.dumps({"seconds": seconds, "work": work, "labels": told}))


if __name__ == "__main__":
    main(*sys.argv[1:])
