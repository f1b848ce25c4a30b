"""A row written by the kept statement is the row that `save` would have written."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model

from sala.commons.matters.models import Matter
from sala.core import clock
from sala.engines import thai
from sala.platform.rows import insert_row
from sala.services.complaints.models import Complaint

pytestmark = [pytest.mark.req("TRU-2"), pytest.mark.django_db]


def matter(reference: str) -> Matter:
    now = clock.now()
    return Matter(
        reference=reference,
        kind="complaint",
        title=thai.cover("ไฟดับ 'x' %s"),
        visibility="public",
        agency="kk",
        stage="received",
        latitude=16.43,
        longitude=102.8,
        opened_at=now,
        updated_at=now,
    )


def complaint(of: Matter) -> Complaint:
    return Complaint(
        matter=of,
        status="received",
        privacy="public",
        channel="web",
        original="ไฟดับ",
        salt=b"\0\1salt",
        guesses=[["street_light", 0.5, ["ไฟ"]]],
        happened_on=clock.now().date(),
    )


def columns(row: Model) -> dict[str, Any]:
    kept = type(row)._default_manager.get(pk=row.pk)
    values = {field.attname: getattr(kept, field.attname) for field in row._meta.concrete_fields}
    return {name: bytes(value) if isinstance(value, memoryview) else value for name, value in values.items()}


def test_a_row_is_written_whole_and_knows_its_key() -> None:
    with clock.frozen(clock.now()):
        ours, plain = matter("C69-0000001-1"), matter("C69-0000002-2")
    insert_row(ours)
    plain.save()
    differing = {"id": plain.pk, "reference": plain.reference}
    assert ours.pk
    assert columns(ours) | differing == columns(plain)
    told, saved = complaint(ours), complaint(plain)
    insert_row(told)
    saved.save()
    assert columns(told) | {"matter_id": plain.pk} == columns(saved)


def test_a_row_written_so_can_be_saved_again_and_the_tables_rules_hold() -> None:
    one = matter("C69-0000001-1")
    insert_row(one)
    one.stage = "closed"
    one.save(update_fields=["stage"])
    assert Matter.objects.get().stage == "closed"
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_row(matter("C69-0000001-1"))
