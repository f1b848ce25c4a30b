"""What staff read of legal questions: lines of lists, names of views."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sala.commons.moderation.queries import covered_words
from sala.core.clock import day_of
from sala.core.dates import format_date
from sala.core.deadlines import day_before
from sala.platform.worklist import Line
from sala.services.lawmaking.models import LegalQuestion
from sala.services.lawmaking.queries.question_work import FROM_OUTSIDE
from sala.services.lawmaking.words.question_names import CHANNELS, stage

VIEWS = (
    ("open", gettext_lazy("To answer")),
    ("today", gettext_lazy("Due by tomorrow")),
    ("overdue", gettext_lazy("Past the expected day")),
    ("answered", gettext_lazy("Somebody wrote")),
    ("mine", gettext_lazy("With me")),
    ("waiting", gettext_lazy("Waiting for somebody")),
    ("closed", gettext_lazy("Answered")),
)
# Days before the expected one from which a list says so.
NEAR = 3


def lines(rows: Sequence[LegalQuestion], language: str, now: datetime) -> list[Line]:
    """Questions as lines; their words are the office's to read, also where they are not public."""
    return [_line(row, language, now) for row in rows]


def _line(row: LegalQuestion, language: str, now: datetime) -> Line:
    flags = []
    if row.last_word in FROM_OUTSIDE and row.matter.is_open:
        flags.append((_("wrote"), "wait"))
    if not row.is_public:
        flags.append((_("not public"), ""))
    return Line(
        reference=row.matter.reference,
        address=reverse("questions:work_page", args=[row.matter.reference]),
        title=row.matter.title or " ".join(str(covered_words(row)).split())[:110],
        left=_left(row, language, now),
        due_at=row.matter.due_at,
        about=str(row.about_law),
        stage=stage(row.standing),
        channel=str(CHANNELS.get(row.channel, row.channel)),
        flags=tuple(flags),
        holder=row.desk.name(language) if row.desk else "",
    )


def _left(row: LegalQuestion, language: str, now: datetime) -> tuple[str, str]:
    """The day on which an answer is expected, and its colour; nothing while the office need not act."""
    if row.matter.due_at is None:
        return "–", ""
    due, today = day_before(row.matter.due_at), day_of(now)
    colour = "late" if today > due else "wait" if (due - today).days <= NEAR else ""
    return format_date(due, language=language), colour
