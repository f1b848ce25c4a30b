"""Where a complaint stands, what may be done to it then, and how it may end; what shows that it was solved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sala.core.errors import Conflict, Invalid


class Status(StrEnum):
    """Where a complaint stands. Open311 knows open and closed; we map to it and keep our own."""

    RECEIVED = "received"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    RESOLVED = "resolved"
    CLOSED = "closed"
    REJECTED = "rejected"


class Move(StrEnum):
    """What can be done to a complaint that changes where it stands or who owns it."""

    ASSIGN = "assign"
    FORWARD = "forward"
    HAND_BACK = "hand_back"
    START = "start"
    RESOLVE = "resolve"
    REJECT = "reject"
    CONFIRM = "confirm"
    LAPSE = "lapse"
    REOPEN = "reopen"
    UPHOLD = "uphold"


OPEN = frozenset({Status.RECEIVED, Status.ASSIGNED, Status.IN_PROGRESS})
# Open, or said to be done and the person has not answered yet.
UNFINISHED = OPEN | {Status.RESOLVED}

# The whole life of a complaint: (where it stands, what is done) -> where it stands then. Pages print this table.
MOVES: Mapping[tuple[Status, Move], Status] = {
    (Status.RECEIVED, Move.ASSIGN): Status.ASSIGNED,
    (Status.ASSIGNED, Move.ASSIGN): Status.ASSIGNED,
    (Status.IN_PROGRESS, Move.ASSIGN): Status.IN_PROGRESS,
    (Status.RECEIVED, Move.FORWARD): Status.RECEIVED,
    (Status.ASSIGNED, Move.FORWARD): Status.RECEIVED,
    (Status.IN_PROGRESS, Move.FORWARD): Status.RECEIVED,
    (Status.RECEIVED, Move.HAND_BACK): Status.RECEIVED,
    (Status.ASSIGNED, Move.HAND_BACK): Status.RECEIVED,
    (Status.IN_PROGRESS, Move.HAND_BACK): Status.RECEIVED,
    (Status.RECEIVED, Move.START): Status.IN_PROGRESS,
    (Status.ASSIGNED, Move.START): Status.IN_PROGRESS,
    (Status.ASSIGNED, Move.RESOLVE): Status.RESOLVED,
    (Status.IN_PROGRESS, Move.RESOLVE): Status.RESOLVED,
    (Status.RECEIVED, Move.REJECT): Status.REJECTED,
    (Status.ASSIGNED, Move.REJECT): Status.REJECTED,
    (Status.RESOLVED, Move.CONFIRM): Status.CLOSED,
    (Status.RESOLVED, Move.LAPSE): Status.CLOSED,
    (Status.RESOLVED, Move.REOPEN): Status.IN_PROGRESS,
    (Status.CLOSED, Move.REOPEN): Status.IN_PROGRESS,
    (Status.CLOSED, Move.UPHOLD): Status.IN_PROGRESS,
    (Status.REJECTED, Move.UPHOLD): Status.RECEIVED,
}


def move(status: Status, what: Move) -> Status:
    """Where a complaint stands after a move. Raises Conflict if the table does not allow it from here."""
    try:
        return MOVES[status, what]
    except KeyError:
        raise Conflict("move_not_allowed", status=status.value, move=what.value) from None


def moves_from(status: Status) -> tuple[Move, ...]:
    """What can be done from here, in the order of the table."""
    return tuple(what for (at, what) in MOVES if at == status)


class Outcome(StrEnum):
    """How a closed complaint ended. Only CONFIRMED counts as solved in any figure."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    REJECTED = "rejected"


class RejectionReason(StrEnum):
    """Why a complaint is not taken up; each has words that say what the person can do instead."""

    NOT_A_COMPLAINT = "not_a_complaint"
    IN_COURT = "in_court"
    NO_SUBSTANCE = "no_substance"
    SETTLED_BEFORE = "settled_before"
    PRIVATE_DISPUTE = "private_dispute"
    ABUSIVE = "abusive"


class PauseReason(StrEnum):
    """Why the clock may stand still. Anything else is not a reason."""

    WAITING_FOR_PERSON = "waiting_for_person"
    WAITING_FOR_OTHER_AGENCY = "waiting_for_other_agency"
    WEATHER = "weather"
    DISASTER = "disaster"
    COURT_ORDER = "court_order"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an agency brings to show that it acted: words, and files of which some are pictures taken after."""

    words: str
    files: int


SHORTEST_ANSWER = 20


def require_evidence(evidence: Evidence, *, needs_file: bool) -> None:
    """Nothing is closed without evidence. Raises Invalid, naming the field that is missing.

    An answer has at least 20 characters; topics that leave a trace in the world need a picture or document.
    """
    fields = {}
    if len(evidence.words.strip()) < SHORTEST_ANSWER:
        fields["text"] = "answer_too_short"
    if needs_file and evidence.files == 0:
        fields["files"] = "evidence_needed"
    if fields:
        raise Invalid("evidence_needed", fields)


class TakeBackReason(StrEnum):
    """Why a file is taken back; everyone reads it, so it is chosen from a list and never told in words."""

    WRONG_FILE = "wrong_file"
    WRONG_COMPLAINT = "wrong_complaint"
    SHOWS_A_PERSON = "shows_a_person"
    UNREADABLE = "unreadable"
    CHANGED_MY_MIND = "changed_my_mind"


def may_take_evidence_back(*, needs_file: bool, is_shown: bool, others: int) -> bool:
    """Whether an office may take a file back itself: not the last one by which it showed that it acted.

    `needs_file`: the topic leaves a trace in the world; `is_shown`: the file was shown with a resolution;
    `others`: files that are still shown with it.
    """
    return not (needs_file and is_shown) or others > 0


def may_reopen(*, closed_at: datetime | None, until: datetime | None, now: datetime) -> bool:
    """A person may reopen while their answer is awaited, and after closing until `until`."""
    return closed_at is None or (until is not None and now <= until)
