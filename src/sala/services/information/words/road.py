"""The road of a request: what happened, from the ledger, and what comes next with its day."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from sala.commons.ledger.queries import LoggedEntry
from sala.design.steps import Step
from sala.services.information import events
from sala.services.information.queries.page import RequestPage
from sala.services.information.rules.standing import Standing, Who
from sala.services.information.words.telling import SILENT, agency_name, tell

_STOPS = frozenset({events.RequestEscalated.kind})


def road(shown: RequestPage) -> list[Step]:
    """The steps that everyone may read, and the next one with its day; a dotted line where the law is silent."""
    done = [step for step in steps(shown.steps) if not step.is_silent]
    following = _next(shown)
    return [*done, following] if following else done


def _next(shown: RequestPage) -> Step | None:
    awaited = shown.awaited
    if awaited is None:
        return None
    if awaited.who is Who.BOARD:
        is_complaint = shown.standing is Standing.COMPLAINED
        what = _("The Board decides") if is_complaint else _("The Board passes the appeal on")
        return Step(what, "", "next", due=awaited.until)
    if awaited.who is Who.TRIBUNAL:
        return Step(_("The Tribunal decides"), "", "next", due=awaited.until)
    if awaited.who is Who.PERSON:
        return Step(_("The person explains"), _("The office's days wait"), "next", due=awaited.until)
    name = agency_name(shown.request.matter.agency)
    if awaited.until is None:
        return Step(_("The office does what was decided"), _("The law sets no day for it"), "next")
    late = _("past the expected day") if shown.is_late else ""
    return Step(_("%(agency)s answers") % {"agency": name}, late, "next", due=awaited.until)


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
