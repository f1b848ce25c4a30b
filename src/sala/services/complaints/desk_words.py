"""Words of the pages where staff work: the views of the list, and what an officer must know of a row at a glance."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sala.commons.agencies import queries as agencies
from sala.services.complaints import queries, rules
from sala.services.complaints.models import Complaint
from sala.services.complaints.queries.inbox import Row
from sala.services.complaints.words import CHANNELS, LEVELS, stage, time_left

VIEWS = {
    "today": gettext_lazy("To do today"),
    "overdue": gettext_lazy("Late"),
    "answered": gettext_lazy("The person wrote"),
    "new": gettext_lazy("New, to be checked"),
    "mine": gettext_lazy("Mine"),
    "open": gettext_lazy("All open"),
    "paused": gettext_lazy("Clock paused"),
    "waiting": gettext_lazy("Waiting for the person"),
    "escalated": gettext_lazy("Told further up"),
    "bounced": gettext_lazy("Sent around three times or more"),
    "shared": gettext_lazy("We help"),
    "closed": gettext_lazy("Closed"),
}


# What an officer can do, what is said when it is done, and the key that opens it.
ACTS = {
    "route": gettext_lazy("Confirm office and type"),
    "assign": gettext_lazy("Give to a desk"),
    "start": gettext_lazy("Start work"),
    "reply": gettext_lazy("Write to the person"),
    "resolve": gettext_lazy("Done, with evidence"),
    "note": gettext_lazy("Internal note"),
    "forward": gettext_lazy("Send to another office"),
    "hand_back": gettext_lazy("Hand back"),
    "share": gettext_lazy("Ask another office to help"),
    "split": gettext_lazy("Split off a part"),
    "pause": gettext_lazy("Pause the clock"),
    "resume": gettext_lazy("Let the clock run"),
    "reject": gettext_lazy("Do not take up"),
    "rule": gettext_lazy("Decide the appeal"),
    "mask": gettext_lazy("Cover personal data"),
    "release": gettext_lazy("It is a real complaint"),
    "keep": gettext_lazy("Checked: leave it so"),
    "quarantine": gettext_lazy("Set aside as spam"),
}
DONE = {
    "route": gettext_lazy("Office and type are confirmed."),
    "assign": gettext_lazy("It is assigned."),
    "start": gettext_lazy("The person sees that work has begun."),
    "reply": gettext_lazy("Your words have been sent."),
    "resolve": gettext_lazy("The person is asked to confirm."),
    "note": gettext_lazy("The note is kept."),
    "forward": gettext_lazy("It lies with the other office now. The date stays the same."),
    "hand_back": gettext_lazy("It went back. The date stays the same."),
    "share": gettext_lazy("The other office sees it and helps. You stay responsible."),
    "split": gettext_lazy("The part goes its own way under its own number."),
    "pause": gettext_lazy("The clock stands still, and everyone sees why."),
    "resume": gettext_lazy("The clock runs again."),
    "reject": gettext_lazy("The person is told why, and what they can do."),
    "rule": gettext_lazy("The person and everyone can read the decision."),
    "mask": gettext_lazy("Everyone reads your version now."),
    "release": gettext_lazy("It goes its way now."),
    "keep": gettext_lazy("Your check is recorded. It waits no longer."),
    "quarantine": gettext_lazy("It is set aside."),
}
KEYS = {
    "route": "C",
    "start": "S",
    "resolve": "D",
    "reply": "R",
    "assign": "A",
    "forward": "F",
    "hand_back": "H",
    "pause": "P",
    "note": "N",
}


def flags(row: Row) -> Iterator[tuple[str, str]]:
    """What sets a complaint apart from others of its date, in words, with the colour of the tag."""
    complaint = row.complaint
    if row.has_answer:
        yield _("The person wrote"), "wait"
    if complaint.reopened:
        words = ngettext("Opened again %(n)d time", "Opened again %(n)d times", complaint.reopened)
        yield words % {"n": complaint.reopened}, "late"
    if rules.is_bouncing(complaint.bounces):
        yield _("Sent around %(n)d times") % {"n": complaint.bounces}, "late"
    if complaint.escalation:
        yield _("Told %(level)s") % {"level": LEVELS[complaint.escalation]}, "late"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list in words; tags are (words, colour), `guesses` (kind, percent) where nobody checked it yet."""

    reference: str
    address: str
    title: str
    left: tuple[str, str]
    channel: str
    flags: tuple[tuple[str, str], ...]
    topic: str
    guesses: tuple[tuple[str, int], ...]
    area: str
    people: int
    stage: tuple[str, str]
    holder: str


LONGEST_TITLE = 110
_ANY = "-"


def lines(rows: Iterable[Row], language: str) -> list[Line]:
    """The rows of the list in words, in the reader's language."""
    pattern = reverse("complaints:work_page", args=[_ANY])
    stem, topics = pattern.removesuffix(_ANY), dict(queries.topic_names(language))
    return [_line(row, stem, topics, language) for row in rows]


def _line(row: Row, stem: str, topics: Mapping[str, str], language: str) -> Line:
    complaint, matter = row.complaint, row.complaint.matter
    path, title = agencies.area_path(matter.area), matter.title
    return Line(
        reference=matter.reference,
        address=stem + matter.reference,
        title=(title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…") or _("Not public"),
        left=time_left(row.clock),
        channel=str(CHANNELS.get(complaint.channel, complaint.channel)),
        flags=tuple(flags(row)),
        topic=topics.get(matter.topic, matter.topic),
        guesses=() if complaint.is_triaged else tuple((topics.get(t, t), sure) for t, sure in row.guesses),
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
