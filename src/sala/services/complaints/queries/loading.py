"""A complaint and what belongs to it, each by one statement: building nine queries cost more than running them."""

import json
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

from sala.commons.correspondence import queries as correspondence
from sala.commons.correspondence.queries import Message
from sala.commons.files import queries as files
from sala.commons.matters.queries import Visibility
from sala.engines.thai.public_text import stored
from sala.platform.rows import read_kept
from sala.services.complaints.models import Appeal, Complaint, Handover, Share
from sala.services.complaints.rules import NOTE

Row = TypeVar("Row", bound=Model)
Values = dict[str, Any]

_WHOLE = """
SELECT json_build_array(to_json(m), to_json(c), to_json(d),
    (SELECT json_agg(r ORDER BY r.id) FROM complaints_share r WHERE r.complaint_id = c.matter_id),
    (SELECT json_agg(r ORDER BY r.id) FROM complaints_handover r WHERE r.complaint_id = c.matter_id),
    (SELECT json_agg(r ORDER BY r.id) FROM complaints_appeal r WHERE r.complaint_id = c.matter_id),
    (SELECT json_agg(json_build_array(p.reference, p.visibility) ORDER BY p.id) FROM complaints_complaint r
     JOIN matters_matter p ON p.id = r.matter_id WHERE r.parent_id = c.matter_id))::text
FROM complaints_complaint c JOIN matters_matter m ON m.id = c.matter_id LEFT JOIN agencies_desk d ON d.id = c.desk_id
WHERE m.reference = %(reference)s
"""
# Where a complaint keeps the parts it was split into, once they were read with it.
_PARTS = "_parts_read"


def find_complaint(reference: str) -> Complaint | None:
    """The complaint with exactly this reference, with its matter, desk, shares, handovers, appeals and parts.

    One query.
    """
    found = _ask(_WHOLE, {"reference": reference})
    if found is None:
        return None
    matter, own, desk, shares, handovers, appeals, parts = found
    complaint = _row(Complaint, own)
    complaint.matter = _row(_model_of("matter"), matter)
    complaint.desk = _row(_model_of("desk"), desk) if desk else None
    _keep(complaint, "shares", [_row(Share, values) for values in shares or ()])
    _keep(complaint, "handovers", [_row(Handover, values) for values in handovers or ()])
    _keep(complaint, "appeals", [_row(Appeal, values) for values in appeals or ()])
    complaint.__dict__[_PARTS] = parts or []
    return complaint


def said_about(
    complaint: Complaint, *, is_own: bool, now: datetime
) -> tuple[list[Message], list[files.File], list[str]]:
    """The messages that are no notes (each with its files), the pictures that were sent with the filing, and the
    references of the parts it was split into, but for those set aside. What is not public only for the person:
    `is_own`. Two queries, and one for the parts of a complaint that was not read by its reference."""
    # The person sees what they sent; everyone else what is public of it, a covered copy in its place.
    attached = [
        file
        for file in files.list_of_matter(complaint.pk)
        if (file.uncovered_id is None if is_own else file.is_seen(now))
    ]
    written = correspondence.list_messages(complaint.pk, but=[NOTE], is_public=not is_own)
    for message in written:
        message.files = [file for file in attached if file.message_id == message.pk]
    sent = [file for file in attached if file.message_id is None and not file.by_agency]
    parts = [name for name, seen in _parts(complaint) if is_own or seen != Visibility.QUARANTINED]
    return written, sent, parts


def _parts(complaint: Complaint) -> list[tuple[str, str]]:
    """The parts a complaint was split into: reference and who may see each."""
    if (known := complaint.__dict__.get(_PARTS)) is not None:
        return list(known)
    rows = Complaint.objects.filter(parent_id=complaint.pk).order_by("pk")
    return list(rows.values_list("matter__reference", "matter__visibility"))


def _ask(statement: str, values: Values) -> Any:
    found = read_kept(statement, values)
    return json.loads(found[0][0]) if found else None


def _model_of(relation: str) -> Any:
    return Complaint._meta.get_field(relation).related_model


def _row(model: type[Row], values: Values) -> Row:
    """The row that these columns are, as a query would have given it."""
    return model.from_db(
        connection.alias,
        *zip(*((name, _read(read, values[column])) for name, column, read in _columns(model)), strict=True),
    )


def _read(read: Callable[[str], Any] | None, value: Any) -> Any:
    return value if read is None or value is None else read(value)


@cache
def _columns(model: type[Model]) -> tuple[tuple[str, str, Callable[[str], Any] | None], ...]:
    """Attribute, column and, where JSON has no such type, how its text is read; in the order of the model."""
    reading: dict[str, Callable[[str], Any]] = {
        "DateTimeField": datetime.fromisoformat,
        "DateField": date.fromisoformat,
        "BinaryField": lambda text: bytes.fromhex(text.removeprefix("\\x")),
    }
    fields: Any = model._meta.concrete_fields
    return tuple((f.attname, f.column, _reader(f, reading)) for f in fields)


def _reader(field: Any, reading: dict[str, Callable[[str], Any]]) -> Callable[[str], Any] | None:
    public = hasattr(field, "guards_what_is_saved")
    return stored if public else reading.get(field.get_internal_type())


class _Kept(QuerySet[Any]):
    """Rows that were read already; whatever narrows or orders them asks the database, for their owner alone."""

    owned_by: Values

    def _chain(self) -> QuerySet[Any]:
        theirs: QuerySet[Any] = self.model._default_manager.filter(**self.owned_by)
        return theirs


def _keep(row: Model, relation: str, related: list[Any]) -> None:
    """Let `row.relation.all()` give these rows, as after `prefetch_related`."""
    rel = getattr(type(row), relation).rel
    kept = _Kept(rel.related_model)
    kept.owned_by = {rel.remote_field.name: row.pk}
    kept._result_cache = related
    kept._prefetch_done = True  # type: ignore[attr-defined]  # the framework's own mark
    row.__dict__.setdefault("_prefetched_objects_cache", {})[relation] = kept
