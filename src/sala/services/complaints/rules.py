"""Decisions about complaints that a person could dispute: moves, routing, urgency, escalation, what counts."""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
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


OPEN = frozenset({Status.RECEIVED, Status.ASSIGNED, Status.IN_PROGRESS})

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
    (Status.REJECTED, Move.REOPEN): Status.RECEIVED,
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


def is_text(text: str) -> bool:
    """Whether all of it can be kept and sent on: no NUL, no half of a surrogate pair."""
    return not any(c == "\0" or "\ud800" <= c <= "\udfff" for c in text)


def is_blank(text: str) -> bool:
    """Whether there is nothing to read in it: only spaces, controls and characters without a shape."""
    return all(unicodedata.category(c)[0] in "ZC" for c in text)


_ADDRESS = re.compile(
    r"[^@\s\x00-\x1f,;<>\"]{1,64}@(?:[^@\s.,;<>\"/\x00-\x1f]{1,63}\.)+[^@\s.,;<>\"/\x00-\x1f]{2,63}"
)


def is_phone(text: str) -> bool:
    """Whether a telephone number was typed: 9 to 15 digits of any script, whatever stands between them."""
    return 9 <= sum(character.isdigit() for character in text) <= 15


def problems_of_contact(phone: str, email: str) -> dict[str, str]:
    """What is wrong with a way to reach a person, by field; each may be empty."""
    problems = {}
    if phone and not is_phone(phone):
        problems["phone"] = "not_a_phone"
    if email and not (len(email) <= 254 and _ADDRESS.fullmatch(email)):
        problems["email"] = "not_an_email"
    return problems


class Privacy(StrEnum):
    """What the person chose that others may see."""

    PUBLIC = "public"
    AGENCY_ONLY = "agency_only"
    CONFIDENTIAL = "confidential"


def hidden_name(reference: str, opening: str) -> str:
    """The name in the ledger of a complaint that is not public: "~" and 32 letters that lead nowhere.

    HMAC-SHA256 of the reference under `opening` (64 hexadecimal digits, a secret of this complaint alone). Once
    the opening is told, anyone can compute that the name was this reference's and no other's.
    """
    return "~" + hmac.new(bytes.fromhex(opening), reference.encode(), hashlib.sha256).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Period:
    """A dated period: `days` are working days if `is_working`, else calendar days; `topic` "" means every topic."""

    code: str
    topic: str
    days: int
    is_working: bool
    law_th: str
    law_en: str
    valid_from: date
    valid_until: date | None


class NoPeriod(LookupError):
    """No period of this code is in force: the data of the installation is incomplete."""


def period_in_force(periods: Iterable[Period], *, code: str, topic: str, on: date) -> Period:
    """The period for a topic on a day: one for the topic itself before one for all, the newest in force.

    Raises NoPeriod if none is in force.
    """
    fitting = [
        p
        for p in periods
        if p.code == code
        and p.topic in ("", topic)
        and p.valid_from <= on
        and (p.valid_until is None or on <= p.valid_until)
    ]
    if not fitting:
        raise NoPeriod(f"{code} for {topic or 'all topics'} on {on}")
    return max(fitting, key=lambda p: (p.topic != "", p.valid_from))


class Urgency(StrEnum):
    """How near the date is; words and colour on every list."""

    ON_TIME = "on_time"
    NEARLY_DUE = "nearly_due"
    OVERDUE = "overdue"
    LONG_OVERDUE = "long_overdue"
    PAUSED = "paused"
    HISTORY = "history"
    DONE = "done"


def urgency(
    *, days_left: int, is_paused: bool, is_open: bool, nearly: int, long: int, is_history: bool = False
) -> Urgency:
    """How near the date is; `days_left` counts working days, below 0 when the date has passed.

    `nearly` is the largest number of days left that counts as nearly due; a complaint more than `long` working
    days over its date is long overdue. For `is_history`, one of an earlier system that nobody here has begun
    on, no clock runs.
    """
    if not is_open:
        return Urgency.DONE
    if is_history:
        return Urgency.HISTORY
    if is_paused:
        return Urgency.PAUSED
    if days_left < -long:
        return Urgency.LONG_OVERDUE
    if days_left < 0:
        return Urgency.OVERDUE
    return Urgency.NEARLY_DUE if days_left <= nearly else Urgency.ON_TIME


class EscalationLevel(StrEnum):
    """Who is told that a complaint is late, each further up."""

    NONE = ""
    SUPERVISOR = "supervisor"
    HEAD = "head"
    CENTRAL = "central"


LEVELS = (EscalationLevel.NONE, EscalationLevel.SUPERVISOR, EscalationLevel.HEAD, EscalationLevel.CENTRAL)


def escalation_due(*, days_over: int, thresholds: Mapping[EscalationLevel, int]) -> EscalationLevel:
    """The highest level whose threshold (working days over the date) is reached; NONE before the first."""
    reached = [level for level in LEVELS[1:] if days_over >= thresholds[level]]
    return reached[-1] if reached else EscalationLevel.NONE


BOUNCES_THAT_ALARM = 3


def is_bouncing(bounces: int) -> bool:
    """Whether a complaint has been sent on or back so often that a supervisor must look."""
    return bounces >= BOUNCES_THAT_ALARM


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


def may_reopen(*, closed_at: datetime | None, until: datetime | None, now: datetime) -> bool:
    """A person may reopen while their answer is awaited, and after closing until `until`."""
    return closed_at is None or (until is not None and now <= until)


# Topics that a machine never routes alone: what is at stake is a person's safety or the state's honesty.
ALWAYS_BY_A_PERSON = frozenset({"corruption", "officer_conduct", "procurement", "crime_safety", "drugs"})
# Topics about a thing at a place, where a picture shows whether it was mended.
SEEN_IN_THE_WORLD = frozenset(
    {
        "street_light",
        "road_damage",
        "sidewalk",
        "traffic_signal",
        "obstruction",
        "bridge",
        "flood_drain",
        "canal_water",
        "garbage",
        "tree",
        "water_supply",
        "electricity",
        "cables",
        "building",
    }
)
CONFIDENT = 0.5


@dataclass(frozen=True, slots=True)
class Guess:
    """A topic the machine proposes, how sure it is (0 to 1), and the words that decided."""

    topic: str
    confidence: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """Where a new complaint should go: the topic, whether a person must confirm it, the guesses shown to them."""

    topic: str
    is_sure: bool
    guesses: tuple[Guess, ...]


def propose(*, chosen: str, guesses: tuple[Guess, ...], other: str = "other") -> Proposal:
    """The topic of a new complaint: what the person chose, else the machine's best guess if it is sure enough.

    A guess below the confidence threshold or of a topic that people must route becomes "other" for triage, with
    the guesses beside it. The machine's doubt is shown as doubt.
    """
    if chosen and chosen != other:
        return Proposal(chosen, chosen not in ALWAYS_BY_A_PERSON, guesses)
    best = guesses[0] if guesses else None
    if best is None or best.confidence < CONFIDENT:
        return Proposal(other, False, guesses)
    return Proposal(best.topic, best.topic not in ALWAYS_BY_A_PERSON, guesses)


LIKENESS_WITH_PLACE = 0.15
LIKENESS_ALONE = 0.4


def likeness(grams: Iterable[str], others: Iterable[str]) -> float:
    """How much of the shorter text's letter groups the other has too, 0 to 1; 0 if either has none."""
    one, other = frozenset(grams), frozenset(others)
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


# A report of a fraud names one address or two; advertising names many, or hardly anything else.
MOST_LINKS = 2
SHARE_OF_LINKS = 0.5
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
# Neighbours send "ไฟดับ" word for word alike; nobody sends two lines word for word alike by chance.
LONG_ENOUGH_TO_COPY = 30
SAME_WORDS_USED = 0.5
NEARLY_FULL = 0.9


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a door knows of a complaint beside what it says; both are shares of a rate limit's room, 0 to 1.

    `same_words_used`: how much of the room for these very words from this address; `room_used`: for anything.
    """

    text: str
    same_words_used: float = 0.0
    room_used: float = 0.0


def is_suspect(arrival: Arrival) -> bool:
    """Whether a moderator should look before anybody else: many links, the same words again and again, a flood.

    The sender is not told and nothing is lost: a moderator releases what is a real complaint.
    """
    links = _LINK.findall(arrival.text)
    told = len("".join(arrival.text.split()))
    if len(links) > MOST_LINKS or (links and sum(map(len, links)) > SHARE_OF_LINKS * told):
        return True
    return arrival.same_words_used > SAME_WORDS_USED or arrival.room_used > NEARLY_FULL


def may_be_copied(text: str) -> bool:
    """Whether a text is so long that the same words again are hardly chance."""
    return len(text) >= LONG_ENOUGH_TO_COPY


SMALLEST_SAMPLE = 10


def percent(part: int, whole: int) -> int | None:
    """A share as whole percent, half up; None below ten cases, where one case more would turn the figure."""
    return (200 * part + whole) // (2 * whole) if whole >= SMALLEST_SAMPLE else None
