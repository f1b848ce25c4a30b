"""Decisions about complaints that a person could dispute: moves, routing, urgency, escalation, what counts."""

from sala.core.privacy import Privacy
from sala.services.complaints.rules.appeals import APPEALABLE, may_appeal, who_decides
from sala.services.complaints.rules.messages import BY_PERSON, NOTE
from sala.services.complaints.rules.routes import BOUNCES_THAT_ALARM, is_bouncing
from sala.services.complaints.rules.states import (
    MOVES,
    OPEN,
    SHORTEST_ANSWER,
    UNFINISHED,
    Evidence,
    Move,
    Outcome,
    PauseReason,
    RejectionReason,
    Status,
    TakeBackReason,
    may_reopen,
    may_take_evidence_back,
    move,
    moves_from,
    require_evidence,
)
from sala.services.complaints.rules.telling import (
    problems_of_contact,
)
from sala.services.complaints.rules.triage import (
    ALWAYS_BY_A_PERSON,
    CONFIDENT,
    LIKENESS_ALONE,
    LIKENESS_WITH_PLACE,
    PICTURES_LOOKED_AT_FIRST,
    SEEN_IN_THE_WORLD,
    Guess,
    Proposal,
    likeness,
    propose,
)

__all__ = [
    "BY_PERSON",
    "NOTE",
    "APPEALABLE",
    "may_appeal",
    "who_decides",
    "TakeBackReason",
    "may_take_evidence_back",
    "ALWAYS_BY_A_PERSON",
    "BOUNCES_THAT_ALARM",
    "CONFIDENT",
    "Evidence",
    "Guess",
    "LIKENESS_ALONE",
    "LIKENESS_WITH_PLACE",
    "MOVES",
    "Move",
    "OPEN",
    "Outcome",
    "PICTURES_LOOKED_AT_FIRST",
    "PauseReason",
    "Privacy",
    "Proposal",
    "RejectionReason",
    "SEEN_IN_THE_WORLD",
    "SHORTEST_ANSWER",
    "Status",
    "UNFINISHED",
    "is_bouncing",
    "likeness",
    "may_reopen",
    "move",
    "moves_from",
    "problems_of_contact",
    "propose",
    "require_evidence",
]
