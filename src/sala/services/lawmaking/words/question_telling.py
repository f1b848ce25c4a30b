"""Each step of a legal question in words: for pages, feeds and letters."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from sala.commons.agencies.words import agency_name
from sala.commons.ledger.queries import LoggedEntry
from sala.core.dates import format_date
from sala.design.steps import Step
from sala.services.lawmaking import events
from sala.services.lawmaking.queries.question_page import QuestionPage
from sala.services.lawmaking.rules.questions import WITH_OFFICE, WITH_PERSON, Reason
from sala.services.lawmaking.words.question_names import CHANNELS, REASONS

Values = Mapping[str, Any]
Told = tuple[str, str]


def tell(kind: str, entry: Values) -> Told:
    """One step in words: what happened, and more about it."""
    teller = _TELLERS.get(kind)
    return teller(entry, entry["content"]) if teller else (kind, "")


def _day(text: str) -> str:
    return format_date(date.fromisoformat(text), language=get_language() or "th")


def _expected(content: Values) -> str:
    return _("An answer is expected by %(day)s") % {"day": _day(content["expected_on"])}


def _filed(entry: Values, content: Values) -> Told:
    how = _("By %(channel)s; %(agency)s answers") % {
        "channel": CHANNELS.get(content["channel"], content["channel"]),
        "agency": agency_name(entry["agency"]),
    }
    return _("Question asked"), f"{how} · {_expected(content)}"


def _passed_on(entry: Values, content: Values) -> Told:
    way = f"{agency_name(content['from_agency'])} → {agency_name(entry['agency'])}"
    return _("Passed on to the office whose law it is"), f"{way} · {_('(the date stays the same)')}"


def _sections(content: Values) -> str:
    count = content["sections"]
    return ngettext("Relies on %(n)d section", "Relies on %(n)d sections", count) % {"n": count}


def _answered(_entry: Values, content: Values) -> Told:
    late = "" if content["in_time"] else f" · {_('after the expected day')}"
    return _("Answered"), f"{_sections(content)}{late}"


def _declined(_entry: Values, content: Values) -> Told:
    why = str(REASONS[Reason(content["reason"])][0])
    earlier = content.get("earlier")
    return _("The office does not answer"), f"{why} · {earlier}" if earlier else why


def _escalated(_entry: Values, content: Values) -> Told:
    levels = {
        "supervisor": _("the supervisor was told"),
        "head": _("the head of the office was told"),
        "central": _("the central unit was told"),
    }
    return _("No answer past the expected day"), levels.get(content["level"], "")


def _moved(_entry: Values, content: Values) -> Told:
    new = _("New date: %(date)s") % {"date": _day(content["due_on"])}
    return _("A holiday was declared: the date moved"), new


_TELLERS: dict[str, Callable[[Values, Values], Told]] = {
    events.QuestionFiled.kind: _filed,
    events.QuestionAssigned.kind: lambda *_entry: (_("Given to a desk"), ""),
    events.PersonAsked.kind: lambda *_entry: (_("The office asks back"), _("Its days wait for the answer")),
    events.QuestionExplained.kind: lambda _entry, content: (_("The asker explained"), _expected(content)),
    events.QuestionRests.kind: lambda *_entry: (
        _("Rests until the asker writes"),
        _("It goes on as soon as they do"),
    ),
    events.QuestionPassedOn.kind: _passed_on,
    events.QuestionAnswered.kind: _answered,
    events.AnswerRevised.kind: lambda _entry, content: (_("The office answers anew"), _sections(content)),
    events.QuestionDeclined.kind: _declined,
    events.QuestionFollowedUp.kind: lambda _entry, content: (
        _("The asker says what is not clear"),
        _expected(content),
    ),
    events.OfficeReminded.kind: lambda *_entry: (_("The asker reminded the office"), ""),
    events.NoteAdded.kind: lambda *_entry: (_("Internal note"), ""),
    events.QuestionPublished.kind: lambda *_entry: (_("The asker made it public"), ""),
    events.QuestionWithdrawn.kind: lambda *_entry: (_("The asker withdrew it"), ""),
    events.QuestionEscalated.kind: _escalated,
    events.DateMoved.kind: _moved,
}

SILENT = frozenset({events.NoteAdded.kind, events.QuestionAssigned.kind})
PASSED_OVER = SILENT | {events.DateMoved.kind, events.OfficeReminded.kind}
COLOURS = {
    events.QuestionAnswered.kind: "ok",
    events.AnswerRevised.kind: "ok",
    events.PersonAsked.kind: "wait",
    events.QuestionEscalated.kind: "late",
    events.QuestionDeclined.kind: "still",
    events.QuestionRests.kind: "still",
    events.QuestionWithdrawn.kind: "still",
}
_STOPS = frozenset({events.QuestionEscalated.kind})


def road(shown: QuestionPage) -> list[Step]:
    """The steps that everyone may read, and the next one with its day."""
    done = [step for step in steps(shown.steps) if not step.is_silent]
    following = _next(shown)
    return [*done, following] if following else done


def _next(shown: QuestionPage) -> Step | None:
    if shown.case.status in WITH_PERSON:
        return Step(_("The asker explains"), _("The office's days wait"), "next")
    if shown.case.status not in WITH_OFFICE:
        return None
    name = agency_name(shown.question.matter.agency)
    late = _("past the expected day") if shown.is_late else ""
    return Step(_("%(agency)s answers") % {"agency": name}, late, "next", due=shown.expected_on)


def steps(entries: Iterable[LoggedEntry]) -> list[Step]:
    """Every step from the ledger in words, also those the public page leaves out."""
    return [_step(entry) for entry in entries]


def _step(entry: LoggedEntry) -> Step:
    content = entry.content
    kind = str(content["kind"])
    what, text = tell(kind, content)
    url = reverse("ledger:entry", kwargs={"position": entry.position}) if entry.position >= 0 else ""
    at = datetime.fromisoformat(content["at"])
    return Step(what, text, "stop" if kind in _STOPS else "done", at=at, url=url, is_silent=kind in SILENT)
