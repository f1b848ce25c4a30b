"""Conversations for the tests: random ones for properties, one with two planted groups, and ways to write
them."""

import io

import numpy as np
from hypothesis import strategies as st

from sala.engines import opinions

Vote = tuple[int, int, int]  # participant, statement, value


@st.composite
def some_votes(draw: st.DrawFn, *, most_people: int = 30, most_statements: int = 8) -> list[Vote]:
    """Distinct votes: each participant at most once on each statement, at least one vote."""
    people, statements = draw(st.integers(1, most_people)), draw(st.integers(1, most_statements))
    cells = draw(
        st.lists(
            st.sampled_from([None, None, -1, 0, 1, 1]),
            min_size=people * statements,
            max_size=people * statements,
        )
    )
    votes = [
        (10 + 3 * (place // statements), 5 * (place % statements), value)
        for place, value in enumerate(cells)
        if value is not None
    ]
    return votes or [(10, 0, 1)]


def planted(people: int = 60, statements: int = 12, *, seed: int = 3) -> list[Vote]:
    """Two camps that disagree on all but the first two statements, with some noise and some silence."""
    lots = np.random.default_rng(seed)
    votes = []
    for person in range(people):
        side = 1 if person % 2 else -1
        for statement in range(statements):
            if lots.random() < 0.1:
                continue
            value = 1 if statement < 2 else side * (1 if statement % 2 else -1)
            votes.append((person, statement, value if lots.random() > 0.1 else 0))
    return votes


def as_stream(votes: list[Vote]) -> bytes:
    lines = (f"{1000 + place},x,{s},{p},{v}" for place, (p, s, v) in enumerate(votes))
    return "\n".join(["timestamp,datetime,comment-id,voter-id,vote", *lines, ""]).encode()


def as_matrix(votes: list[Vote]) -> bytes:
    people, statements = sorted({p for p, _, _ in votes}), sorted({s for _, s, _ in votes})
    cells = {(p, s): v for p, s, v in votes}
    rows = (
        ",".join([str(p), "", "0", "0", "0", "0", *(str(cells.get((p, s), "")) for s in statements)])
        for p in people
    )
    head = ",".join(
        ["participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree", *map(str, statements)]
    )
    return "\n".join([head, *rows, ""]).encode()


def read(content: bytes) -> opinions.VoteTable:
    return opinions.read_votes(io.BytesIO(content))


def table(votes: list[Vote]) -> opinions.VoteTable:
    people, statements, values = (np.array(part) for part in zip(*votes, strict=True))
    return opinions.gather_votes(people, statements, values.astype(np.int8))


def dense(votes: opinions.VoteTable) -> np.ndarray:
    """The table as a full matrix, NaN where no vote was cast."""
    full = np.full(votes.shape, np.nan)
    full[votes.rows, votes.columns] = votes.values
    return full
