"""What moderators look through, of any kind of matter: what was set aside, words that were covered, appeals.

Rows are those of the kind's own table, a subclass of `Told`, which the kind gives: it knows which of them count.
"""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import F, Q, QuerySet

from sala.commons.agencies import queries as agencies
from sala.commons.moderation.models import Decision, Told
from sala.commons.moderation.permissions import may_decide_appeal, may_moderate
from sala.commons.moderation.queries.decisions import list_waiting_appeals
from sala.commons.moderation.queries.words import covered_words
from sala.commons.moderation.rules import Privacy
from sala.core.actors import Actor, Role
from sala.platform.counts import up_to_many

PAGE = 50
T = TypeVar("T", bound=Told)


@dataclass(frozen=True, slots=True)
class SetAside(Generic[T]):
    """What nobody else sees, and what it says with personal data covered."""

    told: T
    covered: str


def moderated_by(actor: Actor, rows: QuerySet[T]) -> QuerySet[T]:
    """Those an actor moderates: their agency's; for the central unit every one that is not confidential."""
    mine = [grant.agency for grant in actor.grants if grant.role is Role.MODERATOR]
    central = agencies.central_agency()
    wanted = Q(matter__agency__in=mine)
    if central is not None and central.code in mine:
        wanted |= ~Q(privacy=Privacy.CONFIDENTIAL.value)
    return rows.filter(wanted)


def list_set_aside(
    actor: Actor, rows: QuerySet[T], *, after: int = 0, is_checked: bool = False
) -> list[SetAside[T]]:
    """What was set aside as spam or abuse, the oldest first, for a moderator of its agency or the central unit.

    What nobody has looked at yet; `is_checked`: what a moderator found to be spam and left there. One query.
    """
    found = _aside(actor, rows, is_checked=is_checked).filter(pk__gt=after)
    told = found.select_related("matter").order_by("pk")[:PAGE]
    return [SetAside(one, covered_words(one)) for one in told]


def count_set_aside(actor: Actor, rows: QuerySet[T]) -> int:
    """How many that were set aside wait for a moderator's look; counted up to `MANY` + 1."""
    return up_to_many(_aside(actor, rows, is_checked=False)) if actor.holds(Role.MODERATOR) else 0


def _aside(actor: Actor, rows: QuerySet[T], *, is_checked: bool) -> QuerySet[T]:
    aside = moderated_by(actor, rows).filter(matter__visibility="quarantined")
    return aside.filter(checked_at__isnull=not is_checked)


def list_covered(
    actor: Actor, rows: QuerySet[T], *, before: int | None = None, is_checked: bool = False
) -> list[T]:
    """Public ones of whose words something was covered, the newest first, below the cursor.

    Those that nobody has checked yet, or those that are checked. One query.
    """
    found = _covered(actor, rows, is_checked=is_checked)
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(found.select_related("matter").order_by("-pk")[:PAGE])


def count_covered(actor: Actor, rows: QuerySet[T]) -> int:
    """How many with covered words wait for a moderator's look; counted up to `MANY` + 1."""
    return up_to_many(_covered(actor, rows, is_checked=False)) if actor.holds(Role.MODERATOR) else 0


def _covered(actor: Actor, rows: QuerySet[T], *, is_checked: bool) -> QuerySet[T]:
    found = moderated_by(actor, rows).filter(matter__visibility="public", privacy=Privacy.PUBLIC)
    return found.filter(checked_at__isnull=not is_checked).exclude(public_text=F("original"))


def list_appeals(actor: Actor, kind: str, rows: QuerySet[T]) -> list[tuple[Decision, bool]]:
    """Appeals against moderators about matters of a kind that an actor sees, each with whether they may decide it;
    the first due first. Two queries."""
    waiting = list_waiting_appeals(kind)
    about: dict[Any, T] = rows.select_related("matter").in_bulk([decision.matter_id for decision in waiting])
    heads = {grant.agency for grant in actor.grants if grant.role is Role.EXECUTIVE}
    return [
        (decision, may_decide_appeal(actor, told, decision))
        for decision in waiting
        if (told := about.get(decision.matter_id))
        and (may_moderate(actor, told) or told.matter.agency in heads)
    ]


def count_appeals(actor: Actor, kind: str, rows: QuerySet[T]) -> int:
    """How many appeals against moderators an actor sees; none for whoever neither moderates nor heads an office."""
    decides = actor.holds(Role.MODERATOR) or actor.holds(Role.EXECUTIVE)
    return len(list_appeals(actor, kind, rows)) if decides else 0
