"""How offices answer complaints, as a table: the same figures on the page and in files."""

from datetime import date

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from sala.core import clock
from sala.platform.tables import Column, Query, Rows, Table, counted_rows
from sala.platform.tables.declaration import ColumnKind, Words
from sala.services.complaints import exporters, words
from sala.services.complaints.queries import cached_figures
from sala.services.complaints.queries.overview import AgencyFigures


def _rows(query: Query) -> Rows:
    now = clock.now()
    found = AGENCY_FIGURES.ordered(cached_figures.offices(now), query.order)
    return counted_rows(found, query, cached_figures.counted_at(now))


def _count(name: str, title: Words, description: Words, kind: ColumnKind = "integer") -> Column:
    return Column(
        name=name,
        title=title,
        description=description,
        kind=kind,
        value=lambda row: _figure(row, name, kind),
    )


def _figure(row: AgencyFigures, name: str, kind: ColumnKind) -> object:
    value = exporters.agency_figures(row, clock.now())[name]
    return date.fromisoformat(value) if kind == "date" else value


def _office(row: AgencyFigures) -> str:
    address = f"{reverse('complaints:figures')}?agency={row.agency}"
    return format_html('<a href="{}">{}</a>', address, words.agency_name(row.agency))


AGENCY_FIGURES = Table(
    name="agency_figures",
    title=_("How each office performs"),
    description=_(
        "What is open and late at each office now, and what became of the complaints it said were done in the last"
        " 90 days. Shares are empty below ten cases."
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
        _count("agency_name_th", _("Name in Thai"), _("Its name."), "text"),
        _count("agency_name_en", _("Name in English"), _("Its name."), "text"),
        _count("since", _("From"), _("The first day of the 90 days."), "date"),
        _count("until", _("Until"), _("The last day of the 90 days."), "date"),
        _count("said_done", _("Said to be done"), _("Complaints the office said were done.")),
        _count("resolved", _("Done"), _("Of them those that were not opened again since.")),
        _count("resolved_in_time", _("Done by the date"), _("Of those done, by the date that was promised.")),
        _count("percent_in_time", _("By the date"), _("Share of those done."), "percent"),
        _count(
            "answered_for",
            _("Time to confirm over"),
            _("Complaints whose time to confirm is over or was used."),
        ),
        _count("confirmed", _("Confirmed"), _("Of them confirmed by the person as solved.")),
        _count(
            "percent_confirmed",
            _("Share confirmed"),
            _("Share of those whose time to confirm is over."),
            "percent",
        ),
        _count("reopened", _("Opened again"), _("Of those said to be done, opened again by the person.")),
        _count("percent_reopened", _("Share opened again"), _("Share of those said to be done."), "percent"),
        _count("open_now", _("Open now"), _("Complaints that are open.")),
        _count("late_now", _("Late"), _("Of the open ones, past their date.")),
        _count("bounced_now", _("Sent around"), _("Of the open ones, handed on three times or more.")),
    ),
    key=("agency",),
    rows=_rows,
    orders=("agency", "open_now", "late_now", "resolved", "percent_in_time", "percent_confirmed"),
    page="complaints:figures",
)
