"""Find reports that tell of the same matter again, by text, place and time."""

from sala.engines.thai.repeats.index import CANDIDATE, Index, Match, letters_of
from sala.engines.thai.repeats.search import Finding, Likely, Report, find_repeats
from sala.engines.thai.repeats.verdict import Limits, Place, Verdict, decide, is_same_place, metres_between

__all__ = [
    "CANDIDATE",
    "Finding",
    "Index",
    "Likely",
    "Limits",
    "Match",
    "Place",
    "Report",
    "Verdict",
    "decide",
    "find_repeats",
    "is_same_place",
    "letters_of",
    "metres_between",
]
