"""The line of steps of a complaint's page: what happened, and what comes next with its date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from sala.commons.ledger.queries import LoggedEntry
from sala.core import working_time
from sala.services.complaints.queries.page import ComplaintPage
from sala.services.complaints.rules import (
    Status,
)
from sala.services.complaints.words.names import agency_name, time_left
from sala.services.complaints.words.telling import SILENT, tell


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the line of a page; `url` leads to its proof."""

    what: str
    text: str
    state: str
    at: datetime | None = None
    due: date | None = None
    url: str = ""
    is_silent: bool = False


def line(shown: ComplaintPage) -> list[Step]:
    """The line of steps: what happened, from the ledger, and what comes next, with its date."""
    done = [step for step in steps(shown.steps) if not step.is_silent]
    complaint = shown.complaint
    if complaint.state is Status.RESOLVED:
        return [*done, Step(_("The person confirms"), "", "next", due=_due(complaint.confirm_by))]
    if shown.appeal is not None:
        by = agency_name(shown.appeal.agency)
        return [*done, Step(_("The appeal is decided"), by, "next", due=_due(shown.appeal.due_at))]
    if complaint.matter.is_open:
        date_given = _due(complaint.matter.due_at)
        left, colour = time_left(shown.clock)
        how_late = left if colour == "late" else ""
        return [*done, Step(_("The office solves it and shows it"), how_late, "next", due=date_given)]
    return done


def _due(at: datetime | None) -> date | None:
    return working_time.day_of(at) if at else None


def steps(entries: Iterable[LoggedEntry]) -> list[Step]:
    """Every step from the ledger in words, also those the public page leaves out."""
    return [_step(entry) for entry in entries]


def _step(entry: LoggedEntry) -> Step:
    content = entry.content
    what, text = tell(content["kind"], content)
    url = reverse("ledger:entry", kwargs={"position": entry.position}) if entry.position >= 0 else ""
    state = "stop" if content["kind"] in ("complaint.escalated", "complaint.rejected") else "done"
    at = datetime.fromisoformat(content["at"])
    return Step(what, text, state, at=at, url=url, is_silent=content["kind"] in SILENT)
