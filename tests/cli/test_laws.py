"""`sala laws` as a person runs it: words, files, exit codes."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engines.legislation.texts import ACT, AMENDMENT
from sala.cli.main import app

runner = CliRunner()
pytestmark = pytest.mark.req("LAW-P")


@pytest.fixture
def act(tmp_path: Path) -> Path:
    path = tmp_path / "act.txt"
    path.write_text(ACT, encoding="utf-8")
    return path


@pytest.fixture
def amendment(tmp_path: Path) -> Path:
    path = tmp_path / "amendment.txt"
    path.write_text(AMENDMENT, encoding="utf-8")
    return path


def sala(*words, **more):
    return runner.invoke(app, [str(word) for word in ("laws", *words)], **more)


def test_a_law_is_read_into_json(act):
    told = json.loads(sala("read", act, "--json").stdout)
    assert told["title"] == "พระราชบัญญัติตลาดชุมชน พ.ศ. ๒๕๗๐"
    assert [unit["eid"] for unit in told["units"]][:5] == ["sec_1", "sec_2", "sec_3", "chp_1", "sec_4"]
    assert told["not_understood"][0]["line"] == 56


def test_a_law_is_read_into_lines_for_people_from_standard_input_too(act):
    told = sala("read", "-", input=ACT.encode())
    assert told.exit_code == 0
    assert "มาตรา ๔  [2 + 3] ผู้ใดจะจัดตั้งตลาด" in told.stdout
    assert "line 56: an annex or schedule" in told.stdout


def test_a_law_becomes_akoma_ntoso_which_is_read_again(act, tmp_path):
    written = sala("akn", act, "--day", "2027-01-02")
    assert written.exit_code == 0
    again = tmp_path / "act.xml"
    again.write_bytes(written.stdout_bytes)
    assert json.loads(sala("read", again).stdout)["units"][0]["eid"] == "sec_1"
    assert sala("akn", again).stdout_bytes.count(b"<section ") == written.stdout_bytes.count(b"<section ")


def test_an_amendment_is_applied_and_the_change_is_compared(act, amendment, tmp_path):
    applied = sala("apply", act, amendment)
    assert applied.exit_code == 0
    later = tmp_path / "later.txt"
    later.write_text(applied.stdout, encoding="utf-8")
    counts = json.loads(sala("compare", act, later, "--json").stdout)["counts"]
    assert counts == {"added": 1, "removed": 0, "moved": 0, "renumbered": 0, "changed": 5, "unchanged": 7}
    told = sala("compare", act, later).stdout
    assert "ไม่เกิน[-ห้าพัน-]{+หนึ่งหมื่น+}บาท" in told


def test_what_cannot_be_applied_is_named_and_the_exit_code_is_1(act, amendment):
    amendment.write_text(AMENDMENT.replace("ให้ยกเลิกมาตรา ๘", "ให้ยกเลิกมาตรา ๘๘"), encoding="utf-8")
    told = sala("apply", act, amendment, "--json")
    assert told.exit_code == 1
    assert "มาตรา 9: มาตรา 88: not applied: there is no มาตรา 88 in the base" in told.stderr
    assert json.loads(told.stdout)["not_applied"][0]["action"] == "repeal"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"hello", "no มาตรา or ข้อ begins anywhere in it"),
        (b"<html/>", "it is XML, but not Akoma Ntoso 3.0"),
        (b"<a", "it is not XML"),
        (b"\xff\xfe\xfa", "this is not utf-16-le text"),
    ],
    ids=["no law", "other xml", "broken xml", "no text"],
)
def test_a_file_that_is_no_law_is_refused_with_its_name(tmp_path, content, words):
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    told = sala("read", path)
    assert told.exit_code == 2
    assert f"sala laws: {path}: " in told.stderr
    assert words in told.stderr


def test_a_file_that_is_not_there_is_refused():
    told = sala("compare", "nowhere.txt", "nowhere.txt")
    assert told.exit_code == 2
    assert "nowhere.txt" in told.stderr


def test_places_of_one_version_are_carried_into_the_next(act, tmp_path):
    later, places = tmp_path / "later.txt", tmp_path / "places.json"
    later.write_text(ACT.replace("สิบห้าวัน", "เจ็ดวัน"), encoding="utf-8")
    places.write_text('[{"eid": "sec_4"}, {"eid": "sec_5"}]', encoding="utf-8")
    told = json.loads(sala("carry", act, later, "--places", places, "--json").stdout)
    assert [one["fate"] for one in told["places"]] == ["changed", "same"]


@pytest.mark.parametrize(
    "content", ['[{"eid": "sec_99"}]', "{oops", "{}", "[7]", '[{"eid": "sec_4", "start": "x"}]']
)
def test_places_that_are_not_in_the_law_are_refused_with_the_name_of_their_file(act, tmp_path, content):
    places = tmp_path / "places.json"
    places.write_text(content, encoding="utf-8")
    told = sala("carry", act, act, "--places", places)
    assert told.exit_code == 2
    assert "places.json" in told.output
