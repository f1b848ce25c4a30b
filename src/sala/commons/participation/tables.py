"""Public tables of participation: how many signed in each hour."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from sala.commons.participation import queries
from sala.commons.participation.models import HourCount
from sala.platform.tables import Column, Query, Rows, Table, cursor_number

# The cursor holds a collection's key and an hour since 1970, which needs six digits until the year 2084.
_HOURS = 10_000_000


def _cursor_of(row: HourCount) -> str:
    return str(row.collection_id * _HOURS + int(row.hour.timestamp()) // 3600)


def _rows(query: Query) -> Rows:
    cursor = cursor_number(query)
    after = None
    if cursor is not None:
        collection, hour = divmod(cursor, _HOURS)
        after = collection, datetime.fromtimestamp(hour * 3600, UTC)
    found = queries.list_hours(after, query.size + 1)
    more = len(found) > query.size
    return Rows(rows=found[: query.size], cursor=_cursor_of(found[query.size - 1]) if more else "")


HOURS = Table(
    name="signatures_by_hour",
    title=_("Signatures by hour"),
    description=_(
        "How many more signed in each hour, fewer where more withdrew or were set aside."
        " All hours together are the count."
    ),
    columns=(
        Column(
            name="reference",
            title=_("Number"),
            description=_("Number of the matter that is signed for."),
            kind="code",
            value=lambda row: row.collection.matter.reference,
            is_required=True,
        ),
        Column(
            name="purpose",
            title=_("Signed for"),
            description=_("What the signatures are for, in Latin letters."),
            kind="code",
            value=lambda row: row.collection.purpose,
            is_required=True,
        ),
        Column(
            name="hour",
            title=_("Hour"),
            description=_("Beginning of the hour."),
            kind="datetime",
            value=lambda row: row.hour,
            is_required=True,
        ),
        Column(
            name="signed",
            title=_("Signatures"),
            description=_("Signatures given less those taken back or set aside in this hour."),
            kind="integer",
            value=lambda row: row.counted,
        ),
    ),
    key=("reference", "purpose", "hour"),
    rows=_rows,
)


def _address(row: Any) -> str:
    return reverse("opinions:map", args=[row.matter.reference])


def _conversation_rows(query: Query) -> Rows:
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
    rows=_conversation_rows,
    page="opinions:start",
)
