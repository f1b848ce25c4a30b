"""Decisions about bodies: their kinds, which mandate fits best."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sala.core.actors import Role
from sala.core.area_codes import area_chain
from sala.core.tables import Row


class AgencyKind(StrEnum):
    """What sort of body an agency is."""

    CENTRAL_UNIT = "central_unit"
    MINISTRY = "ministry"
    DEPARTMENT = "department"
    STATE_ENTERPRISE = "state_enterprise"
    PROVINCE = "province"
    DISTRICT = "district"
    LOCAL_AUTHORITY = "local_authority"
    INDEPENDENT_BODY = "independent_body"


# Offices a person can be given; citizens and the system itself are what is left.
GRANTABLE = tuple(role for role in Role if role not in (Role.CITIZEN, Role.SYSTEM))

# How people reach an office; an office names those it has, in its own order.
CHANNELS = ("counter", "phone", "web", "email", "line", "app", "post")

_CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")


def is_code(text: str) -> bool:
    """Whether a text can be the code of an agency or a topic: what an address can carry, 40 characters at most."""
    return _CODE.fullmatch(text) is not None


def parents_first(rows: Iterable[Row]) -> list[Row]:
    """The rows of a table of agencies so that each comes after its parent, wherever that stands in the table."""
    kept = list(rows)
    parents: dict[str, str] = {}
    for _, row in kept:
        parents.setdefault(row.get("code", ""), row.get("parent", ""))

    def depth(code: str) -> int:
        steps = 0
        while parents.get(code) and steps <= len(parents):
            code, steps = parents[code], steps + 1
        return steps

    return sorted(kept, key=lambda numbered: depth(numbered[1].get("code", "")))


@dataclass(frozen=True, slots=True)
class MandateRow:
    """A mandate as the rule sees it; `area` is a code or None for the whole country."""

    agency: str
    topic: str
    area: str | None
    law_th: str
    law_en: str
    valid_from: date
    valid_until: date | None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An agency that may answer, with the mandate that says so. `rank` 0 is the best fit."""

    rank: int
    mandate: MandateRow


def rank_mandates(
    mandates: Iterable[MandateRow], *, topic: str, area: str | None, on: date
) -> tuple[Candidate, ...]:
    """Who may answer for `topic` in `area` on a day: mandates in force, the smallest containing area first.

    A mandate for a smaller area goes before one for a larger, nationwide ones come last; equals are ordered by the
    newer law, then by agency code, so that the same input always gives the same order. Each agency appears once.
    """
    chain = area_chain(area)
    fitting = [
        (chain.index(m.area) if m.area else len(chain), -m.valid_from.toordinal(), m.agency, m)
        for m in mandates
        if m.topic == topic
        and (m.area is None or m.area in chain)
        and m.valid_from <= on
        and (m.valid_until is None or on <= m.valid_until)
    ]
    best: dict[str, MandateRow] = {}
    for *_, mandate in sorted(fitting, key=lambda row: row[:3]):
        best.setdefault(mandate.agency, mandate)
    return tuple(Candidate(rank, mandate) for rank, mandate in enumerate(best.values()))
