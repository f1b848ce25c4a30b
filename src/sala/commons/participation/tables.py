"""Public tables of participation: how many signed in each hour."""

from datetime import UTC, datetime

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
