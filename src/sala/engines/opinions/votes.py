"""The table of votes: who agreed (1), passed (0) or disagreed (-1) with which statement. Only cast votes
are stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

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


def check_table(votes: VoteTable) -> None:
    """Refuse (BadVotesError) a table made by hand whose parts do not fit together."""
    people, statements = votes.shape
    starts, columns, values = votes.starts, votes.columns, votes.values
    if not len(values):
        raise BadVotesError("there are no votes")
    if (
        len(starts) != people + 1
        or starts[0] != 0
        or starts[-1] != len(values)
        or len(columns) != len(values)
    ):
        raise BadVotesError("the starts, columns and values of the table do not fit together")
    if bool((np.diff(starts) < 1).any()):
        raise BadVotesError("every participant of the table must have cast a vote")
    if int(columns.min()) < 0 or int(columns.max()) >= statements:
        raise BadVotesError("the table names a statement that it does not hold")
    if int(values.min()) < DISAGREE or int(values.max()) > AGREE:
        raise BadVotesError("a vote of the table is not 1 (agree), 0 (pass) or -1 (disagree)")


def gather_votes(
    participants: ArrayLike | Sequence[int | str],
    statements: ArrayLike | Sequence[int | str],
    values: ArrayLike,
    times: ArrayLike | None = None,
) -> VoteTable:
    """Make a table from vote events, arrays or lists of one length; of repeated votes the last one counts.

    Last means the greatest time (any integer unit, or datetime64), and among equal times, or without times,
    the one standing last. Raises BadVotesError where there is no vote at all, where lengths differ, an id is
    missing or a vote is not 1, 0 or -1, or where there are more than the sort key can hold (63 bits).
    """
    participants, statements = _ids(participants, "participant"), _ids(statements, "statement")
    values = _checked_values(np.asarray(values))
    times = None if times is None else _checked_times(np.asarray(times))
    lengths = {len(participants), len(statements), len(values), len(values if times is None else times)}
    if len(lengths) > 1:
        raise BadVotesError(
            f"there are {len(participants)} participants, {len(statements)} statements and {len(values)} votes"
            + ("" if times is None else f" and {len(times)} times")
            + "; one of each belongs to a vote"
        )
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


def _ids(given: Any, what: str) -> NDArray[np.generic]:
    """Ids as an array of whole numbers or of text; a number in floating point must be whole."""
    if isinstance(given, np.ndarray) and given.ndim == 1 and given.dtype.kind in "iuU":
        found: NDArray[np.generic] = given
    else:
        listed = list(given)
        if any(
            isinstance(one, bool | np.bool_) or not isinstance(one, int | str | np.integer | np.str_)
            for one in listed
        ):
            listed = [_id(one, what) for one in listed]
        numbers = all(not isinstance(one, str) and -(2**63) <= one < 2**63 for one in listed)
        found = np.array(
            [int(one) if numbers else str(one) for one in listed], dtype=np.int64 if numbers else np.str_
        )
    if found.dtype.kind == "U" and any(not text.strip() for text in np.unique(found).tolist()):
        raise BadVotesError(f"the {what} of a vote is empty")
    return found


def _id(given: object, what: str) -> int | str:
    if isinstance(given, float | np.floating) and float(given).is_integer():
        return int(given)
    if isinstance(given, bool | np.bool_) or not isinstance(given, int | str | np.integer):
        raise BadVotesError(f"the {what} {given!r} is neither a whole number nor a text")
    return given if isinstance(given, str) else int(given)


def _checked_values(values: NDArray[Any]) -> NDArray[np.int8]:
    if values.ndim != 1 or (len(values) and values.dtype.kind not in "iuf"):
        raise BadVotesError("the votes must be one row of the numbers 1 (agree), 0 (pass) and -1 (disagree)")
    wrong = np.flatnonzero(~((values == AGREE) | (values == PASS) | (values == DISAGREE)))
    if len(wrong):
        raise BadVotesError(
            f"vote {wrong[0] + 1} is {values[wrong[0]].item()!r}, not 1 (agree), 0 (pass) or -1 (disagree)"
        )
    return values.astype(np.int8, copy=False)


def _checked_times(times: NDArray[Any]) -> IntArray:
    if times.dtype.kind == "M":
        if bool(np.isnat(times).any()):
            raise BadVotesError("the time of a vote is missing")
        return times.astype("datetime64[us]").astype(np.int64)
    if times.ndim != 1 or (len(times) and times.dtype.kind not in "iu"):
        raise BadVotesError("the times must be one row of whole numbers, or of datetime64")
    return times.astype(np.int64, copy=False)


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
