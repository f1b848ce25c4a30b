"""Words of the pages where staff work: the views of the list, and what an officer must know of a row at a glance."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sala.commons.places import queries as places
from sala.platform.worklist import Line
from sala.services.complaints import queries, rules
from sala.services.complaints.models import Complaint
from sala.services.complaints.queries.clock import clock_of
from sala.services.complaints.words import CHANNELS, LEVELS, stage, time_left

VIEWS = (
    ("today", gettext_lazy("To do today")),
    ("overdue", gettext_lazy("Late")),
    ("answered", gettext_lazy("The person wrote")),
    ("new", gettext_lazy("New, to be checked")),
    ("mine", gettext_lazy("Mine")),
    ("open", gettext_lazy("All open")),
    ("paused", gettext_lazy("Clock paused")),
    ("waiting", gettext_lazy("Waiting for the person")),
    ("escalated", gettext_lazy("Escalated")),
    ("bounced", gettext_lazy("Sent around three times or more")),
    ("shared", gettext_lazy("Assisting")),
    ("earlier", gettext_lazy("From the earlier system")),
    ("closed", gettext_lazy("Closed")),
)


def flags(complaint: Complaint) -> Iterator[tuple[str, str]]:
    """What sets a complaint apart from others of its date, in words, with the colour of the tag."""
    if complaint.last_word in rules.BY_PERSON:
        yield _("The person wrote"), "wait"
    if complaint.reopened:
        words = ngettext("Opened again %(n)d time", "Opened again %(n)d times", complaint.reopened)
        yield words % {"n": complaint.reopened}, "late"
    if rules.is_bouncing(complaint.bounces):
        yield _("Sent around %(n)d times") % {"n": complaint.bounces}, "late"
    if complaint.escalation:
        yield _("Told %(level)s") % {"level": LEVELS[complaint.escalation]}, "late"


LONGEST_TITLE = 110
_ANY = "-"


def lines(rows: Iterable[Complaint], language: str, now: datetime) -> list[Line]:
    """The rows of the list in words, in the reader's language."""
    pattern = reverse("complaints:work_page", args=[_ANY])
    stem, topics = pattern.removesuffix(_ANY), dict(queries.topic_names(language))
    return [_line(row, stem, topics, language, now) for row in rows]


def _line(complaint: Complaint, stem: str, topics: Mapping[str, str], language: str, now: datetime) -> Line:
    matter = complaint.matter
    path, title = places.area_path(matter.area), matter.title
    guesses = tuple(
        (topics.get(guess[0], guess[0]), round(float(guess[1]) * 100)) for guess in complaint.guesses[:2]
    )
    return Line(
        reference=matter.reference,
        address=stem + matter.reference,
        title=(title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…") or _("Not public"),
        left=time_left(clock_of(complaint, now)),
        due_at=matter.due_at,
        channel=str(CHANNELS.get(complaint.channel, complaint.channel)),
        flags=tuple(flags(complaint)),
        about=topics.get(matter.topic, matter.topic),
        guesses=() if complaint.is_triaged else guesses,
        area=path.label(language) if path else "",
        people=matter.supporters + 1,
        stage=stage(complaint.status),
        holder=holder(complaint, language),
    )


def holder(complaint: Complaint, language: str) -> str:
    """At which desk and with whom a complaint lies; "" if it was given to nobody yet."""
    desk = complaint.desk.name(language) if complaint.desk else ""
    officer = complaint.officer.display_name if complaint.officer else ""
    return " · ".join(name for name in (desk, officer) if name)
