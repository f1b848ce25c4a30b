"""A complaint and what belongs to it, each by one statement: building nine queries cost more than running them."""

import json
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

from sala.services.complaints.models import Appeal, Attachment, Complaint, Handover, Message, Pause, Share

Row = TypeVar("Row", bound=Model)
Values = dict[str, Any]

_WHOLE = """
SELECT json_build_array(to_json(m), to_json(c), to_json(d),
    (SELECT json_agg(r ORDER BY r.id) FROM complaints_pause r WHERE r.complaint_id = c.matter_id),
    (SELECT json_agg(r ORDER BY r.id) FROM complaints_share r WHERE r.complaint_id = c.matter_id),
    (SELECT json_agg(r ORDER BY r.id) FROM complaints_handover r WHERE r.complaint_id = c.matter_id),
    (SELECT json_agg(r ORDER BY r.id) FROM complaints_appeal r WHERE r.complaint_id = c.matter_id))::text
FROM complaints_complaint c JOIN matters_matter m ON m.id = c.matter_id LEFT JOIN agencies_desk d ON d.id = c.desk_id
WHERE m.reference = %(reference)s
"""
_SAID = """
SELECT json_build_array(
    (SELECT json_agg(r ORDER BY r.at, r.id) FROM complaints_message r
     WHERE r.complaint_id = %(id)s AND r.kind <> 'note' AND (%(is_own)s OR r.public_text <> '')),
    (SELECT json_agg(r ORDER BY r.id) FROM complaints_attachment r WHERE r.complaint_id = %(id)s
     OR r.message_id = ANY (ARRAY(SELECT id FROM complaints_message WHERE complaint_id = %(id)s))),
    (SELECT json_agg(m.reference ORDER BY m.id) FROM complaints_complaint r JOIN matters_matter m ON m.id = r.matter_id
     WHERE r.parent_id = %(id)s AND (%(is_own)s OR m.visibility <> 'quarantined')))::text
"""


def find_complaint(reference: str) -> Complaint | None:
    """The complaint with exactly this reference, with its matter, desk, pauses, shares and handovers. One query."""
    found = _ask(_WHOLE, {"reference": reference})
    if found is None:
        return None
    matter, own, desk, pauses, shares, handovers, appeals = found
    complaint = _row(Complaint, own)
    complaint.matter = _row(_model_of("matter"), matter)
    complaint.desk = _row(_model_of("desk"), desk) if desk else None
    _keep(complaint, "pauses", [_row(Pause, values) for values in pauses or ()])
    _keep(complaint, "shares", [_row(Share, values) for values in shares or ()])
    _keep(complaint, "handovers", [_row(Handover, values) for values in handovers or ()])
    _keep(complaint, "appeals", [_row(Appeal, values) for values in appeals or ()])
    return complaint


def said_about(complaint: Complaint, *, is_own: bool) -> tuple[list[Message], list[Attachment], list[str]]:
    """The messages that are no notes (each with its files), the pictures that were sent with the filing, and the
    references of the parts it was split into, but for those set aside. What is not public only for the person:
    `is_own`. One query."""
    messages, files, parts = _ask(_SAID, {"id": complaint.pk, "is_own": is_own})
    attached = [_row(Attachment, values) for values in files or ()]
    written = [_row(Message, values) for values in messages or ()]
    for message in written:
        _keep(message, "attachments", [file for file in attached if file.message_id == message.pk])
    sent = [file for file in attached if file.message_id is None and not file.by_agency]
    return written, [file for file in sent if is_own or file.is_public], parts or []


def _ask(statement: str, values: Values) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    return json.loads(row[0]) if row else None


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
    return tuple((f.attname, f.column, reading.get(f.get_internal_type())) for f in fields)


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
