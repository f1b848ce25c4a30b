"""The pages of imports: tried, landed, told row by row, undone; for administrators of the central unit alone."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse_lazy
from tests.commons.agencies.factories import signed_in

from sala.commons.agencies.models import Agency
from sala.commons.imports import forms
from sala.commons.imports.models import Run
from sala.commons.ledger.models import Entry
from sala.core import clock
from sala.core.actors import Role

pytestmark = [pytest.mark.usefixtures("state"), pytest.mark.req("CMP-P1")]
HEAD = "code,kind,name_th,name_en,parent\n"
GOOD = "mof,ministry,กระทรวงการคลัง,Ministry of Finance,\n"
BAD = "x y,ministry,ชื่อ,Name,\n"
RUNS = str(reverse_lazy("imports:runs"))
NEW = f"{RUNS}/new/agencies"


def table(text: str, name: str = "offices.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


@pytest.fixture
def admin(state: None) -> Client:
    """Somebody who administers the central unit."""
    return signed_in("opm-1111", Role.ADMINISTRATOR)


def landed(admin: Client, text: str = HEAD + GOOD + BAD) -> Run:
    answer = admin.post(NEW, {"table": table(text), "land": "1"})
    assert answer.status_code == 302
    run = Run.objects.order_by("-pk")[0]
    assert answer["Location"] == f"{RUNS}/{run.pk}"
    return run


def test_a_table_is_tried_without_changing_anything(admin: Client) -> None:
    page = admin.post(f"/en{NEW}", {"table": table(HEAD + GOOD + BAD), "try": "1"}).content.decode()
    assert "nothing was changed" in page
    assert "line 3, column code" in page
    assert not Run.objects.exists()
    assert not Agency.objects.filter(code="mof").exists()


def test_good_rows_land_and_bad_ones_are_told_with_line_column_value_and_reason(admin: Client) -> None:
    run = landed(admin)
    assert Agency.objects.filter(code="mof").exists()
    page = admin.get(f"/en{RUNS}/{run.pk}").content.decode()
    assert "x y" in page
    assert "Landed, some rows refused" in page
    report = admin.get(f"{RUNS}/{run.pk}/report.csv")
    text = b"".join(report).decode()
    assert text.startswith("\ufeff")
    assert "x y" in text
    assert re.search(r"3,code,x y", text)
    assert "offices" not in report["Content-Disposition"]
    # Mended, the report itself is brought in; what landed stays as it is.
    again = landed(admin, text.replace("x y", "xy"))
    assert (again.added, again.refused) == (1, 0)
    listing = admin.get(f"/en{RUNS}").content.decode()
    assert f"{RUNS}/{run.pk}" in listing


def test_the_same_table_again_changes_nothing(admin: Client) -> None:
    landed(admin, HEAD + GOOD)
    again = landed(admin, HEAD + GOOD)
    assert (again.added, again.changed, again.unchanged, again.refused) == (0, 0, 1, 0)


def test_an_import_is_undone_once_and_everyone_can_read_it(admin: Client) -> None:
    run = landed(admin, HEAD + GOOD)
    assert "undo" in admin.get(f"{RUNS}/{run.pk}").content.decode()
    assert admin.post(f"{RUNS}/{run.pk}/undo").status_code == 302
    assert not Agency.objects.filter(code="mof").exists()
    told = Entry.objects.order_by("-pk")[0]
    assert b"imports.run_undone" in bytes(told.body)
    page = admin.post(f"/en{RUNS}/{run.pk}/undo", follow=True).content.decode()
    assert "undone before" in page
    assert "Take it away again" not in page


def test_dates_on_which_others_rest_cannot_be_undone(admin: Client) -> None:
    days = "on,name_th,name_en,agency\n2026-12-31,วันสิ้นปี,New Year's Eve,\n"
    admin.post(f"{RUNS}/new/holidays", {"table": table(days), "land": "1"})
    run = Run.objects.get()
    assert "/undo" not in admin.get(f"{RUNS}/{run.pk}").content.decode()
    page = admin.post(f"/en{RUNS}/{run.pk}/undo", follow=True).content.decode()
    assert "cannot be taken back" in page


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\xff\xfe", b"PK\x03\x04broken", b"a;b\n1;2\n", "ไม่ใช่ตาราง".encode(), b'"never closed\n'],
)
@pytest.mark.parametrize("button", ["try", "land"])
def test_what_is_no_table_is_told_beside_the_field(admin: Client, content: bytes, button: str) -> None:
    sent = SimpleUploadedFile("../../ลับ.csv", content)
    answer = admin.post(NEW, {"table": sent, button: "1"})
    assert answer.status_code == 422
    assert "/tmp" not in answer.content.decode()
    assert not Agency.objects.filter(code="mof").exists()


def test_a_mapping_is_chosen_or_sent_and_one_that_is_none_is_told(admin: Client) -> None:
    page = admin.get(f"{RUNS}/new/complaints").content.decode()
    assert "boston311" in page
    sent = {"table": table("a,b\n1,2\n"), "ours": "boston311", "try": "1"}
    assert admin.post(f"{RUNS}/new/complaints", sent).status_code == 422
    for wrong in (b"= no", b"\xff\xff", b"x" * (forms.MOST_MAPPING_BYTES + 1)):
        sent = {"table": table(HEAD + GOOD), "theirs": SimpleUploadedFile("m.toml", wrong), "try": "1"}
        assert admin.post(NEW, sent).status_code == 422
    assert admin.get(f"{RUNS}/new/nothing").status_code == 404


def test_a_file_that_is_too_large_to_wait_for_goes_by_the_command(admin: Client) -> None:
    large = SimpleUploadedFile("a.csv", b"x" * (forms.MOST_BYTES + 1))
    answer = admin.post(f"/en{NEW}", {"table": large, "try": "1"})
    assert answer.status_code == 422
    assert "by the command" in answer.content.decode()


@pytest.mark.parametrize(("office", "role"), [("kk-muni", Role.ADMINISTRATOR), ("opm-1111", Role.EXECUTIVE)])
def test_nobody_else_sees_or_does_any_of_it(admin: Client, office: str, role: Role) -> None:
    run = landed(admin)
    other = signed_in(office, role)
    for address in (RUNS, f"{RUNS}/{run.pk}", f"{RUNS}/{run.pk}/report.csv", NEW):
        assert other.get(address).status_code == 403, address
    assert other.post(f"{RUNS}/{run.pk}/undo").status_code == 403
    assert other.post(NEW, {"table": table(HEAD + GOOD), "land": "1"}).status_code == 403
    assert Client().get(RUNS).status_code == 302


@pytest.mark.parametrize("count", [3, 40])
def test_the_list_asks_as_many_questions_for_three_runs_as_for_forty(admin: Client, count: int) -> None:
    Run.objects.bulk_create(
        Run(importer="agencies", digest=str(n), began_at=clock.now(), added=n) for n in range(count)
    )
    admin.get(RUNS)
    with CaptureQueriesContext(connection) as asked:
        admin.get(RUNS)
    assert len(asked) == 5
