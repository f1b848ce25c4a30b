"""Participatory-budget counting: greedy, Equal Shares, Phragmén; exact, explained, repeatable by anyone."""

from sala.engines.tally.certificate import (
    ENGINE,
    CertificateError,
    certify,
    find_differences,
    read_certificate,
    read_settings,
)
from sala.engines.tally.counting import (
    COMPLETIONS,
    OVERFLOWS,
    RANKINGS,
    RULES,
    STOPS,
    Settings,
    count,
    resolve,
)
from sala.engines.tally.election import (
    Ballots,
    Election,
    ElectionError,
    Project,
    build_election,
    merge_equal_ballots,
)
from sala.engines.tally.outcome import Outcome, Refusal, Round, Tie
from sala.engines.tally.pabulib import PabulibError, PabulibFile, read_pabulib, write_pabulib
from sala.engines.tally.picture import draw, to_svg
from sala.engines.tally.report import report
from sala.engines.tally.support import UTILITIES
from sala.engines.tally.terms import LIMITS, PUBLISHED_RULES, Terms
from sala.engines.tally.ties import ORDERS
from sala.engines.tally.words import (
    Language,
    tell_notes,
    tell_refusal,
    tell_round,
    tell_tie,
    tell_total,
    word,
)

__all__ = [
    "ENGINE",
    "CertificateError",
    "PabulibError",
    "PabulibFile",
    "certify",
    "draw",
    "find_differences",
    "read_certificate",
    "read_pabulib",
    "read_settings",
    "report",
    "tell_refusal",
    "tell_round",
    "tell_tie",
    "tell_total",
    "to_svg",
    "resolve",
    "tell_notes",
    "word",
    "write_pabulib",
    "COMPLETIONS",
    "LIMITS",
    "ORDERS",
    "OVERFLOWS",
    "PUBLISHED_RULES",
    "RANKINGS",
    "RULES",
    "STOPS",
    "UTILITIES",
    "Ballots",
    "Election",
    "Language",
    "ElectionError",
    "Outcome",
    "Project",
    "Refusal",
    "Round",
    "Settings",
    "Terms",
    "Tie",
    "build_election",
    "count",
    "merge_equal_ballots",
]
