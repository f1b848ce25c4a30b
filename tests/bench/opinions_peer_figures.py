"""Red-dwarf's figures for groups given in a Polis matrix; runs in .venv-peers, prints JSON.

Usage: opinions_peer_figures.py PARTICIPANTS-VOTES.csv COMMENTS.csv. Statement ids are those of the export.
"""

import json
import sys
import warnings

import pandas as pd
from reddwarf.utils.consensus import select_consensus_statements
from reddwarf.utils.stats import calculate_comment_statistics_dataframes, select_representative_statements

warnings.filterwarnings("ignore")
ABOUT = ["participant", "xid", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"]


def main(votes_path: str, comments_path: str) -> None:
    frame = pd.read_csv(votes_path).set_index("participant").sort_index()
    votes = frame[[name for name in frame if name not in ABOUT]].astype(float)
    votes.columns = pd.Index([int(name) for name in votes], name="statement_id")
    votes = votes[sorted(votes)].dropna(axis="columns", how="all")
    comments = pd.read_csv(comments_path)
    out = comments["moderated"] == -1
    if "is-meta" in comments:
        out |= comments["is-meta"].astype(bool)
    moderated = comments.loc[out, "comment-id"].astype(int).tolist()
    grouped = frame["group-id"].notna()
    labels = frame.loc[grouped, "group-id"].astype(int).to_numpy()
    stats, shared = calculate_comment_statistics_dataframes(votes[grouped], labels)
    told = {
        "representative": select_representative_statements(stats, moderated),
        "consensus": select_consensus_statements(votes, moderated),
        "group_aware": shared["group-aware-consensus-agree"].to_dict(),
        "cells": {f"{group} {statement}": row.to_dict() for (group, statement), row in stats.iterrows()},
    }
    print(json.dumps(told, default=str))


if __name__ == "__main__":
    main(*sys.argv[1:])
