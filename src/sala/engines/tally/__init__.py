"""Participatory-budget counting: greedy, Equal Shares, Phragmén; exact, explained, repeatable by anyone."""

from sala.engines.tally.certificate import (
    ENGINE,
    CertificateError,
    certify,
    find_differences,
    read_certificate,
    read_settings,
)
from sala.engines.tally.counting import COMPLETIONS, OVERFLOWS, RULES, STOPS, Settings, count
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
from sala.engines.tally.picture import to_svg
from sala.engines.tally.report import report
from sala.engines.tally.support import UTILITIES
from sala.engines.tally.ties import ORDERS
from sala.engines.tally.words import Language, tell_refusal, tell_round, tell_tie, tell_total, word

__all__ = [
    "ENGINE",
    "CertificateError",
    "PabulibError",
    "PabulibFile",
    "certify",
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
    "word",
    "write_pabulib",
    "COMPLETIONS",
    "ORDERS",
    "OVERFLOWS",
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
    "Tie",
    "build_election",
    "count",
    "merge_equal_ballots",
]
