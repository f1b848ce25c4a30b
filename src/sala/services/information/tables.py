"""Public tables of requests: how each office deals with them, and every document that was given."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from sala.commons.tables.queries import percent
from sala.core import clock
from sala.core.atom import FeedEntry
from sala.platform.tables import Column, Feed, Filter, Query, Rows, Table, counted_rows, cursor_number, figure
from sala.services.information.models import Document
from sala.services.information.queries import documents, figures
from sala.services.information.queries.figures import OfficeFigures
from sala.services.information.rules.grounds import Ground
from sala.services.information.words.names import GROUNDS
from sala.services.information.words.telling import agency_name


def _figure_rows(query: Query) -> Rows:
    now = clock.now()
    found = OFFICES.ordered(figures.offices(now), query.order)
    return counted_rows(found, query, figures.counted_at(now))


def _ground(ground: Ground) -> Column:
    return Column(
        name=f"relied_{ground.value}",
        title=GROUNDS[ground],
        description=_("How often an answer relied on this section."),
        kind="integer",
        value=lambda row: row.by_ground.get(ground.value, 0),
    )


def _office(row: OfficeFigures) -> str:
    address = f"{reverse('information:figures')}?agency={row.agency}"
    return format_html('<a href="{}">{}</a>', address, agency_name(row.agency))


OFFICES = Table(
    name="information_offices",
    title=_("How each office answers requests for information"),
    description=_(
        "What each office was asked, what is open and late now, how long its first answers took, what it gave and "
        "withheld by which section. Medians and shares are empty below ten cases."
    ),
    columns=(
        Column(
            name="agency",
            title=_("Office"),
            description=_("Code of the office."),
            kind="code",
            value=lambda row: row.agency,
            show=_office,
            is_required=True,
        ),
        figure("asked", _("Asked"), _("Requests that lie with the office.")),
        figure("open_now", _("Open now"), _("Of them those that are not answered yet.")),
        figure("late_now", _("Late"), _("Of the open ones, past the expected day.")),
        figure("answered", _("Answered"), _("Requests the office has answered, by the first answer.")),
        Column(
            name="percent_in_time",
            title=_("By the expected day"),
            description=_("Share of the first answers."),
            kind="percent",
            value=lambda row: percent(row.in_time, row.answered),
        ),
        figure(
            "median_days",
            _("Days, median"),
            _("Calendar days to the first answer; half took no longer."),
            unit="days",
        ),
        figure("granted", _("Given in full"), _("First answers that gave all.")),
        figure("partly_granted", _("A part given"), _("First answers that gave a part.")),
        figure("refused", _("Refused"), _("First answers that gave nothing.")),
        figure("not_held", _("No such thing"), _("First answers that say it does not exist.")),
        figure("documents", _("Files"), _("Files given with all answers.")),
        figure("complaints", _("Complaints"), _("Complaints to the Board about the office.")),
        figure("appeals", _("Appeals"), _("Appeals to the Tribunal about the office.")),
        figure(
            "upheld", _("The person was right"), _("Of both, those decided for the person, in part or whole.")
        ),
        *(_ground(ground) for ground in Ground),
    ),
    key=("agency",),
    rows=_figure_rows,
    orders=(
        "agency",
        "asked",
        "open_now",
        "late_now",
        "answered",
        "percent_in_time",
        "median_days",
        "refused",
    ),
    page="information:figures",
)


def _document_rows(query: Query) -> Rows:
    found, after = documents.list_documents(
        agency=query.filters.get("agency", ""),
        words=query.filters.get("q", ""),
        before=cursor_number(query),
        size=query.size,
    )
    return Rows(rows=found, cursor=str(after) if after else "")


def _path(document: Document) -> str:
    answer = document.answer
    return reverse(
        "information:document", args=[answer.request.matter.reference, answer.number, document.order]
    )


def _link(document: Document) -> str:
    return format_html('<a href="{}">{}</a>', _path(document), document.public_title)


def _entry(document: Document) -> FeedEntry:
    address = f"{settings.SITE_URL}{_path(document)}"
    at: Any = document.answer.released_at
    return FeedEntry(
        key=address,
        title=document.public_title,
        updated=at,
        link=address,
        summary=agency_name(document.answer.agency),
    )


DOCUMENTS = Table(
    name="given_documents",
    title=_("Documents that were given"),
    description=_("Every public file that an office gave to somebody who asked, the newest first."),
    columns=(
        Column(
            name="title",
            title=_("Title"),
            description=_("What it is, personal data covered."),
            kind="text",
            value=lambda row: row.public_title,
            show=_link,
            is_required=True,
        ),
        Column(
            name="agency",
            title=_("Office"),
            description=_("Code of the office that gave it."),
            kind="code",
            value=lambda row: row.answer.agency,
            show=lambda row: agency_name(row.answer.agency),
        ),
        Column(
            name="given_at",
            title=_("Given"),
            description=_("Since when everyone can fetch it."),
            kind="datetime",
            value=lambda row: row.answer.released_at,
        ),
        Column(
            name="request",
            title=_("Request"),
            description=_("Number of the request it was given for."),
            kind="code",
            value=lambda row: row.answer.request.matter.reference,
        ),
        Column(
            name="media_type",
            title=_("Kind of file"),
            description=_("Its media type."),
            kind="code",
            value=lambda row: row.file.media_type,
        ),
        Column(
            name="size_bytes",
            title=_("Size"),
            description=_("Its size."),
            kind="integer",
            value=lambda row: row.file.size_bytes,
            unit="bytes",
        ),
        Column(
            name="sha256",
            title=_("Digest"),
            description=_("SHA-256 of the file, to check a copy."),
            kind="code",
            value=lambda row: row.file.sha256,
        ),
        Column(
            name="url",
            title=_("Address"),
            description=_("Where the file is."),
            kind="url",
            value=lambda row: f"{settings.SITE_URL}{_path(row)}/file",
        ),
    ),
    key=("request", "sha256"),
    rows=_document_rows,
    filters=(Filter(name="agency", title=_("Office")), Filter(name="q", title=_("Words"))),
    feed=Feed(entry=_entry),
    page="information:documents",
)
