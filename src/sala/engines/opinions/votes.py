"""The table of votes: who agreed (1), passed (0) or disagreed (-1) with which statement. Only cast votes
are stored."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

AGREE, PASS, DISAGREE = 1, 0, -1


class BadVotesError(ValueError):
    """Votes that cannot be used; the message is one clear sentence, with the line number where there is
    one."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(f"line {line}: {message}" if line is not None else message)
        self.line = line


@dataclass(frozen=True)
class VoteTable:
    """Cast votes, one row a participant, one column a statement, both in the order of their ids.

    `starts` has participants + 1 entries: the votes of participant `i` are `columns[starts[i]:starts[i + 1]]`
    (statement positions, ascending) with `values` beside them. `repeats` counts votes a later vote replaced.
    """

    participants: NDArray[np.generic]
    statements: NDArray[np.generic]
    starts: IntArray
    columns: NDArray[np.int32]
    values: NDArray[np.int8]
    repeats: int = 0

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.participants), len(self.statements)

    @cached_property
    def seen(self) -> IntArray:
        """How many statements each participant voted on, pass included."""
        return np.diff(self.starts)

    @cached_property
    def rows(self) -> NDArray[np.int32]:
        """The participant position of every vote, in storage order."""
        return np.repeat(np.arange(len(self.participants), dtype=np.int32), self.seen)

    def of_rows(self, picked: IntArray) -> "VoteTable":
        """The same table with only the picked participants, in the order given; a row may be picked twice."""
        seen = self.seen[picked]
        starts = np.concatenate(([0], np.cumsum(seen)))
        taken = np.arange(starts[-1]) + np.repeat(self.starts[picked] - starts[:-1], seen)
        return VoteTable(
            self.participants[picked], self.statements, starts, self.columns[taken], self.values[taken]
        )


def gather_votes(
    participants: NDArray[np.generic],
    statements: NDArray[np.generic],
    values: NDArray[np.int8],
    times: IntArray | None = None,
) -> VoteTable:
    """Make a table from vote events, all arrays of one length; of repeated votes the last one counts.

    Last means the greatest time (any integer unit), and among equal times, or without times, the one
    standing last. Raises BadVotesError where there is no vote at all, or more than the sort key can hold
    (63 bits).
    """
    if len(values) == 0:
        raise BadVotesError("there are no votes")
    people, row = code_ids(participants)
    texts, column = code_ids(statements)
    key, width = _sort_key(row, column, len(people), len(texts))
    del row, column  # at twenty million votes each array counts
    last = np.empty(len(key), dtype=bool)
    last[-1] = True
    np.not_equal(key[1:] >> width, key[:-1] >> width, out=last[:-1])
    chosen = key[last] & ((1 << width) - 1) if times is None else _latest(key, width, last, times)
    pair = key[last] >> width
    del key, last
    counts = np.bincount(pair // len(texts), minlength=len(people))
    pair %= len(texts)
    return VoteTable(
        people,
        texts,
        np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        pair.astype(np.int32),
        values[chosen],
        repeats=len(values) - len(pair),
    )


def code_ids(ids: NDArray[np.generic]) -> tuple[NDArray[np.generic], NDArray[np.int32]]:
    """Distinct ids in ascending order, and for each entry its position among them."""
    if ids.dtype.kind in "iu" and len(ids):
        low, high = int(ids.min()), int(ids.max())
        if high - low < 4 * len(ids) + 1_000_000:
            there = np.zeros(high - low + 1, dtype=bool)
            offsets = ids - low
            there[offsets] = True
            positions = np.cumsum(there, dtype=np.int32) - 1
            return np.flatnonzero(there) + low, positions[offsets]
    distinct, codes = np.unique(ids, return_inverse=True)
    return distinct, codes.astype(np.int32)


def _sort_key(
    row: NDArray[np.int32], column: NDArray[np.int32], row_count: int, column_count: int
) -> tuple[IntArray, int]:
    """One sorted integer per vote: the pair (participant, statement) above, the place in the file below."""
    width = max(1, len(row).bit_length())
    if (row_count * column_count).bit_length() + width > 63:
        raise BadVotesError(
            f"{row_count} participants × {column_count} statements are more than one map can hold"
        )
    key = row.astype(np.int64)
    key *= column_count
    key += column
    key <<= width
    key |= np.arange(len(row), dtype=np.int64)
    key.sort()
    return key, width


def _latest(key: IntArray, width: int, last: NDArray[np.bool_], times: IntArray) -> IntArray:
    """For each pair, the place of the vote with the greatest time; ties go to the one standing last."""
    place = (1 << width) - 1
    chosen = key[last] & place
    ends = np.flatnonzero(last)
    begins = np.append(0, ends[:-1] + 1)
    for index in np.flatnonzero(ends > begins):
        run = key[begins[index] : ends[index] + 1] & place
        moments = times[run]
        chosen[index] = run[np.flatnonzero(moments == moments.max())[-1]]
    return chosen
