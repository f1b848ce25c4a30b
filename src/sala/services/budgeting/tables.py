"""The public table of budgets: every event at its line, so that every sum on a page can be made again."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from sala.core.digits import find_whole_number
from sala.platform.registration import Words
from sala.platform.tables import Column, Filter, Query, Rows, Table, cursor_number
from sala.platform.tables.declaration import ColumnKind
from sala.services.budgeting import queries, words
from sala.services.budgeting.models import BudgetEvent, Heading
from sala.services.budgeting.rules.rows import LEVELS


class _Line(NamedTuple):
    event: BudgetEvent
    path: dict[str, Heading]


def _column(
    name: str,
    title: Words,
    told: Words,
    kind: ColumnKind,
    value: Callable[[BudgetEvent], object],
    **more: Any,
) -> Column:
    return Column(
        name=name, title=title, description=told, kind=kind, value=lambda row: value(row.event), **more
    )


def _name_at(level: str) -> Callable[[_Line], str]:
    return lambda row: row.path[level].name if level in row.path else ""


def _kind(row: _Line) -> str:
    return row.path["output"].kind if "output" in row.path else ""


def _path(row: _Line) -> str:
    return reverse("budget:heading", args=[row.event.heading.fiscal_year, row.event.heading.code])


def _rows(query: Query) -> Rows:
    year = find_whole_number(query.filters.get("year", ""), least=2443, most=2743)
    found = queries.page_of_events(cursor_number(query) or 0, query.size + 1, year)
    more, there = len(found) > query.size, found[: query.size]
    paths = queries.paths_of(there)
    lines = [_Line(one, {above.level: above for above in paths[one.heading_id]}) for one in there]
    return Rows(rows=lines, cursor=str(there[-1].pk) if more else "")


def _years() -> list[tuple[str, str]]:
    return [(str(year), str(year)) for year in queries.list_years()]


_LEVEL_WORDS = {
    "ministry": _("Name of the uppermost heading."),
    "agency": _("Name of the body that receives the money."),
    "plan": _("Name of the plan; empty where there is none."),
    "output": _("Name of the output or the project; empty where there is none."),
    "activity": _("Name of the activity; empty where there is none."),
    "expense": _("Kind of expense; empty where the papers give none, as for the central fund."),
    "subexpense": _("Sort within the kind of expense."),
    "item": _("Name of the item."),
}

BUDGET_LINES = Table(
    name="budget_lines",
    title=_("Lines of budgets"),
    description=_(
        "Every event of every budget here. The sum of one stage, of money of its own year, is the figure on the page."
    ),
    columns=(
        _column(
            "number", _("Number"), _("Number of the event."), "integer", lambda one: one.pk, is_required=True
        ),
        _column(
            "fiscal_year",
            _("Fiscal year"),
            _("Fiscal year of the budget, Buddhist era."),
            "integer",
            lambda one: one.heading.fiscal_year,
        ),
        _column(
            "line",
            _("Line"),
            _("Permanent name of the heading the event stands at."),
            "code",
            lambda one: one.heading.code,
        ),
        *(
            Column(
                name=level,
                title=words.LEVELS[level],
                description=_LEVEL_WORDS[level],
                kind="text",
                value=_name_at(level),
            )
            for level in LEVELS[:4]
        ),
        Column(
            name="kind",
            title=_("Output or project"),
            description=_("Whether it is an output or a project."),
            kind="code",
            value=_kind,
        ),
        *(
            Column(
                name=level,
                title=words.LEVELS[level],
                description=_LEVEL_WORDS[level],
                kind="text",
                value=_name_at(level),
            )
            for level in LEVELS[4:]
        ),
        _column(
            "stage", _("Stage"), _("Stage of the budget, in Latin letters."), "code", lambda one: one.stage
        ),
        _column(
            "money_year",
            _("Year of the money"),
            _("Year in which it is meant to be spent; other years are instalments and in no total."),
            "integer",
            lambda one: one.money_year,
        ),
        _column(
            "satang",
            _("Amount"),
            _("What the event adds, or takes away."),
            "money",
            lambda one: one.satang,
            unit="satang",
        ),
        _column("holds_on", _("Day"), _("Day from which it holds."), "date", lambda one: one.holds_on),
        _column(
            "recorded_at",
            _("Known since"),
            _("When it became known here."),
            "datetime",
            lambda one: one.load.recorded_at,
        ),
        _column("actor", _("Said by"), _("Who said so."), "text", lambda one: one.actor),
        _column("document", _("Document"), _("Where it was printed."), "text", lambda one: one.document),
        _column("page_from", _("Page"), _("Printed page, the first."), "integer", lambda one: one.page_from),
        _column("page_to", _("to page"), _("Printed page, the last."), "integer", lambda one: one.page_to),
        _column(
            "doubtful",
            _("Doubtful readings"),
            _("How many lines behind it may have been misread."),
            "integer",
            lambda one: one.doubtful,
        ),
        _column("note", _("Note"), _("What was noted beside it."), "text", lambda one: one.note),
        Column(
            name="url",
            title=_("Address"),
            description=_("Where the line is read."),
            kind="url",
            value=lambda row: f"{settings.SITE_URL}{_path(row)}",
            show=lambda row: format_html('<a href="{}">{}</a>', _path(row), row.event.heading.code),
        ),
    ),
    key=("number",),
    filters=(Filter(name="year", title=_("Fiscal year"), choices=_years),),
    rows=_rows,
    page="budget:start",
)
