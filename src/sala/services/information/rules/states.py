"""Where a request stands at the office that answers it, and what may be done to it then.

Lateness and what the Board or the Tribunal do are no states here: both run beside these (`standing`).
"""

from collections.abc import Mapping
from enum import StrEnum

from sala.core.errors import Conflict


class Status(StrEnum):
    """Where a request stands at the office. What a person reads is `standing.Standing`, which knows dates too."""

    RECEIVED = "received"
    CLARIFYING = "clarifying"
    ASLEEP = "asleep"
    TRANSFERRED = "transferred"
    CONSULTING = "consulting"
    GRANTED = "granted"
    PARTLY_GRANTED = "partly_granted"
    REFUSED = "refused"
    NOT_HELD = "not_held"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class Move(StrEnum):
    """What can be done to a request that changes where it stands."""

    ASK = "ask"
    CLARIFY = "clarify"
    LAPSE = "lapse"
    TRANSFER = "transfer"
    ACCEPT = "accept"
    HAND_BACK = "hand_back"
    CONSULT = "consult"
    HEARD = "heard"
    GRANT = "grant"
    GRANT_PARTLY = "grant_partly"
    REFUSE = "refuse"
    DENY_HOLDING = "deny_holding"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    CLOSE = "close"


# The office must act. While a request sleeps or waits for its person, the office need not.
WITH_OFFICE = frozenset({Status.RECEIVED, Status.TRANSFERRED, Status.CONSULTING})
OPEN = WITH_OFFICE | {Status.CLARIFYING}
# The office has given its answer; a way to somebody above it may still be open.
ANSWERED = frozenset({Status.GRANTED, Status.PARTLY_GRANTED, Status.REFUSED, Status.NOT_HELD})
ENDED = frozenset({Status.WITHDRAWN, Status.CLOSED})

ANSWERS: Mapping[Move, Status] = {
    Move.GRANT: Status.GRANTED,
    Move.GRANT_PARTLY: Status.PARTLY_GRANTED,
    Move.REFUSE: Status.REFUSED,
    Move.DENY_HOLDING: Status.NOT_HELD,
}

# The whole life of a request at the office: (where it stands, what is done) -> where it stands then. The page of
# the rules and the docs print this table.
MOVES: Mapping[tuple[Status, Move], Status] = {
    (Status.RECEIVED, Move.ASK): Status.CLARIFYING,
    (Status.TRANSFERRED, Move.ASK): Status.CLARIFYING,
    (Status.CLARIFYING, Move.CLARIFY): Status.RECEIVED,
    # Nobody is pressed for an answer: what the person never explained sleeps, and wakes when they do.
    (Status.CLARIFYING, Move.LAPSE): Status.ASLEEP,
    (Status.ASLEEP, Move.CLARIFY): Status.RECEIVED,
    (Status.RECEIVED, Move.TRANSFER): Status.TRANSFERRED,
    (Status.TRANSFERRED, Move.TRANSFER): Status.TRANSFERRED,
    (Status.TRANSFERRED, Move.ACCEPT): Status.RECEIVED,
    (Status.TRANSFERRED, Move.HAND_BACK): Status.RECEIVED,
    (Status.RECEIVED, Move.CONSULT): Status.CONSULTING,
    (Status.CONSULTING, Move.CONSULT): Status.CONSULTING,
    (Status.CONSULTING, Move.HEARD): Status.RECEIVED,
    # An answer follows from work of one's own: whoever was sent a request accepts it first, and whoever asked third
    # parties decides once they were heard (`third_parties.require_heard`).
    **{(Status.RECEIVED, given): status for given, status in ANSWERS.items()},
    # While third parties are asked, what does not concern them needs not wait: refusing or not holding may be said.
    (Status.CONSULTING, Move.REFUSE): Status.REFUSED,
    (Status.CONSULTING, Move.DENY_HOLDING): Status.NOT_HELD,
    # More may always be given: because the person says that something is missing, because the Board or the
    # Tribunal decided so, or because the office thinks again.
    **{(given, Move.REOPEN): Status.RECEIVED for given in ANSWERS.values()},
    (Status.CLOSED, Move.REOPEN): Status.RECEIVED,
    **{(given, Move.CLOSE): Status.CLOSED for given in ANSWERS.values()},
    (Status.RECEIVED, Move.WITHDRAW): Status.WITHDRAWN,
    (Status.CLARIFYING, Move.WITHDRAW): Status.WITHDRAWN,
    (Status.ASLEEP, Move.WITHDRAW): Status.WITHDRAWN,
    (Status.TRANSFERRED, Move.WITHDRAW): Status.WITHDRAWN,
    (Status.CONSULTING, Move.WITHDRAW): Status.WITHDRAWN,
}


def move(status: Status, what: Move) -> Status:
    """Where a request stands after a move. Raises Conflict if the table does not allow it from here."""
    try:
        return MOVES[status, what]
    except KeyError:
        raise Conflict("move_not_allowed", status=status.value, move=what.value) from None


def moves_from(status: Status) -> tuple[Move, ...]:
    """What can be done from here, in the order of the table."""
    return tuple(what for (at, what) in MOVES if at == status)
