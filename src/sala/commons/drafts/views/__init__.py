"""What the doors of every service share, by noun: the journey before something is sent, looks of staff afterwards."""

from sala.commons.drafts.views.journeys import (
    Answers,
    Journey,
    Question,
    claim,
    find_file,
    find_proof,
    has_looked,
    own_link,
    proof_for,
    remember,
    remember_look,
    slip_of,
    start,
    step,
    wish_from,
)
from sala.commons.drafts.views.looks import Looks

__all__ = [
    "Answers",
    "Journey",
    "Looks",
    "Question",
    "claim",
    "find_file",
    "find_proof",
    "has_looked",
    "own_link",
    "proof_for",
    "remember",
    "remember_look",
    "slip_of",
    "start",
    "step",
    "wish_from",
]
