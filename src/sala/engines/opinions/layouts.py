"""The two layouts of a file of votes, told apart by the header: a stream of votes, or a matrix."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sala.engines.opinions.conversation import CONVERSATION_NAMES
from sala.engines.opinions.ids import as_ids
from sala.engines.opinions.votes import BadVotesError

PARTICIPANT_NAMES = ("voter-id", "participant-id", "participant", "voter_id", "participant_id", "pid")
STATEMENT_NAMES = ("comment-id", "statement-id", "comment_id", "statement_id", "tid")
TIME_NAMES = ("timestamp", "created", "modified")
ABOUT_PARTICIPANT = {
    *CONVERSATION_NAMES,
    "group-id",
    "n-comments",
    "n-votes",
    "n-agree",
    "n-disagree",
    "n-pass",
    "xid",
}


@dataclass(frozen=True)
class Layout:
    """Where things stand in a file: column positions. A stream has `statement` and `vote`, a matrix has
    `statements`."""

    header: tuple[str, ...]
    participant: int
    statement: int | None = None
    vote: int | None = None
    time: int | None = None
    statements: tuple[int, ...] = ()
    conversation: int | None = None


def find_layout(header: Sequence[str]) -> Layout:
    """Tell the layout of a file from its header. Raises BadVotesError (line 1) where it is neither."""
    names = [name.strip().lower() for name in header]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise BadVotesError(f"two columns are named {twice!r}", 1)
    participant = position_of(names, PARTICIPANT_NAMES)
    if participant is None:
        raise BadVotesError(
            f"there is no column of participants; looked for {', '.join(PARTICIPANT_NAMES[:3])}, "
            f"found {', '.join(names[:6]) or 'nothing'}",
            1,
        )
    if "vote" in names:
        statement = position_of(names, STATEMENT_NAMES)
        if statement is None:
            raise BadVotesError("there is a column of votes but none of statements (comment-id)", 1)
        return Layout(
            tuple(header),
            participant,
            statement,
            names.index("vote"),
            position_of(names, TIME_NAMES),
            conversation=position_of(names, CONVERSATION_NAMES),
        )
    statements = _statement_columns(names, participant)
    if not statements:
        raise BadVotesError("there is neither a column of votes nor one column per statement", 1)
    return Layout(
        tuple(header),
        participant,
        statements=statements,
        conversation=position_of(names, CONVERSATION_NAMES),
    )


def _statement_columns(names: Sequence[str], participant: int) -> tuple[int, ...]:
    """Columns named by a number, if there are any: exports add others about the participant over the years."""
    others = [index for index in range(len(names)) if index != participant]
    numbered = tuple(index for index in others if names[index].isascii() and names[index].isdigit())
    return numbered or tuple(
        index for index in others if names[index].replace("_", "-") not in ABOUT_PARTICIPANT
    )


def statement_ids(layout: Layout) -> NDArray[np.generic]:
    """The ids in the header of a matrix."""
    return as_ids([layout.header[index].strip() for index in layout.statements])


def position_of(names: list[str], wanted: Sequence[str]) -> int | None:
    """Where the first of the wanted names stands, if any does."""
    return next((names.index(name) for name in wanted if name in names), None)
