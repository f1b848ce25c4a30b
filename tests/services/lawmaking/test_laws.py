"""The law library: found by words, read on a day, each section at its address, two versions compared by word."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from tests.services.lawmaking.library import FIRST, SECOND, fill
from tests.small_state import NOW, staff

from sala.commons.ledger.models import Entry
from sala.core.actors import SYSTEM
from sala.core.errors import Refused
from sala.engines.legislation import akn
from sala.services.lawmaking import actions, demonstration
from sala.services.lawmaking.actions import Publishing
from sala.services.lawmaking.models import Expression, Provision, Work
from sala.services.lawmaking.rules import laws as rules

LAW = "/laws/rental-2562"


@pytest.fixture
def library(state: None) -> None:
    """An invented law in two versions."""
    fill()


@pytest.mark.req("LAW-P")
@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("language", ["", "/en"])
def test_a_law_is_found_by_words_of_a_section_and_by_year_and_kind(client: Client, language: str) -> None:
    for query in ("q=เงินประกัน", "q=มาตรา ๒ ค่าเช่า", "q=ที่อยู่อาศัย", "year=2562", "kind=act", ""):
        assert "rental-2562" in client.get(f"{language}/laws/?{query}").content.decode(), query
    for query in ("q=ไม่มีคำนี้แน่", "year=2400", "kind=code", "q=เงินประกัน&year=2500"):
        assert "rental-2562" not in client.get(f"{language}/laws/?{query}").content.decode(), query
    assert "section-2" in client.get(f"{language}/laws/?q=เงินประกัน ค่าเช่า").content.decode()
    for odd in ("year=x", "page=0", "page=99999999", "q=%00", "q='", "kind=%27"):
        assert client.get(f"{language}/laws/?{odd}").status_code == 200, odd


@pytest.mark.req("LAW-P")
@pytest.mark.usefixtures("library")
def test_laws_are_searched_as_they_stood_on_a_day_however_the_day_is_written(client: Client) -> None:
    for day in ("2021-05-05", "5/5/2564", "๕ พฤษภาคม ๒๕๖๔"):
        page = client.get("/laws/", {"q": "สองเดือน", "day": day}).content.decode()
        assert f"{LAW}/section-2@2021-05-05" in page, day
    assert LAW not in client.get("/laws/?q=สองเดือน&day=2023-10-01").content.decode()
    assert LAW not in client.get("/laws/?day=2019-12-31").content.decode()
    for odd in ("32/1/2564", "2021-02-30", "x", "9" * 300, "%00"):
        answer = client.get(f"/laws/?day={odd}")
        assert answer.status_code == 200
        assert ("day-error" in answer.content.decode()) is (odd != "%00"), odd


@pytest.mark.req("LAW-P")
@pytest.mark.usefixtures("library")
def test_laws_are_narrowed_to_those_of_an_office(client: Client) -> None:
    assert 'id="agency"' not in client.get("/laws/").content.decode(), "no office is told yet"
    Work.objects.update(agency="kk-muni")
    assert "เทศบาลนครขอนแก่น" in client.get("/laws/?agency=kk-muni").content.decode()
    assert LAW in client.get("/laws/?agency=kk-muni").content.decode()
    assert LAW not in client.get("/laws/?agency=nobody").content.decode()


@pytest.mark.req("LAW-P")
@pytest.mark.usefixtures("library")
def test_a_law_is_read_as_it_held_on_a_day(client: Client) -> None:
    assert "หนึ่งเดือน" in client.get(LAW).content.decode()
    assert "สองเดือน" in client.get(f"{LAW}@2021-05-05").content.decode()
    assert "สองเดือน" in client.get(f"{LAW}@2023-09-30").content.decode()
    assert "หนึ่งเดือน" in client.get(f"{LAW}@2023-10-01").content.decode()
    for gone in (f"{LAW}@2019-01-01", f"{LAW}@2021-13-01", "/laws/no-such-law", f"{LAW}/section-99"):
        assert client.get(gone).status_code == 404, gone


@pytest.mark.req("LAW-P")
@pytest.mark.usefixtures("library")
def test_a_section_has_a_permanent_address_and_says_how_it_was_in_each_version(client: Client) -> None:
    page = client.get(f"{LAW}/section-2").content.decode()
    assert f"{LAW}/section-2@2023-10-01" in page
    assert "หนึ่งเดือน" in page
    assert "สองเดือน" in page
    assert f"{LAW}/section-3" in page
    # A section without points has none; one with two has these two, and nothing empty within them.
    assert "<span>(" not in page
    points = client.get(f"{LAW}/section-3").content.decode()
    assert (points.count("<span>("), points.count("<span>()")) == (2, 0)
    assert "เอกสารของผู้เช่า" in points
    assert "section-2@2021-01-01" in client.get(f"{LAW}/section-2@2021-01-01").content.decode()


@pytest.mark.req("LAW-P")
@pytest.mark.usefixtures("library")
def test_two_versions_are_compared_by_word(client: Client) -> None:
    page = client.get(f"{LAW}/compare?from=2020-01-01&to=2023-10-01").content.decode()
    assert "<del>สอง" in page
    assert "1 ม.ค. 2563</option>" in page, "days stand as people here write them"
    assert "<ins>หนึ่ง" in page
    assert client.get(f"{LAW}/compare?from=x&to=1").status_code == 200


@pytest.mark.req("LAW-P")
@pytest.mark.usefixtures("library")
def test_programs_get_akoma_ntoso_json_and_tables(client: Client) -> None:
    written = client.get(f"{LAW}@2021-01-01/akn.xml").content
    assert "สองเดือน" in str(akn.akn_to_json(akn.read_akn(written)))
    told = client.get(f"{LAW}/law.json").json()
    assert [unit["eid"] for unit in told["units"]] == ["sec_1", "chp_1", "sec_2", "sec_3"]
    assert told["units"][2]["path"] == ["chp_1"]
    assert client.get("/data/laws.csv").content.decode().count("rental-2562") >= 2
    assert "sec_3" in client.get("/data/law_provisions.json").content.decode()


def _said(page: str) -> list[str]:
    """What the head of a page says in ELI: the property and its value or target."""
    told = re.findall(r'ontology#(\w+)"\s+(?:href|content)="([^"]*)"', page.split("</head>")[0])
    return [" ".join(pair) for pair in told]


@pytest.mark.req("LAW-P")
@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("language", ["", "/en"])
def test_a_page_tells_machines_which_law_and_version_it_is_by_one_address_in_both_languages(
    client: Client, language: str
) -> None:
    site = settings.SITE_URL
    said = _said(client.get(f"{language}{LAW}@2021-05-05").content.decode())
    assert "type_document act" in said
    assert f"is_realized_by {site}{LAW}@2023-10-01" in said
    assert "first_date_entry_in_force 2020-01-01" in said
    assert "date_no_longer_in_force 2023-09-30" in said
    said = _said(client.get(f"{language}{LAW}/section-2").content.decode())
    assert f"is_part_of {site}{LAW}" in said
    assert f"realizes {site}{LAW}/section-2" in said
    assert f"is_realized_by {site}{LAW}/section-2@2023-10-01" in said


@pytest.mark.req("LAW-P")
@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    "odd",
    [
        "/section-2@2026-02-30",
        "/section-2@0000-01-01",
        "/section-2@๒๕๖๓-๐๑-๐๑",
        "/section-2@",
        "/section-2@2021-01-01@2021-01-01",
        "/section-๒",
        "/section-2%00",
        "/section-" + "9" * 3000,
        "@2021-01-01/section-2",
        "/@2021-01-01",
        "@9999-99-99/akn.xml",
        "/compare@2021-01-01",
    ],
)
def test_an_address_that_names_no_text_is_not_found_and_never_an_error(client: Client, odd: str) -> None:
    assert client.get(LAW + odd).status_code == 404
    assert client.get(f"/en{LAW}{odd}").status_code == 404


@pytest.mark.usefixtures("library")
def test_the_same_text_again_changes_nothing_and_another_leaves_one_entry() -> None:
    entries = Entry.objects.filter(kind="lawmaking.law_published")
    assert entries.count() == 2
    fill()
    assert (entries.count(), Expression.objects.count()) == (2, 2)
    row = {"name": "rental-2562@2020-01-01", "text": SECOND, "source": "ตัวอย่าง"}
    again = actions.import_laws(actor=SYSTEM, now=NOW, rows=[(1, row)])
    assert (again.changed, entries.count(), Expression.objects.count()) == (1, 3, 2)
    bad = [(2, {"name": "questions", "text": FIRST}), (3, {"name": "x@2020-99-01", "text": FIRST})]
    outcome = actions.import_laws(actor=SYSTEM, now=NOW, rows=[*bad, (4, {"name": "x", "text": "ไม่มีอะไร"})])
    assert [(one.line, one.column) for one in outcome.bad] == [(2, "name"), (3, "name"), (4, "text")]
    assert Work.objects.count() == 1


@pytest.mark.usefixtures("state")
def test_only_an_administrator_brings_laws_in() -> None:
    with pytest.raises(Refused):
        actions.publish_law(actor=staff("kk-muni"), now=NOW, law=Publishing(name="a", text=FIRST))
    assert not Provision.objects.exists()


@pytest.mark.req("LAW-P")
@pytest.mark.usefixtures("library")
def test_pages_ask_the_database_the_same_number_of_times_whatever_the_law_holds(
    client: Client, django_assert_num_queries: Callable[..., object]
) -> None:
    for path, queries in (
        ("/laws/", 4),
        ("/laws/?q=เงินประกัน", 6),
        (LAW, 4),
        (f"{LAW}/section-2", 4),
        (f"{LAW}/compare?from=2020-01-01&to=2023-10-01", 4),
    ):
        client.get(path)
        with django_assert_num_queries(queries):
            assert client.get(path).status_code == 200


def test_names_and_ids_lead_to_each_other() -> None:
    for eid in ("sec_10_1", "sec_7-bis", "rule_3", "chp_2__dvs_1"):
        assert rules.eid_of(rules.address_name(eid)) == eid
    assert rules.read_name("Rental_2562")[0] == "rental-2562"


@pytest.mark.req("LAW-P")
@pytest.mark.usefixtures("state")
def test_the_laws_of_the_demonstration_are_read_whole_and_marked_as_invented() -> None:
    demonstration._fill_library(NOW)
    assert (Work.objects.count(), Expression.objects.count()) == (5, 6)
    assert not Work.objects.filter(is_example=False).exists()
    assert not [version for version in Expression.objects.all() if version.not_understood]


@pytest.mark.usefixtures("library")
def test_an_undone_import_takes_away_its_version_alone(client: Client) -> None:
    row = {"name": "rental-2562@2025-01-01", "text": FIRST, "source": "ตัวอย่าง"}
    added = actions.import_laws(actor=SYSTEM, now=NOW, rows=[(1, row)])
    assert "สองเดือน" in client.get(f"{LAW}@2025-01-01").content.decode()
    with transaction.atomic():
        take_back = actions.take_back_laws.__wrapped__  # type: ignore[attr-defined]  # inside an import's own action
        assert take_back(actor=SYSTEM, now=NOW, keys=added.keys) == {}
    assert "หนึ่งเดือน" in client.get(f"{LAW}@2025-01-01").content.decode()
