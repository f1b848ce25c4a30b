"""What moderators look through: complaints set aside, and words of which something was covered."""

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from sala.commons.agencies import queries as agencies
from sala.core.actors import Actor, Role
from sala.engines import thai
from sala.services.complaints.models import Complaint
from sala.services.complaints.queries.counting import up_to_many
from sala.services.complaints.rules import Privacy

PAGE = 50


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, and whether it betrays a person."""

    text: str
    is_personal: bool


@dataclass(frozen=True, slots=True)
class SetAside:
    """A complaint nobody else sees: what it says with personal data covered."""

    complaint: Complaint
    covered: str


def covered_words(complaint: Complaint) -> str:
    """What a complaint says with personal data covered, also of one that is not public."""
    return complaint.public_text or thai.mask(complaint.original).text


def pieces(text: str) -> tuple[Piece, ...]:
    """A text in stretches, those found to betray a person marked."""
    found, last = [], 0
    for span in thai.mask(text).spans:
        found += [Piece(text[last : span.start], False), Piece(text[span.start : span.end], True)]
        last = span.end
    return tuple(piece for piece in (*found, Piece(text[last:], False)) if piece.text)


def list_quarantined(actor: Actor, *, after: int = 0, is_checked: bool = False) -> list[SetAside]:
    """What was set aside as spam or abuse, the oldest first, for a moderator of its agency or the central unit.

    What nobody has looked at yet; `is_checked`: what a moderator found to be spam and left there.
    """
    rows = _moderated(actor).filter(matter__visibility="quarantined", pk__gt=after, **_looked(is_checked))
    found = rows.select_related("matter").order_by("pk")[:PAGE]
    return [SetAside(complaint, covered_words(complaint)) for complaint in found]


def count_quarantined(actor: Actor) -> int:
    """How many that were set aside wait for a moderator's look; counted up to `MANY` + 1."""
    if not actor.holds(Role.MODERATOR):
        return 0
    return up_to_many(_moderated(actor).filter(matter__visibility="quarantined", checked_at__isnull=True))


def count_covered(actor: Actor) -> int:
    """How many with covered words wait for a moderator's look; counted up to `MANY` + 1."""
    return up_to_many(_covered(actor, is_checked=False)) if actor.holds(Role.MODERATOR) else 0


def _looked(is_checked: bool) -> dict[str, bool]:
    return {"checked_at__isnull": not is_checked}


def _covered(actor: Actor, *, is_checked: bool) -> QuerySet[Complaint]:
    """What came from an earlier system was public there already: only what is filed here waits for a look."""
    rows = _moderated(actor).filter(matter__visibility="public", privacy=Privacy.PUBLIC, source="")
    rows = rows.filter(**_looked(is_checked))
    return rows.exclude(public_text=F("original"))


def list_covered(actor: Actor, *, before: int | None = None, is_checked: bool = False) -> list[Complaint]:
    """Public complaints of whose words something was covered, the newest first, below the cursor.

    Those that nobody has checked yet, or those that are checked.
    """
    rows = _covered(actor, is_checked=is_checked)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.select_related("matter").order_by("-pk")[:PAGE])


def _moderated(actor: Actor) -> QuerySet[Complaint]:
    """Complaints an actor moderates: their agency's; for the central unit every one that is not confidential."""
    mine = [grant.agency for grant in actor.grants if grant.role is Role.MODERATOR]
    central = agencies.central_agency()
    wanted = Q(matter__agency__in=mine)
    if central is not None and central.code in mine:
        wanted |= ~Q(privacy=Privacy.CONFIDENTIAL.value)
    return Complaint.objects.filter(wanted)
