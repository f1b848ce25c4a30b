"""The terms of a vote out of META: rule, threshold, limits of a ballot; what cannot be read is said, not guessed."""

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from sala.engines.tally.election import Kind
from sala.engines.tally.terms import LIMITS, Terms

_NUMBER = re.compile(r"-?[0-9]{1,18}([.,][0-9]{1,18})?")
_WITHOUT_LIMIT = frozenset({"", "inf", "infinity", "+inf", "∞", "-inf", "-∞", "none", "null"})
# Conditions of cities that no rule here knows; a report names them.
_BEYOND = re.compile(
    r"(budget|(min|max)_(length|sum_cost|sum_points))_(per_)?(category|neighborhood|unit|district)"
)


def read_terms(meta: Mapping[str, str], kind: Kind) -> Terms:
    """The published terms. Keys are those of pabulib.org/format; empty values say nothing."""
    limits: dict[str, Fraction] = {}
    unread = [key for key in meta if _BEYOND.fullmatch(key) and meta[key]]
    for key in LIMITS:
        found = _number(meta.get(key, ""))
        if found is not None:
            limits[key] = found
        elif not _says_nothing(meta.get(key, "")):
            unread.append(key)
    if meta.get("vote_type", "").lower() == "choose-1":
        limits.setdefault("max_length", Fraction(1))
    threshold = meta.get("min_project_score_threshold", "")
    score = _number(threshold)
    if (score is None or score < 0) and not _says_nothing(threshold):
        unread.append("min_project_score_threshold")
    scoring = meta.get("scoring_fn", "")
    if scoring and scoring.lower() != "borda":
        unread.append("scoring_fn")
    return Terms(
        rule=meta.get("rule") or None,
        min_score=max(score or Fraction(0), Fraction(0)),
        first_place=_first_place(limits) if kind == "ranking" else None,
        limits=limits,
        not_applied=tuple(unread),
    )


def _first_place(limits: Mapping[str, Fraction]) -> int | None:
    """Cities give the first of at most k places k points, the next one less (Kraków 3, 2, 1)."""
    longest = limits.get("max_length", Fraction(0))
    return int(longest) if longest >= 1 and longest.denominator == 1 else None


def _number(text: str) -> Fraction | None:
    return Fraction(Decimal(text.replace(",", "."))) if _NUMBER.fullmatch(text) else None


def _says_nothing(text: str) -> bool:
    return text.strip().lower() in _WITHOUT_LIMIT
