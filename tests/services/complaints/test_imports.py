"""Bringing in an earlier system: what offices really write lands right or is refused by name; nothing is invented."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.commons.agencies.factories import signed_in
from tests.small_state import NOW

from sala.cli import imports
from sala.commons.agencies.models import Agency
from sala.commons.imports import running, slots
from sala.commons.imports.models import Run
from sala.commons.imports.running import Landing
from sala.commons.ledger.models import Entry
from sala.commons.ledger.queries import LoggedEntry
from sala.commons.matters import queries as matters
from sala.commons.matters.actions import index_matters
from sala.commons.matters.models import Matter
from sala.core import clock
from sala.core.actors import ANONYMOUS, SYSTEM
from sala.core.errors import Conflict, Refused
from sala.services.complaints import actions, queries
from sala.services.complaints.actions import Filing
from sala.services.complaints.models import Complaint

pytestmark = [pytest.mark.usefixtures("state"), pytest.mark.req("CMP-P1")]

MAPPING = """
source = "old-town"
agency_prefix = "town"
agency_name = "เมืองเก่า"
date_formats = ["%d/%m/%y", "%Y-%m-%d"]
[columns]
id = "เลขที่"
opened_at = "วันที่"
status = "สถานะ"
category = "ประเภท"
title = "เรื่อง"
agency = "หน่วยงาน"
place = "สถานที่"
latitude = "ละติจูด"
longitude = "ลองจิจูด"
outcome = "ผล"
privacy = "ชั้น"
contact_name = "ผู้แจ้ง"
contact_phone = "โทร"
[statuses]
"อยู่ระหว่างดำเนินการ" = "in_progress"
"ยุติเรื่อง" = "closed"
[privacies]
"ลับ" = "confidential"
[topics]
"ไฟฟ้าสาธารณะ" = "street_light"
[agencies]
"เทศบาล" = "kk-muni"
"""
COLUMNS = (
    *("เลขที่", "วันที่", "สถานะ", "ประเภท", "เรื่อง", "หน่วยงาน", "สถานที่", "ละติจูด", "ลองจิจูด"),
    *("ผล", "ชั้น", "ผู้แจ้ง", "โทร"),
)
ROW = dict.fromkeys(COLUMNS, "") | {
    "เลขที่": "1",
    "วันที่": "5/1/69",
    "สถานะ": "อยู่ระหว่างดำเนินการ",
    "ประเภท": "ไฟฟ้าสาธารณะ",
    "เรื่อง": "ไฟทางดับ",
    "หน่วยงาน": "เทศบาล",
}
Take = Callable[..., Landing]


@pytest.fixture
def take(tmp_path: Path) -> Iterator[Take]:
    """Brings rows in (each a row of our own, changed so); what came of it, and the report beside it."""

    def take(
        *changes: dict[str, str], mapping: str = MAPPING, is_rehearsal: bool = False, at: Any = NOW
    ) -> Landing:
        file, importer = tmp_path / "old.csv", slots.importers["complaints"]
        with file.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, COLUMNS)
            writer.writeheader()
            writer.writerows(ROW | change for change in changes)
        read_by = running.mapping_of(importer, mapping)
        with running.open_table(str(file), importer, read_by) as sheet:
            (landing,) = running.land(
                actor=SYSTEM,
                now=at,
                importer=importer,
                mapping=read_by,
                sheets=[sheet],
                is_rehearsal=is_rehearsal,
            )
        return landing

    return take


def numbered(*changes: dict[str, str]) -> list[dict[str, str]]:
    return [{"เลขที่": str(number)} | change for number, change in enumerate(changes, start=1)]


def told(landing: Landing) -> list[tuple[int, str, str]]:
    return [(bad.line, bad.column, bad.reason) for bad in landing.first_bad]


def only() -> Complaint:
    return Complaint.objects.select_related("matter").get()


# ── days ─────────────────────────────────────────────────────────────────────


def test_years_of_two_digits_are_buddhist_and_a_day_to_come_is_refused_unless_it_is_meant(take: Take) -> None:
    days = numbered({"วันที่": "5/1/69"}, {"วันที่": "5/1/68"}, {"วันที่": "1/2/70"})
    landing = take(*days)
    assert told(landing) == [(4, "วันที่", "day_not_come")]
    opened = Matter.objects.order_by("pk").values_list("opened_at", flat=True)
    assert [at.astimezone(clock.BANGKOK).date().isoformat() for at in opened] == ["2026-01-05", "2025-01-05"]
    assert take(*days, mapping=f"allow_future = true\n{MAPPING}").added == 1


def test_a_complaint_older_than_any_period_is_shown_everywhere(take: Take) -> None:
    take({"วันที่": "2003-10-09"})
    reference = only().matter.reference
    for address in (f"/complaints/{reference}", f"/api/complaints/{reference}"):
        assert Client().get(address, follow=True).status_code == 200, address
    officer = signed_in("kk-muni")
    for view in ("open", "overdue", "today"):
        assert officer.get(f"/work/inbox?kind=complaint&view={view}").status_code == 200
    assert officer.get(f"/complaints/work/{reference}").status_code == 200


# ── spellings, offices, topics ───────────────────────────────────────────────


def test_spellings_of_one_office_are_one_office_and_of_one_status_one_status(take: Take) -> None:
    spelled = ["สำนักช่าง", "สํานักช่าง", "สำนัก  ช่าง", "สำนัก\u200bช่าง"]
    landing = take(
        *numbered(
            *({"หน่วยงาน": name} for name in spelled),
            {"สถานะ": "อยู่ระหว่างดําเนินการ"},
            {"สถานะ": "อยู่ระหว่างดำเนินการ\u200b"},
        )
    )
    assert (landing.added, landing.refused) == (6, 0)
    made = Agency.objects.filter(code__startswith="town-")
    assert [agency.name_th for agency in made] == ["เมืองเก่า สำนักช่าง"]
    assert landing.notes["new_office", "เมืองเก่า สำนักช่าง"] == 4
    # A later table with yet another spelling finds the same office.
    take({"เลขที่": "9", "หน่วยงาน": "สำนักช่าง "})
    assert made.count() == 1


def test_an_office_that_two_bear_the_name_of_is_asked_about(take: Take) -> None:
    for code in ("one", "two"):
        Agency.objects.create(code=code, kind="department", name_th="เมืองเก่า กองช่าง", name_en=code)
    assert told(take({"หน่วยงาน": "กองช่าง"})) == [(2, "หน่วยงาน", "several_offices")]


def test_no_office_is_made_where_the_mapping_does_not_let_it(take: Take) -> None:
    mapping = f'new_offices = "refuse"\n{MAPPING}'
    assert told(take({"หน่วยงาน": "กองใหม่"}, mapping=mapping)) == [(2, "หน่วยงาน", "unknown_office")]


def test_a_kind_that_the_mapping_does_not_name_becomes_other_and_is_told(take: Take) -> None:
    landing = take({"ประเภท": "เรื่องแปลก"})
    assert landing.notes["unknown_topic", "เรื่องแปลก"] == 1
    assert only().matter.topic == "other"
    assert "เรื่องแปลก" in only().public_text


def test_a_mapping_that_names_a_topic_nobody_knows_is_refused() -> None:
    with pytest.raises(running.BadMapping, match=r"\[topics\] has unknown no_such_topic"):
        running.mapping_of(slots.importers["complaints"], MAPPING.replace("street_light", "no_such_topic"))


# ── people and places ────────────────────────────────────────────────────────


def test_what_tells_of_people_is_covered_in_places_offices_words_and_answers(take: Take) -> None:
    secrets = ["081-234-5678", "สมชาย", "1101700203451", "089-765-4321", "วิชัย"]
    take(
        {
            "หน่วยงาน": "สำนักช่าง (คุณวิชัย 089-765-4321)",
            "สถานที่": "บ้านนายสมชาย ใจดี โทร 081-234-5678 เลขบัตร 1101700203451",
            "เรื่อง": "ไฟดับ ติดต่อ 081-234-5678",
            "ผล": "แจ้งนายสมชาย ใจดี แล้ว",
            "สถานะ": "ยุติเรื่อง",
            "ผู้แจ้ง": "นายสมชาย ใจดี",
            "โทร": "081-234-5678",
        }
    )
    complaint, office = only(), Agency.objects.get(code__startswith="town")
    assert office.name_th == "เมืองเก่า สำนักช่าง"
    pages = [Client().get(f"/complaints/{complaint.matter.reference}", follow=True)]
    pages += [Client().get(f"/api/complaints/{complaint.matter.reference}")]
    seen = [page.content.decode() for page in pages]
    seen += [
        office.code,
        complaint.matter.place,
        complaint.contact_sealed,
        *map(str, Entry.objects.values_list("body")),
    ]
    assert [word for word in secrets for text in seen if word in text] == []
    assert queries.unsealed_contact(complaint).phone == "081-234-5678"


def test_a_confidential_one_is_confidential_here(take: Take) -> None:
    take({"ชั้น": "ลับ"})
    complaint = only()
    assert (complaint.matter.visibility, complaint.matter.title, complaint.public_text) == (
        "confidential",
        "",
        "",
    )
    assert Client().get(f"/complaints/{complaint.matter.reference}", follow=True).status_code == 404
    entry = Entry.objects.get(kind="complaint.imported")
    assert entry.matter.startswith("~")
    assert "old-town" not in str(entry.body)


@pytest.mark.parametrize(
    ("change", "area"),
    [
        ({"ละติจูด": "16.432", "ลองจิจูด": "102.823"}, "400101"),
        ({"ละติจูด": "๑๖.๔๓๒", "ลองจิจูด": "102,823"}, "400101"),
        ({"สถานที่": "ขอนแก่น"}, "40"),
        ({"สถานที่": "ถ.ศรีจันทร์"}, ""),
    ],
)
def test_the_area_is_that_of_the_point_or_of_the_words(take: Take, change: dict[str, str], area: str) -> None:
    assert told(take(change)) == []
    assert only().matter.area == area


@pytest.mark.parametrize(
    ("change", "column", "reason"),
    [
        ({"ละติจูด": "0", "ลองจิจูด": "0.0"}, "ละติจูด", "point_at_zero"),
        ({"ละติจูด": "48.8", "ลองจิจูด": "2.3"}, "ละติจูด", "point_outside"),
        ({"เลขที่": "1.10E+12"}, "เลขที่", "number_was_rounded"),
        ({"เลขที่": "1,10e12"}, "เลขที่", "number_was_rounded"),
        ({"สถานที่": "ก" * 301}, "สถานที่", "too_long"),
        ({"หน่วยงาน": "ก" * 195}, "หน่วยงาน", "too_long"),
        ({"วันที่": "31/2/69"}, "วันที่", "not_a_time"),
    ],
)
def test_what_cannot_be_right_is_refused_by_name(
    take: Take, change: dict[str, str], column: str, reason: str
) -> None:
    assert told(take(change)) == [(2, column, reason)]
    assert not Complaint.objects.exists()


def test_a_point_is_shown_as_roughly_as_if_the_person_had_not_been_asked(take: Take) -> None:
    take({"ละติจูด": "16.43217", "ลองจิจูด": "102.82345"})
    assert (only().matter.latitude, only().matter.longitude) == (16.432, 102.823)
    assert only().point_sealed


# ── the old number, time of change ───────────────────────────────────────────


def test_the_old_number_is_found_and_the_change_is_of_now(take: Take) -> None:
    take({"เลขที่": "ทน-2566/00123"})
    matter = only().matter
    assert matter.updated_at == NOW
    parts = queries.search_parts([matter])[matter.pk]
    assert ("ทน-2566/00123", "A") in parts


def test_every_search_finds_the_old_number(take: Take) -> None:
    take({"เลขที่": "ทน-2566/00123"}, {"เลขที่": "K-77-13", "ชั้น": "ลับ"})
    index_matters([LoggedEntry(position=e.pk, body=bytes(e.body)) for e in Entry.objects.order_by("pk")])
    public = only_of("ทน-2566/00123")
    assert matters.search_matters("ทน-2566/00123", matters.Filter()).matters == (public.matter,)
    officer = signed_in("kk-muni")
    for number in ("ทน-2566/00123", "K-77-13"):
        page = officer.get("/work/inbox", {"kind": "complaint", "view": "open", "q": number}).content.decode()
        assert only_of(number).matter.reference in page


def only_of(number: str) -> Complaint:
    return Complaint.objects.select_related("matter").get(source_id=number)


# ── twice, dry, undone ───────────────────────────────────────────────────────


def test_the_same_table_again_changes_nothing(take: Take) -> None:
    rows = numbered({}, {"หน่วยงาน": "กองช่าง"}, {"วันที่": "gone"})
    first, again = take(*rows), take(*rows)
    assert (first.added, first.refused) == (2, 1)
    assert (again.added, again.changed, again.unchanged, again.refused) == (0, 0, 2, 1)
    assert Entry.objects.filter(kind="complaint.imported").count() == 2


def test_a_dry_run_shows_what_would_happen_and_changes_nothing(take: Take) -> None:
    before = (Agency.objects.count(), Entry.objects.count())
    landing = take(*numbered({"หน่วยงาน": "กองช่าง"}, {"วันที่": "gone"}), {"เลขที่": "1"}, is_rehearsal=True)
    assert (landing.added, landing.refused) == (1, 2)
    ((line, was, would),) = landing.shown
    assert (line, was["วันที่"], would["opened_at"]) == (2, "5/1/69", "2026-01-05T00:00:00+07:00")
    assert (
        Agency.objects.count(),
        Entry.objects.count(),
        Complaint.objects.count(),
        Run.objects.count(),
    ) == (
        *before,
        0,
        0,
    )


def test_an_undone_run_takes_away_what_it_added_but_not_what_was_touched(take: Take) -> None:
    landing = take(*numbered({}, {"หน่วยงาน": "กองช่าง"}, {"หน่วยงาน": "กองคลัง"}))
    touched = only_of("3").matter
    actions.join_complaint(
        actor=ANONYMOUS, now=NOW.replace(hour=12), reference=touched.reference, mark="somebody"
    )
    gone, stayed = running.undo(actor=SYSTEM, now=NOW, run_id=landing.run_id)
    # Two complaints and the office of one of them went; the office of the touched one stays with it.
    assert (gone, stayed) == (3, 2)
    assert list(Complaint.objects.values_list("source_id", flat=True)) == ["3"]
    assert [a.name_th for a in Agency.objects.filter(code__startswith="town")] == ["เมืองเก่า กองคลัง"]
    assert Entry.objects.filter(kind="complaint.import_taken_back").count() == 2
    told = Entry.objects.get(kind="imports.run_undone").body
    assert '"stayed":2' in str(told).replace(" ", "").replace("'", '"')
    with pytest.raises(Conflict, match="run_undone"):
        running.undo(actor=SYSTEM, now=NOW, run_id=landing.run_id)
    # What was taken away can be brought in again.
    assert take(*numbered({}, {"หน่วยงาน": "กองช่าง"}, {"หน่วยงาน": "กองคลัง"})).added == 2


def test_only_an_administrator_brings_data_in_or_undoes_it(take: Take) -> None:
    landing = take({})
    importer = slots.importers["complaints"]
    for act in (importer.take, importer.rehearse):
        with pytest.raises(Refused):
            act(actor=ANONYMOUS, now=NOW, rows=[], options={})  # type: ignore[misc]  # there is one
    with pytest.raises(Refused):
        running.undo(actor=ANONYMOUS, now=NOW, run_id=landing.run_id)


# ── the office's own work ────────────────────────────────────────────────────


def test_the_data_tells_imported_ones_from_the_offices_own(take: Take) -> None:
    take(*numbered({}, {}))
    filing = Filing(text="ไฟทางดับ", topic="street_light", area="400101")
    own = actions.file_complaint(actor=ANONYMOUS, now=NOW, filing=filing).reference
    history = {c.matter.reference: c.is_history for c in Complaint.objects.select_related("matter")}
    assert [reference for reference, is_history in history.items() if not is_history] == [own]


@pytest.mark.data
@pytest.mark.parametrize(("name", "rows"), [("boston311", 100), ("nyc311", 100)])
def test_the_real_files_land_whole(shared_data: Path, name: str, rows: int) -> None:
    importer = slots.importers["complaints"]
    file = str(shared_data / "complaints-311" / f"{name}-100.csv")
    (landing,) = imports._bring_in(importer, [file], name, "", lambda header, row: None)
    assert (landing.added, landing.refused) == (rows, 0)
    assert Matter.objects.filter(latitude__isnull=False).exists()
