"""Looks at personal data: for which purposes staff may look, on which basis, when the person sees it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sala.core.actors import Actor, Role
from sala.core.clock import BANGKOK


class Basis(StrEnum):
    """The lawful bases of the Personal Data Protection Act B.E. 2562 that occur here."""

    PUBLIC_TASK = "public_task"  # section 24 (4)
    LEGAL_DUTY = "legal_duty"  # section 24 (6)
    CONSENT = "consent"  # section 19


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why staff look at personal data. A delayed look is shown to the person only `delay` later."""

    code: str
    basis: Basis
    delay: timedelta = timedelta(0)
    roles: frozenset[Role] = frozenset()

    def is_open_to(self, role: Role) -> bool:
        """Whether someone in this role may look for this purpose; no roles named means all staff."""
        return not self.roles or role in self.roles


# Data, not code: purposes of every service; a box adds its own (`slots.purposes`), each with its basis.
PURPOSES = {
    purpose.code: purpose
    for purpose in (
        Purpose("answer_caller", Basis.PUBLIC_TASK),
        Purpose("tell_outcome", Basis.PUBLIC_TASK),
        Purpose("check_masking", Basis.PUBLIC_TASK),
        Purpose("correct_record", Basis.PUBLIC_TASK),
        Purpose("check_signature", Basis.PUBLIC_TASK),
        Purpose(
            "supervise", Basis.PUBLIC_TASK, roles=frozenset({Role.SUPERVISOR, Role.EXECUTIVE, Role.AUDITOR})
        ),
        Purpose("audit", Basis.LEGAL_DUTY, roles=frozenset({Role.AUDITOR})),
        Purpose("court_order", Basis.LEGAL_DUTY),
        # Seeing it at once could spoil the inquiry; hidden for good it must never be.
        Purpose("inquiry", Basis.LEGAL_DUTY, delay=timedelta(days=90), roles=frozenset({Role.AUDITOR})),
        Purpose("agreed_research", Basis.CONSENT),
    )
}

# As what somebody with several roles at one agency looks: the most watched role first.
_STRONGEST = (
    Role.ADMINISTRATOR,
    Role.AUDITOR,
    Role.EXECUTIVE,
    Role.SUPERVISOR,
    Role.MODERATOR,
    Role.OFFICER,
    Role.OPERATOR,
)


def role_of_look(actor: Actor, agency: str, purpose: Purpose) -> Role | None:
    """As what the actor may look for this purpose on behalf of `agency`; None if not at all."""
    return next((r for r in reversed(_STRONGEST) if actor.holds(r, agency) and purpose.is_open_to(r)), None)


@dataclass(frozen=True, slots=True)
class Look:
    """One look at one person's data, as that person may see it: no officer's name, `matter` a reference."""

    id: int
    agency: str
    role: str
    purpose: str
    matter: str
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class Looks:
    """Looks of one day by one agency, role and purpose at one matter, shown as one line."""

    day: date
    last: Look
    count: int


def group_looks(looks: Iterable[Look]) -> tuple[Looks, ...]:
    """Looks (newest first) folded by day in Bangkok, agency, role, purpose and matter; newest first.

    An officer who opens a page five times in a morning is one line with "5 times", not five lines.
    """
    groups: dict[tuple[object, ...], Looks] = {}
    for look in looks:
        day = look.occurred_at.astimezone(BANGKOK).date()
        key = (day, look.agency, look.role, look.purpose, look.matter)
        known = groups.get(key)
        groups[key] = Looks(day, known.last if known else look, known.count + 1 if known else 1)
    return tuple(groups.values())
