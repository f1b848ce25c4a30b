"""How a request stands on a day, in one word, and who must do what by when.

One word because lists, tags and counts need one; it is made from the state at the office, what runs before the
Board or the Tribunal, and the date.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sala.core.deadlines import Law
from sala.services.information.rules.grounds import Ground, Wish
from sala.services.information.rules.proceedings import APPEALS, Kind, Proceeding, Ruling, Stage
from sala.services.information.rules.states import WITH_OFFICE, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What the rules need to know of a request; all days are days in Thailand.

    `received_on` is the day the first office received it: a transfer never changes it. `clarified_on` is the day on
    which the person last answered a question, `reopened_on` that on which the office took it up again, `extended_to`
    the day until which it asked for longer because the thing is fragile (s. 11 para 2, the only extension there is).
    `answer` is the last answer given, also while the request is open again or closed: its days run on. `notified_on`
    is the day on which the person had it before them; the page counts from the day it could be read, so that nobody
    is told a day too late. `grounds` are those of the answer. `is_given`: what a ruling ordered to be given was given.
    """

    status: Status
    received_on: date
    wish: Wish = Wish.INFORMATION
    asked_on: date | None = None
    clarified_on: date | None = None
    reopened_on: date | None = None
    extended_to: date | None = None
    answer: Status | None = None
    notified_on: date | None = None
    grounds: frozenset[Ground] = frozenset()
    proceedings: tuple[Proceeding, ...] = ()
    is_given: bool = False


class Standing(StrEnum):
    """How a request stands, in one word."""

    RECEIVED = "received"
    CLARIFYING = "clarifying"
    ASLEEP = "asleep"
    TRANSFERRED = "transferred"
    CONSULTING = "consulting"
    OVERDUE = "overdue"
    GRANTED = "granted"
    PARTLY_GRANTED = "partly_granted"
    REFUSED = "refused"
    NOT_HELD = "not_held"
    COMPLAINED = "complained"
    APPEALED = "appealed"
    BEFORE_TRIBUNAL = "before_tribunal"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


def answer_expected_on(case: Case, law: Law) -> date:
    """Until when an answer is expected.

    Counted from receipt, from the person's last answer to a question (while the office waited for them it could not
    work), or from the day it was taken up again, whichever is latest. Neither a transfer nor asking third parties
    moves it: how the state divides its work is not the person's business.
    """
    began = max(day for day in (case.received_on, case.clarified_on, case.reopened_on) if day is not None)
    return max(law.until("answer", began), case.extended_to or date.min)


def is_overdue(case: Case, law: Law, today: date) -> bool:
    """Whether the office owes an answer and the day on which it was expected has passed."""
    return case.status in WITH_OFFICE and today > answer_expected_on(case, law)


def running(case: Case) -> Proceeding | None:
    """What runs before the Board or the Tribunal, an appeal before a complaint; of an objector's nothing is told
    here, since it is theirs."""
    own = [p for p in case.proceedings if p.is_running and p.kind is not Kind.OBJECTOR_APPEAL]
    return min(own, key=lambda p: (p.kind not in APPEALS, p.filed_on), default=None)


def last_ruling(case: Case) -> Proceeding | None:
    """What was decided last for the person, if anything."""
    own = [
        p
        for p in case.proceedings
        if p.stage is Stage.DECIDED and p.decided_on is not None and p.kind is not Kind.OBJECTOR_APPEAL
    ]
    return max(own, key=lambda p: p.decided_on or p.filed_on, default=None)


def is_owed(case: Case) -> bool:
    """Whether the person was found right and has not been given what they asked for."""
    ruled = last_ruling(case)
    return ruled is not None and ruled.ruling in (Ruling.UPHELD, Ruling.PARTLY_UPHELD) and not case.is_given


def standing(case: Case, law: Law, today: date) -> Standing:
    """How a request stands on a day. What runs above the office comes first, then lateness, then the state."""
    if case.status in (Status.WITHDRAWN, Status.CLOSED):
        return Standing(case.status.value)
    above = running(case)
    if above is not None:
        if above.kind is Kind.COMPLAINT:
            return Standing.COMPLAINED
        return Standing.APPEALED if above.stage is Stage.AT_BOARD else Standing.BEFORE_TRIBUNAL
    ruled = last_ruling(case)
    # A refusal that was confirmed above is decided, and so is one that was found wrong and not mended yet.
    if ruled is not None and (is_owed(case) or case.status in (Status.REFUSED, Status.NOT_HELD)):
        return Standing.DECIDED
    return Standing.OVERDUE if is_overdue(case, law, today) else Standing(case.status.value)


class Who(StrEnum):
    """Who must act, or to whom one turns."""

    PERSON = "person"
    OFFICE = "office"
    BOARD = "board"
    TRIBUNAL = "tribunal"
    ARCHIVES = "archives"
    COURT = "court"


@dataclass(frozen=True, slots=True)
class Awaited:
    """Whose turn it is, until when (None: the law gives no day), and by which period that is counted."""

    who: Who
    until: date | None
    period: str = ""


def awaited(case: Case, law: Law) -> Awaited | None:
    """Whose turn it is; None when nobody owes anything any more."""
    if case.status in (Status.WITHDRAWN, Status.CLOSED):
        return None
    above = running(case)
    if above is not None:
        return _awaited_above(above, law)
    if is_owed(case):
        # The Act names no day for doing what was ruled; so does this page.
        return Awaited(Who.OFFICE, None)
    if case.status is Status.CLARIFYING and case.asked_on is not None:
        return Awaited(Who.PERSON, law.until("sleep", case.asked_on), "sleep")
    if case.status in WITH_OFFICE:
        return Awaited(Who.OFFICE, answer_expected_on(case, law), "answer")
    return None


def _awaited_above(above: Proceeding, law: Law) -> Awaited:
    longer = "_extended" if above.is_extended else ""
    if above.kind is Kind.COMPLAINT:
        return Awaited(
            Who.BOARD, law.until(f"complain_decide{longer}", above.filed_on), f"complain_decide{longer}"
        )
    if above.forwarded_on is None:
        return Awaited(Who.BOARD, law.until("forward", above.filed_on), "forward")
    code = f"tribunal_decide{longer}"
    return Awaited(Who.TRIBUNAL, law.until(code, above.forwarded_on), code)
