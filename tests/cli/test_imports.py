"""`sala import …` with whatever agencies send: good rows land, bad ones are told, the same again changes nothing."""

import csv
import gzip
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.small_state import PERIODS, forgotten, state  # noqa: F401  # fixtures of the small state
from typer import Exit
from typer.testing import CliRunner

from sala.cli import imports, site
from sala.commons.agencies.models import Agency, Holiday, Mandate
from sala.commons.deadlines.models import LegalPeriod
from sala.commons.imports.models import Run as ImportRun
from sala.commons.ledger.models import Entry
from sala.commons.places.models import Area
from sala.services.complaints.models import Complaint

pytestmark = [pytest.mark.usefixtures("state", "forgotten"), pytest.mark.req("CMP-P1")]

AGENCIES = "code,kind,name_th,name_en,parent\nmof,ministry,กระทรวงการคลัง,Ministry of Finance,\n"
TABLES = {
    "areas": "code,name_th,name_en,latitude,longitude\n55,น่าน,Nan,18.7,100.7\n5501,เมืองน่าน,Mueang Nan,,\n",
    "agencies": AGENCIES,
    "mandates": "agency,topic,area,law_th,law_en,valid_from,valid_until\nmoi,drugs,,กฎหมาย,Law,2000-01-01,\n",
    "holidays": "on,name_th,name_en,agency\n2026-12-31,วันสิ้นปี,New Year's Eve,\n",
    "periods": PERIODS.read_text("utf-8"),
}
MODELS = {"areas": Area, "agencies": Agency, "mandates": Mandate, "holidays": Holiday, "periods": LegalPeriod}
MAPPING = """
source = "old"
agency_prefix = "old"
agency_name = "สำนักงาน"
date_formats = ["%Y-%m-%d %H:%M"]
[columns]
id = "no"
opened_at = "opened"
category = "about"
agency = "office"
status = "status"
latitude = "lat"
longitude = "long"
[statuses]
open = "in_progress"
done = "closed"
"""
COMPLAINTS = "no,opened,about,office,status,lat,long\n1,2024-05-01 09:30,ไฟดับ,กองช่าง,open,16.4,102.8\n"


@pytest.fixture(autouse=True)
def prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "prepare_django", lambda **_: None)


Run = Callable[..., Any]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Bring in a file with this content: the command's result, and the rows of its report."""
    (tmp_path / "old.toml").write_text(MAPPING, "utf-8")

    def run(verb: str, content: bytes | str, *more: str, name: str = "table.csv") -> Any:
        file, report = tmp_path / name, tmp_path / "report.csv"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        mapping = ["--mapping", str(tmp_path / "old.toml")] if verb == "complaints" else []
        words = [verb, str(file), *mapping, "--report", str(report), *more]
        result = CliRunner().invoke(imports.app, words)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        rows = list(csv.DictReader(report.open(encoding="utf-8", newline=""))) if report.is_file() else []
        report.unlink(missing_ok=True)
        return result, [(row["line"], row["column"], row["value"], row["reason"]) for row in rows]

    return run


def one_sentence(result: Any) -> str:
    """What a command that took nothing says: one line, status 2, no traceback."""
    assert result.exit_code == 2, result.output
    said = result.stderr.strip().splitlines()
    assert len(said) == 1, said
    return str(said[0])


@pytest.mark.parametrize("verb", TABLES)
def test_a_good_table_lands_and_again_changes_nothing(run: Run, verb: str) -> None:
    before = MODELS[verb].objects.count()
    result, bad = run(verb, TABLES[verb])
    assert (result.exit_code, bad) == (0, []), result.output
    assert MODELS[verb].objects.count() >= before + (verb != "periods")
    again, bad = run(verb, TABLES[verb])
    assert "0 added, 0 changed" in again.output
    assert (again.exit_code, bad) == (0, [])


def test_complaints_land_and_again_change_nothing(run: Run) -> None:
    assert run("complaints", COMPLAINTS)[0].exit_code == 0
    assert "0 added, 0 changed, 1 as before" in run("complaints", COMPLAINTS)[0].output
    assert Complaint.objects.count() == 1


# ── files that are no table ──────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"\n\n", "the file is empty"),
        (AGENCIES.replace("กระทรวงการคลัง", "Ministère").encode("latin-1"), "--encoding"),
        (AGENCIES.replace("kind", "sort").encode(), "there is no column kind"),
        (AGENCIES.replace("parent", "code").encode(), "code is there twice"),
        (AGENCIES.replace("Ministry of", '"Ministry of').encode(), "unexpected end of data"),
        (b"\x1f\x8b" + b"nonsense" * 10, "table.csv"),
        (gzip.compress(AGENCIES.encode(), mtime=0)[:-12], "table.csv"),
        (gzip.compress(AGENCIES.encode(), mtime=0)[:30], "table.csv"),
        (b"\x00" * 100, "there is no column code"),
        (b"\x89PNG\r\n\x1a\n\xff\xfe", "UTF-8"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "save it as .xlsx"),
        (b"PK\x03\x04" + b"\0" * 60, ".xlsx"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_one_sentence(run: Run, content: bytes, said: str) -> None:
    result, _ = run("agencies", content)
    assert said in one_sentence(result)
    assert not Agency.objects.filter(code="mof").exists()


@pytest.mark.parametrize("encoding", ["tis-620", "utf-16", "utf-8-sig", "cp874"])
def test_a_file_is_read_as_it_is_said_to_be_written(run: Run, encoding: str) -> None:
    result, bad = run("agencies", AGENCIES.encode(encoding), "--encoding", encoding)
    assert (result.exit_code, bad) == (0, [])
    assert Agency.objects.get(code="mof").name_th == "กระทรวงการคลัง"


@pytest.mark.parametrize("encoding", ["nonsense", "base64", "rot13"])
def test_an_encoding_that_is_none_is_refused(run: Run, encoding: str) -> None:
    assert "no such encoding" in one_sentence(run("agencies", AGENCIES, "--encoding", encoding)[0])


def test_a_byte_order_mark_and_gzip_are_no_matter(run: Run) -> None:
    packed = gzip.compress(b"\xef\xbb\xbf" + AGENCIES.encode())
    assert run("agencies", packed, name="table.csv.gz")[0].exit_code == 0
    assert Agency.objects.filter(code="mof").exists()


def test_folders_and_names_that_are_not_there(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a.csv").write_text(AGENCIES, "utf-8")
    (tmp_path / "empty").mkdir()
    for words, status in (
        (["agencies", str(tmp_path / "full")], 0),
        (["agencies", str(tmp_path / "empty")], 2),
        (["agencies", str(tmp_path / "nothing.csv")], 2),
        (["areas", str(tmp_path / "empty")], 2),
        (["areas", str(tmp_path / "full" / "a.csv")], 1),
        (["agencies", str(tmp_path / "full"), "--report", str(tmp_path / "no" / "report.csv")], 2),
        (["complaints", str(tmp_path / "full"), "--mapping", "nothing"], 2),
    ):
        result = CliRunner().invoke(imports.app, words)
        assert result.exit_code == status, (words, result.output)
        assert result.exception is None or isinstance(result.exception, SystemExit)


@pytest.mark.parametrize(
    "mapping",
    [
        *(
            "",
            "source = ",
            'source = "x"',
            MAPPING.replace('["%Y-%m-%d %H:%M"]', "7"),
            MAPPING.replace('"no"', "7"),
        ),
        *(MAPPING.replace("[columns]", "[other]"), MAPPING.replace('"closed"', '"gone"')),
        *(
            f'zone = "Nowhere/At/All"\n{MAPPING}',
            f"zone = 7\n{MAPPING}",
            MAPPING.replace('"lat"', '"latitude"'),
        ),
        MAPPING + '[channels]\nx = "pigeon"\n',
        MAPPING.replace("[statuses]\n", "statuses = 7\n[topics]\n"),
    ],
)
def test_a_mapping_that_is_none_is_refused_in_one_sentence(tmp_path: Path, mapping: str) -> None:
    (tmp_path / "m.toml").write_text(mapping, "utf-8")
    (tmp_path / "t.csv").write_text(COMPLAINTS, "utf-8")
    words = ["complaints", str(tmp_path / "t.csv"), "--mapping", str(tmp_path / "m.toml")]
    assert "mapping" in one_sentence(CliRunner().invoke(imports.app, words))


# ── what tables really are ───────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (AGENCIES.encode("tis-620"), "TIS-620"),
        (AGENCIES.encode("utf-16"), "UTF-16"),
        (AGENCIES.replace(",", ";"), "parted by ;"),
        (AGENCIES.replace(",", "\t"), "parted by tabs"),
        (f"บัญชีหน่วยงาน,,,,\n\n{AGENCIES}", "header is found on line 3"),
        (
            AGENCIES.replace("name_en,parent", "name_en,,parent").replace("Finance,", "Finance,x,"),
            "left out: 1",
        ),
    ],
)
def test_what_was_found_by_looking_is_said(run: Run, content: bytes | str, said: str) -> None:
    result, bad = run("agencies", content)
    assert (result.exit_code, bad) == (0, [])
    assert said in result.output
    assert Agency.objects.get(code="mof").name_th == "กระทรวงการคลัง"


def test_a_mapping_serves_every_table(run: Run, tmp_path: Path) -> None:
    mapping = tmp_path / "offices.toml"
    mapping.write_text(
        '[columns]\ncode = "รหัส"\nname_th = "ชื่อ"\nname_en = "ชื่อ"\nkind = "ประเภท"\n'
        '[values.kind]\n"เทศบาล" = "local_authority"\n',
        "utf-8",
    )
    table = "รหัส,ชื่อ,ประเภท\nnan-muni,เทศบาลเมืองน่าน,เทศบาล\n"
    result, bad = run("agencies", table, "--mapping", str(mapping))
    assert (result.exit_code, bad) == (0, [])
    assert Agency.objects.get(code="nan-muni").kind == "local_authority"


def test_buddhist_days_are_days_in_every_table(run: Run) -> None:
    text = "on,name_th,name_en\n31/12/2569,วันสิ้นปี,New Year's Eve\n"
    assert run("holidays", text)[0].exit_code == 0
    assert Holiday.objects.filter(on="2026-12-31").exists()


def test_a_dry_run_shows_and_changes_nothing(run: Run) -> None:
    before = (Agency.objects.count(), Entry.objects.count(), ImportRun.objects.count())
    result, bad = run("agencies", f"{AGENCIES}bad,planet,ก,b,\n", "--dry-run")
    assert "1 would be added, 0 changed, 0 stay as before, 1 refused; nothing was changed" in result.output
    assert "→ code: mof" in result.output
    assert [reason for *_, reason in bad] == ["unknown_kind"]
    assert (Agency.objects.count(), Entry.objects.count(), ImportRun.objects.count()) == before


def test_a_mended_report_is_brought_in_as_it_is(run: Run, tmp_path: Path) -> None:
    report = tmp_path / "mend.csv"
    text = "code,kind,name_th,name_en\nfirst,planet,=ก,b\nsecond,ministry,ก,b\n"
    assert run("agencies", text, "--report", str(report))[0].exit_code == 1
    told = report.read_text("utf-8")
    assert "There is no such kind of office" in told
    result, bad = run("agencies", told.replace("first,planet", "first,ministry"))
    assert (result.exit_code, bad) == (0, []), result.output
    assert Agency.objects.get(code="first").name_th == "=ก"


def test_a_report_opens_in_a_spreadsheet_and_speaks_the_language_asked_for(run: Run, tmp_path: Path) -> None:
    report = tmp_path / "mend.csv"
    words = ["--report", str(report), "--language"]
    run("agencies", "code,kind,name_th,name_en\nfirst,planet,ก,b\n", *words, "th")
    content = report.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert "ไม่มีหน่วยงานประเภทนี้" in content.decode()
    assert "no such language" in one_sentence(run("agencies", AGENCIES, *words, "xx")[0])


def test_a_run_is_undone_except_what_was_touched(run: Run) -> None:
    run("agencies", f"{AGENCIES}two,ministry,ข,b,\nthree,department,ค,c,two\n")
    number = ImportRun.objects.get().pk
    Agency.objects.filter(code="mof").update(phone="02-000-0000")
    result = CliRunner().invoke(imports.app, ["undo", str(number)])
    assert "2 taken away again, 1 stay" in result.output
    assert "it was changed since" in result.output
    assert set(Agency.objects.filter(code__in=["mof", "two", "three"]).values_list("code", flat=True)) == {
        "mof"
    }
    assert "undone" in CliRunner().invoke(imports.app, ["runs"]).output
    assert "undone before" in one_sentence(CliRunner().invoke(imports.app, ["undo", str(number)]))
    assert "no import of that number" in one_sentence(CliRunner().invoke(imports.app, ["undo", "999999"]))


def test_holidays_are_not_taken_back_since_dates_rest_on_them(run: Run) -> None:
    run("holidays", TABLES["holidays"])
    number = ImportRun.objects.get().pk
    assert "cannot be taken back" in one_sentence(CliRunner().invoke(imports.app, ["undo", str(number)]))


def test_where_no_site_is_one_sentence_is_said_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("SALA_HOME", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(Exit) as ended:
        site.require_site()
    assert ended.value.exit_code == 2
    assert "There is no site here" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


# ── rows ─────────────────────────────────────────────────────────────────────


def test_every_bad_row_is_told_with_line_column_value_and_reason_and_the_good_ones_land(run: Run) -> None:
    text = (
        "code,kind,name_th,name_en,parent,area,website\n"
        'first,department,"หนึ่ง\nสองบรรทัด",First,last,,\n'
        "plan,planet,ก,b,,,\n"
        ",ministry,ก,b,,,\n"
        "first,ministry,ก,again,,,\n"
        f"long,ministry,{'ก' * 201},b,,,\n"
        "a b,ministry,ก,b,,,\n"
        "lost,ministry,ก,b,nobody,,\n"
        "nul,ministry,ก\0,b,,,\n"
        "wide,ministry,ก,b,,,,surplus\n"
        "last,ministry,สุดท้าย,Last\n"
    )
    result, bad = run("agencies", text)
    assert result.exit_code == 1
    assert bad == [
        ("4", "kind", "planet", "unknown_kind"),
        ("5", "code", "", "missing"),
        ("6", "code", "first", "repeated"),
        ("7", "name_th", "ก" * 200, "too_long"),
        ("8", "code", "a b", "not_a_code"),
        ("9", "parent", "nobody", "unknown_code"),
        ("10", "name_th", "ก\0", "not_text"),
        ("11", "", "surplus", "too_many_cells"),
    ]
    first = Agency.objects.get(code="first")
    assert (first.name_th, first.parent.code if first.parent else "") == ("หนึ่ง\nสองบรรทัด", "last")
    again, same = run("agencies", text)
    assert "0 added, 0 changed" in again.output
    assert same == bad


def test_an_agency_never_contains_itself(run: Run) -> None:
    header = "code,kind,name_th,name_en,parent\n"
    assert run("agencies", f"{header}moi,ministry,ก,b,pea\n")[1] == [
        ("2", "parent", "pea", "contains_itself")
    ]
    ring = f"{header}x,ministry,ก,b,y\ny,ministry,ก,b,x\n"
    assert {reason for *_, reason in run("agencies", ring)[1]} == {"unknown_code"}


@pytest.mark.parametrize(
    ("verb", "row", "column", "reason"),
    [
        ("mandates", "moi,drugs,,ก,b,0001-01-01,", "valid_from", "unlikely_year"),
        ("mandates", "moi,drugs,,ก,b,yesterday,", "valid_from", "not_a_date"),
        ("mandates", "moi,drugs,,ก,b,2020-01-01,2019-01-01", "valid_until", "before_it_begins"),
        ("mandates", f"moi,drugs,,{'ก' * 301},b,2020-01-01,", "law_th", "too_long"),
        ("mandates", "nobody,drugs,,ก,b,2020-01-01,", "agency", "unknown_code"),
        ("mandates", "moi,drugs,99,ก,b,2020-01-01,", "area", "unknown_code"),
        ("mandates", "moi,ยาเสพติด,,ก,b,2020-01-01,", "topic", "not_a_code"),
        ("holidays", "2026-02-30,ก,b,", "on", "not_a_date"),
        ("holidays", "2026-12-31,,b,", "name_th", "missing"),
        ("periods", "resolve,,99999999999,working,ก,b,2020-01-01,", "days", "not_a_number"),
        (
            "periods",
            f"resolve,,{'0' * 9}{'9' * 5000},working,ก,b,2020-01-01,",
            "days",
            "not_a_number",
        ),
        ("periods", "resolve,,-1,working,ก,b,2020-01-01,", "days", "not_a_number"),
        ("periods", "resolve,,5,weeks,ก,b,2020-01-01,", "unit", "unknown_value"),
        ("periods", f"{'c' * 25},,5,working,ก,b,2020-01-01,", "code", "too_long"),
        ("periods", "resolve,,5,working,ก,b,2020-01-01,2019-01-01", "valid_until", "before_it_begins"),
        ("areas", "๔๐,ก,b,,", "code", "not_an_area_code"),
        ("areas", "4,ก,b,,", "code", "not_an_area_code"),
        ("areas", "41,ก,b,north,", "latitude", "not_degrees"),
        ("areas", "41,ก,b,16,181", "longitude", "not_degrees"),
        ("areas", f"41,{'ก' * 121},b,,", "name_th", "too_long"),
        ("areas", "7701,ก,b,,", "code", "containing_area_unknown"),
    ],
)
def test_a_value_that_cannot_be_is_told(run: Run, verb: str, row: str, column: str, reason: str) -> None:
    header = TABLES[verb].split("\n", 1)[0]
    result, bad = run(verb, f"{header}\n{row}\n")
    assert result.exit_code == 1
    assert [(line, name, why) for line, name, _, why in bad] == [("2", column, reason)]
    assert "0 added, 0 changed" in run(verb, f"{header}\n{row}\n")[0].output


def test_areas_that_stand_twice_in_one_table_count_once(run: Run) -> None:
    text = "code,name_th,name_en\n55,น่าน,Nan\n55,อื่น,Other\n"
    result, bad = run("areas", text)
    assert (result.exit_code, bad) == (1, [("3", "code", "55", "repeated")])
    assert Area.objects.get(code="55").name_th == "น่าน"


@pytest.mark.parametrize(
    ("change", "column", "reason"),
    [
        (("2024-05-01 09:30", "0001-01-01 00:00"), "opened", "unlikely_year"),
        (("2024-05-01 09:30", "1/5/67"), "opened", "not_a_time"),
        (("2024-05-01 09:30", "2100-05-01 09:30"), "opened", "day_not_come"),
        (("1,2024", "1.10E+12,2024"), "no", "number_was_rounded"),
        (("16.4,102.8", "0,0"), "lat", "point_at_zero"),
        (("16.4,102.8", "102.8,16.4"), "lat", "not_degrees"),
        (("16.4,102.8", "48.8,2.3"), "lat", "point_outside"),
        (("กองช่าง", "ก" * 200), "office", "too_long"),
        (("1,2024", f"{'9' * 81},2024"), "no", "too_long"),
        (("ไฟดับ", "ไฟ\0ดับ"), "about", "not_text"),
        (("16.4", "nan"), "lat", "not_degrees"),
        (("open,", "gone,"), "status", "unknown_value"),
        (("กองช่าง", ""), "office", "missing"),
        (("102.8\n", "102.8,more\n"), "", "too_many_cells"),
    ],
)
def test_a_complaint_that_cannot_be_is_told(
    run: Run, change: tuple[str, str], column: str, reason: str
) -> None:
    result, bad = run("complaints", COMPLAINTS.replace(*change))
    assert result.exit_code == 1
    assert [(name, why) for _, name, _, why in bad] == [(column, reason)]
    assert not Complaint.objects.exists()


def test_numbers_that_stand_twice_are_told_and_offices_with_thai_names_stay_apart(run: Run) -> None:
    more = "1,2024-05-02 09:30,อื่น,กองช่าง,open,,\n2,2024-05-02 09:30,อื่น,กองคลัง,open,,\n"
    result, bad = run("complaints", COMPLAINTS + more)
    assert (result.exit_code, bad) == (1, [("3", "no", "1", "repeated")])
    assert Complaint.objects.count() == 2
    offices = set(Agency.objects.filter(code__startswith="old").values_list("name_th", flat=True))
    assert offices == {"สำนักงาน กองช่าง", "สำนักงาน กองคลัง"}


# ── anything at all ──────────────────────────────────────────────────────────

CELL = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", "moi", "40", "2026-01-01", "2569-01-01", "x" * 400, "-1", "1e999", "=1+1", '"', "\0"]
    ),
)
FUZZ = settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.mark.parametrize("verb", [*TABLES, "complaints"])
@given(data=st.data())
@FUZZ
def test_any_table_lands_or_is_told_and_the_second_run_changes_nothing(
    run: Run, verb: str, data: st.DataObject
) -> None:
    header = (COMPLAINTS if verb == "complaints" else TABLES[verb]).split("\n", 1)[0].split(",")
    rows = data.draw(st.lists(st.lists(CELL, min_size=1, max_size=len(header) + 1), max_size=4))
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    content = out.getvalue().encode("utf-8", "replace")
    first, bad = run(verb, content)
    assert first.exit_code in {0, 1, 2}
    assert (first.exit_code == 1) == bool(bad)
    again, same = run(verb, content)
    assert again.exit_code == first.exit_code
    assert same == bad
    assert first.exit_code == 2 or "0 added, 0 changed" in again.output


@given(content=st.binary(max_size=200))
@FUZZ
def test_any_bytes_at_all_are_answered(run: Run, content: bytes) -> None:
    result, _ = run("agencies", content)
    assert result.exit_code in {0, 1, 2}
