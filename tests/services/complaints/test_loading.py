"""A complaint read by one statement is the complaint that the tables hold, with everything around it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db.models import Model
from pytest_django import DjangoAssertNumQueries

from sala.commons.agencies.models import Agency, Desk
from sala.commons.correspondence.models import Message
from sala.commons.files.models import File
from sala.commons.matters.models import Matter
from sala.engines import thai
from sala.services.complaints.models import Complaint, Handover, Share
from sala.services.complaints.queries import loading

pytestmark = [pytest.mark.req("CMP-1.1"), pytest.mark.django_db]

AT = datetime(2026, 11, 22, 9, 30, 15, 120_340, tzinfo=UTC)


def filed(number: str, **more: Any) -> Complaint:
    matter = Matter.objects.create(
        reference=number,
        kind="complaint",
        title=thai.cover('ไฟดับ "ซอย" \\ 5'),
        visibility="public",
        agency="kk",
        stage="received",
        latitude=16.43211,
        longitude=102.1,
        opened_at=AT,
        updated_at=AT,
    )
    fixed = {
        "status": "assigned",
        "privacy": "public",
        "channel": "web",
        "original": "ไฟดับ\nซอย 5",
        "salt": b"\0\xff",
    }
    return Complaint.objects.create(matter=matter, guesses=[["water", 0.25, ["น้ำ"]]], **fixed, **more)


@pytest.fixture
def eventful() -> Complaint:
    agency = Agency.objects.create(code="kk", kind="local_authority", name_th="ขอนแก่น", name_en="Khon Kaen")
    desk = Desk.objects.create(agency=agency, name_th="ช่าง", name_en="Works")
    complaint = filed("C69-0000001-1", desk=desk, happened_on=AT.date(), resolved_at=AT)
    Share.objects.create(complaint=complaint, agency="pea", shared_at=AT)
    Handover.objects.create(
        complaint=complaint, from_agency="a", to_agency="kk", move="forward", reason="ร", at=AT
    )
    for kind, public, later in (
        ("note", "ใน", 1),
        ("answer", "", 2),
        ("reply", "ตอบ", 3),
        ("question", "ถาม", 0),
    ):
        message = Message.objects.create(
            matter=complaint.matter,
            kind=kind,
            text="เต็ม",
            public_text=thai.cover(public),
            at=AT + timedelta(later),
        )
        kept(complaint, f"{kind}.jpg", message=message, by_agency="kk", is_public=bool(public))
    kept(complaint, "shown.jpg", is_public=True)
    kept(complaint, "hidden.jpg")
    filed("C69-0000002-2", parent=complaint)
    return complaint


def kept(complaint: Complaint, name: str, message: Message | None = None, **more: Any) -> None:
    fixed = {
        "media_type": "image/jpeg",
        "size_bytes": 1,
        "sha256": "0" * 64,
        "added_at": AT,
    }
    message_id = message.pk if message else None
    File.objects.create(matter_id=complaint.pk, message_id=message_id, stored_as=name, **fixed, **more)


def values(row: Model) -> dict[str, Any]:
    found = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return {name: bytes(value) if isinstance(value, memoryview) else value for name, value in found.items()}


def test_it_is_what_the_tables_hold_by_one_query(
    eventful: Complaint, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    expected = Complaint.objects.select_related("matter", "desk").get(pk=eventful.pk)
    around = {name: list(getattr(expected, name).all()) for name in ("shares", "handovers", "appeals")}
    with django_assert_num_queries(1):
        found = loading.find_complaint("C69-0000001-1")
        assert found is not None
        seen = {name: list(getattr(found, name).all()) for name in around}
        assert found.matter.complaint is found
    assert values(found) == values(expected)
    assert values(found.matter) == values(expected.matter)
    assert found.desk is not None
    assert values(found.desk) == values(expected.desk)
    for name, rows in around.items():
        assert [values(row) for row in seen[name]] == [values(row) for row in rows], name


def test_what_narrows_what_was_read_already_stays_with_this_complaint(eventful: Complaint) -> None:
    other = filed("C69-0000003-3")
    Share.objects.create(complaint=other, agency="bma", shared_at=AT)
    Handover.objects.create(
        complaint=other, from_agency="x", to_agency="kk", move="forward", reason="ลับ", at=AT
    )
    found = loading.find_complaint("C69-0000001-1")
    assert found is not None
    assert [step.from_agency for step in found.handovers.order_by("-at")] == ["a"]
    assert found.handovers.filter(to_agency="kk").count() == 1
    assert list(found.shares.values_list("agency", flat=True)) == ["pea"]


def test_a_bare_complaint_has_nothing_around_it_and_an_unknown_one_is_not_found() -> None:
    filed("C69-0000001-1")
    found = loading.find_complaint("C69-0000001-1")
    assert found is not None
    assert found.desk is None
    assert loading.said_about(found, is_own=True, now=AT) == ([], [], [])
    assert loading.find_complaint("C69-0000009-9") is None


@pytest.mark.parametrize(
    ("is_own", "kinds", "pictures"),
    [
        (False, ["question", "reply"], ["shown.jpg"]),
        (True, ["question", "answer", "reply"], ["shown.jpg", "hidden.jpg"]),
    ],
)
def test_what_was_said_is_in_order_and_only_what_this_reader_may_see(
    eventful: Complaint,
    django_assert_num_queries: DjangoAssertNumQueries,
    is_own: bool,
    kinds: list[str],
    pictures: list[str],
) -> None:
    with django_assert_num_queries(3):
        messages, sent, parts = loading.said_about(eventful, is_own=is_own, now=AT)
        files = {message.kind: [file.stored_as for file in message.files] for message in messages}
    assert list(files) == kinds
    assert files == {kind: [f"{kind}.jpg"] for kind in kinds}
    assert [file.stored_as for file in sent] == pictures
    assert parts == ["C69-0000002-2"]


def test_what_was_read_by_its_number_knows_its_parts_already(
    eventful: Complaint, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    found = loading.find_complaint("C69-0000001-1")
    assert found is not None
    with django_assert_num_queries(2):
        assert loading.said_about(found, is_own=False, now=AT)[2] == ["C69-0000002-2"]
