"""The public table of conversations."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from sala.commons.participation import queries
from sala.platform.tables import Column, Query, Rows, Table, cursor_number


def _address(row: Any) -> str:
    return reverse("opinions:map", args=[row.matter.reference])


def _rows(query: Query) -> Rows:
    found = queries.list_conversations(before=cursor_number(query) or 0, size=query.size + 1)
    more = len(found) > query.size
    return Rows(rows=found[: query.size], cursor=str(found[query.size - 1].pk) if more else "")


OPINIONS = Table(
    name="opinions",
    title=_("Conversations"),
    description=_("Where people say what they think of statements about a matter, and how many did."),
    columns=(
        Column(
            name="matter",
            title=_("Matter"),
            description=_("Number of the matter it is about."),
            kind="code",
            value=lambda row: row.matter.reference,
            is_required=True,
            show=lambda row: format_html('<a href="{}">{}</a>', _address(row), row.matter.reference),
        ),
        Column(
            name="question",
            title=_("What it is about"),
            description=_("In a line."),
            kind="text",
            value=lambda row: row.question,
        ),
        Column(
            name="opens_at",
            title=_("Opens"),
            description=_("From when people may answer."),
            kind="datetime",
            value=lambda row: row.opens_at,
        ),
        Column(
            name="closes_at",
            title=_("Closes"),
            description=_("First instant at which nobody may answer; empty while no day is set."),
            kind="datetime",
            value=lambda row: row.closes_at,
        ),
        Column(
            name="people",
            title=_("People"),
            description=_("How many people the map was drawn from; empty before the first map."),
            kind="integer",
            value=lambda row: getattr(getattr(row, "drawn_map", None), "people", None),
        ),
        Column(
            name="answers",
            title=_("Answers"),
            description=_("How many answers the map was drawn from."),
            kind="integer",
            value=lambda row: getattr(getattr(row, "drawn_map", None), "opinions", None),
        ),
        Column(
            name="url",
            title=_("Address"),
            description=_("Where its map is read."),
            kind="url",
            value=lambda row: f"{settings.SITE_URL}{_address(row)}",
        ),
    ),
    key=("matter",),
    rows=_rows,
    page="opinions:start",
)
