"""What staff read: lines of lists, names of views, who is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from sala.commons.agencies import queries as agencies
from sala.commons.moderation.queries import covered_words
from sala.core.dates import format_date
from sala.platform.worklist import Line
from sala.services.information.models import Proceeding, Request
from sala.services.information.queries import law, work
from sala.services.information.rules.grounds import Wish
from sala.services.information.rules.proceedings import Kind, Ruling, Stage
from sala.services.information.rules.standing import Standing
from sala.services.information.rules.third_parties import Reply
from sala.services.information.words.letters import THIRD_PARTY
from sala.services.information.words.names import CHANNELS, KINDS, RULINGS, STANDINGS

Words = str | Promise
VIEWS = (
    ("open", gettext_lazy("To answer")),
    ("today", gettext_lazy("Due by tomorrow")),
    ("overdue", gettext_lazy("Past the expected day")),
    ("answered", gettext_lazy("Somebody wrote")),
    ("mine", gettext_lazy("With me")),
    ("waiting", gettext_lazy("Waiting for somebody")),
    ("closed", gettext_lazy("Answered")),
)


def office(code: str, language: str) -> str:
    """An office's name; its code if it is gone."""
    found = agencies.find_agency(code)
    return found.name(language) if found else code


def lines(rows: Sequence[Request], language: str, now: datetime) -> list[Line]:
    """Requests as lines; their words are the office's to read, also where they are not public."""
    return [_line(row, language, now) for row in rows]


def _line(row: Request, language: str, now: datetime) -> Line:
    flags = []
    if row.last_word in work.FROM_OUTSIDE and row.matter.is_open:
        flags.append((_("wrote"), "wait"))
    if not row.is_public:
        flags.append((_("not public"), ""))
    words, colour = STANDINGS[Standing(row.standing)]
    return Line(
        reference=row.matter.reference,
        address=reverse("information:work_page", args=[row.matter.reference]),
        title=row.matter.title or " ".join(str(covered_words(row)).split())[:110],
        left=_left(row, language, now),
        due_at=row.matter.due_at,
        about=str(WISHES_IN_LISTS[Wish(row.wish)]),
        stage=(str(words), colour),
        channel=str(CHANNELS.get(row.channel, row.channel)),
        flags=tuple(flags),
        holder=row.desk.name(language) if row.desk else "",
    )


def _left(row: Request, language: str, now: datetime) -> tuple[str, str]:
    """The day on which an answer is expected, and its colour; nothing while the office need not act."""
    if row.matter.due_at is None:
        return "–", ""
    due, today = law.day_before(row.matter.due_at), law.day_of(now)
    colour = "late" if today > due else "wait" if (due - today).days <= NEAR else ""
    return format_date(due, language=language), colour


# Days before the expected one from which a list says so.
NEAR = 3
WISHES_IN_LISTS = {
    Wish.INFORMATION: gettext_lazy("information"),
    Wish.OWN_DATA: gettext_lazy("own data"),
    Wish.CORRECTION: gettext_lazy("correction"),
}


@dataclass(frozen=True, slots=True)
class Above:
    """A complaint or an appeal in the Board's list."""

    reference: str
    address: str
    name: Words
    office: str
    where: str
    due: date
    is_late: bool
    ruling: tuple[Words, str]
    number: str


def above(row: Proceeding, today: date, language: str) -> Above:
    """A proceeding as a line."""
    stages = {
        Stage.AT_BOARD: _("to decide") if row.kind == Kind.COMPLAINT else _("to pass on"),
        Stage.BEFORE_TRIBUNAL: _("before the Tribunal"),
        Stage.DECIDED: _("decided"),
        Stage.WITHDRAWN: _("taken back"),
    }
    reference = row.request.matter.reference
    return Above(
        reference=reference,
        address=reverse("information:work_page", args=[reference]),
        name=KINDS[Kind(row.kind)],
        office=office(row.request.matter.agency, language),
        where=stages[Stage(row.stage)],
        due=row.due_on,
        is_late=row.decided_on is None and today > row.due_on,
        ruling=RULINGS[Ruling(row.ruling)] if row.ruling else ("", ""),
        number=row.board_number,
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """A third party on the office's page: the number, who, what they said."""

    number: int
    name: str
    about: str
    until: date
    said: str
    words: str
    is_overruled: bool


def third_parties(request: Request) -> list[Asked]:
    """Everybody who was asked, for the office alone."""
    replies = {Reply.AWAITED: _("no answer yet"), Reply.AGREES: _("agrees"), Reply.OBJECTS: _("objects")}
    rows = sorted(request.third_parties.all(), key=lambda row: row.pk)
    return [
        Asked(
            number,
            work.third_party_name(row.contact_sealed),
            row.about,
            row.object_until,
            replies[Reply(row.reply)],
            row.reply_text,
            row.overruled_on is not None,
        )
        for number, row in enumerate(rows, 1)
    ]


def letter(request: Request, third_id: int, key: str) -> dict[str, str]:
    """The letter to a third party: subject, paragraph, and the address of their own page; {} if they are gone."""
    row = next((row for row in request.third_parties.all() if row.pk == third_id), None)
    if row is None:
        return {}
    language, reference = get_language() or "th", request.matter.reference
    values = {
        "reference": reference,
        "agency": office(request.matter.agency, language),
        "day": format_date(row.object_until, language=language),
    }
    subject, paragraph = THIRD_PARTY
    address = reverse("information:third", args=[reference, third_id, key])
    return {"subject": str(subject) % values, "paragraph": str(paragraph) % values, "address": address}
