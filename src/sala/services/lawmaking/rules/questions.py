"""Where a legal question stands, until when an answer is expected, and what may be done to it then.

Pure: days are days in Thailand, and nothing here knows the clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sala.core.deadlines import Law
from sala.core.errors import Conflict, Invalid


class Status(StrEnum):
    """Where a question stands at the office. What a person reads is `Standing`, which knows dates too."""

    RECEIVED = "received"
    PASSED = "passed"
    CLARIFYING = "clarifying"
    RESTING = "resting"
    ANSWERED = "answered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    """What can be done to a question that changes where it stands."""

    ASK = "ask"
    CLARIFY = "clarify"
    LAPSE = "lapse"
    PASS = "pass"
    ANSWER = "answer"
    DECLINE = "decline"
    FOLLOW_UP = "follow_up"
    REVISE = "revise"
    WITHDRAW = "withdraw"


# The office must act. While it waits for the person, or the question rests, it need not.
WITH_OFFICE = frozenset({Status.RECEIVED, Status.PASSED})
WITH_PERSON = frozenset({Status.CLARIFYING, Status.RESTING})
OPEN = WITH_OFFICE | WITH_PERSON
ANSWERED = frozenset({Status.ANSWERED, Status.DECLINED})

# The whole life of a question: (where it stands, what is done) -> where it stands then. The page of the rules and
# the docs print this table.
MOVES: Mapping[tuple[Status, Move], Status] = {
    **{(status, Move.ASK): Status.CLARIFYING for status in (Status.RECEIVED, Status.PASSED)},
    (Status.CLARIFYING, Move.CLARIFY): Status.RECEIVED,
    # Nobody is pressed for an answer: what the person never explained rests, and goes on when they do.
    (Status.CLARIFYING, Move.LAPSE): Status.RESTING,
    (Status.RESTING, Move.CLARIFY): Status.RECEIVED,
    # Whoever it was passed to may pass it on; the day does not move, so going round costs the offices alone.
    **{(status, Move.PASS): Status.PASSED for status in (Status.RECEIVED, Status.PASSED)},
    **{(status, Move.ANSWER): Status.ANSWERED for status in (Status.RECEIVED, Status.PASSED)},
    **{(status, Move.DECLINE): Status.DECLINED for status in (Status.RECEIVED, Status.PASSED)},
    **{(status, Move.FOLLOW_UP): Status.RECEIVED for status in (Status.ANSWERED, Status.DECLINED)},
    # Laws change, and an office may have erred: a new answer stands beside the old one and never over it.
    **{(status, Move.REVISE): Status.ANSWERED for status in (Status.ANSWERED, Status.DECLINED)},
    **{
        (status, Move.WITHDRAW): Status.WITHDRAWN
        for status in (Status.RECEIVED, Status.PASSED, Status.CLARIFYING, Status.RESTING)
    },
}


def move(status: Status, what: Move) -> Status:
    """Where a question stands after a move. Raises Conflict if the table does not allow it from here."""
    try:
        return MOVES[status, what]
    except KeyError:
        raise Conflict("move_not_allowed", status=status.value, move=what.value) from None


def moves_from(status: Status) -> tuple[Move, ...]:
    """What can be done from here, in the order of the table."""
    return tuple(what for (at, what) in MOVES if at == status)


class Openness(StrEnum):
    """Who may read question and answer. The values are those of `matters.Visibility`."""

    PUBLIC = "public"
    AGENCY_ONLY = "agency_only"


class Reason(StrEnum):
    """Why an office does not answer. Each is said in public, with what the person can do instead."""

    ANSWERED_BEFORE = "answered_before"
    BEFORE_COURT = "before_court"
    NEEDS_LAWYER = "needs_lawyer"
    NO_QUESTION_OF_LAW = "no_question_of_law"


SHORTEST_WORDS = 20
MOST_CITATIONS = 5


@dataclass(frozen=True, slots=True)
class Citation:
    """A law and the section of it that an answer relies on, as people write them."""

    law: str
    section: str


def require_citations(citations: tuple[Citation, ...]) -> None:
    """An answer names at least one law with its section: else nobody can check it. Raises Invalid by field."""
    if not citations:
        raise Invalid("invalid", {"law_1": "law_missing"})
    if len(citations) > MOST_CITATIONS:
        raise Invalid("invalid", {"law_1": "too_many_laws"})
    for number, one in enumerate(citations, 1):
        if not one.law.strip():
            raise Invalid("invalid", {f"law_{number}": "law_missing"})
        if not one.section.strip():
            raise Invalid("invalid", {f"section_{number}": "section_missing"})


def require_reason(reason: Reason, words: str, *, has_earlier: bool) -> None:
    """Not answering has a reason in words; "answered before" leads to that answer. Raises Invalid."""
    if len(words.strip()) < SHORTEST_WORDS:
        raise Invalid("invalid", {"text": "say_why"})
    if (reason is Reason.ANSWERED_BEFORE) is not has_earlier:
        raise Invalid("invalid", {"earlier": "earlier_missing" if not has_earlier else "earlier_not_wanted"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What the rules need to know of a question; all days are days in Thailand.

    `received_on` is the day the first office received it: passing it on never changes it. `clarified_on` and
    `followed_up_on` are the days on which the person last answered the office, or said that something is not clear;
    `asked_on` that of the office's last question, `answered_on` that of its last answer.
    """

    status: Status
    received_on: date
    asked_on: date | None = None
    clarified_on: date | None = None
    followed_up_on: date | None = None
    answered_on: date | None = None
    reminded_on: date | None = None
    openness: Openness = Openness.PUBLIC


class Standing(StrEnum):
    """How a question stands, in one word: for lists, tags and counts."""

    RECEIVED = "received"
    PASSED = "passed"
    OVERDUE = "overdue"
    CLARIFYING = "clarifying"
    RESTING = "resting"
    ANSWERED = "answered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


def counted_from(case: Case) -> date:
    """The day from which the office's days run.

    The latest of receipt, of the person's last answer to a question (while the office waited for it, it could not
    work), and of their saying that the answer is not clear. Never that of passing it on.
    """
    days = (case.received_on, case.clarified_on, case.followed_up_on)
    return max(day for day in days if day is not None)


def answer_expected_on(case: Case, law: Law) -> date:
    """Until when an answer is expected. Raises core.deadlines.NoPeriod."""
    return law.until("answer", counted_from(case))


def is_overdue(case: Case, law: Law, today: date) -> bool:
    """Whether the office owes an answer and the expected day has passed."""
    return case.status in WITH_OFFICE and today > answer_expected_on(case, law)


def standing(case: Case, law: Law, today: date) -> Standing:
    """How a question stands on a day: late before anything else the office has."""
    return Standing.OVERDUE if is_overdue(case, law, today) else Standing(case.status.value)


def is_resting_due(case: Case, law: Law, today: date) -> bool:
    """Whether the office's question was never answered within its days."""
    if case.status is not Status.CLARIFYING or case.asked_on is None:
        return False
    return today > law.until("rest", case.asked_on)


class OwnAct(StrEnum):
    """What the person who asked can do."""

    EXPLAIN = "explain"
    FOLLOW_UP = "follow_up"
    REMIND = "remind"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


# More often would be a stick and no reminder.
REMIND_AGAIN_AFTER = timedelta(days=7)


def own_acts(case: Case, law: Law, today: date) -> tuple[OwnAct, ...]:
    """What the person can do today, the nearest first."""
    acts = []
    if case.status in WITH_PERSON:
        acts.append(OwnAct.EXPLAIN)
    if (
        case.answered_on is not None
        and case.status in ANSWERED
        and today <= law.until("follow_up", case.answered_on)
    ):
        acts.append(OwnAct.FOLLOW_UP)
    if is_overdue(case, law, today) and not was_reminded_lately(case, today):
        acts.append(OwnAct.REMIND)
    if case.openness is Openness.AGENCY_ONLY:
        acts.append(OwnAct.PUBLISH)
    if (case.status, Move.WITHDRAW) in MOVES:
        acts.append(OwnAct.WITHDRAW)
    return tuple(acts)


def was_reminded_lately(case: Case, today: date) -> bool:
    """Whether the office was reminded within the last week."""
    return case.reminded_on is not None and today < case.reminded_on + REMIND_AGAIN_AFTER


def follow_up_until(case: Case, law: Law) -> date | None:
    """Until when the person may say that the answer is not clear; None before an answer."""
    return law.until("follow_up", case.answered_on) if case.answered_on else None
