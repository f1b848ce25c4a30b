"""Finding an office: by name, telephone, topic and place; equal names are told apart; forms ask the server."""

from typing import Any

import pytest
from django.test import Client
from tests.small_state import NOW, forgotten, state

from sala.commons.agencies import actions, queries
from sala.core.actors import SYSTEM
from sala.core.tables import rows_of
from sala.platform import reference_data

__all__ = ["forgotten", "state"]
pytestmark = [pytest.mark.usefixtures("state"), pytest.mark.req("DIR")]

MORE = """code,kind,name_th,name_en,area,phone,hours,channels,address_th,latitude,longitude,is_step_free
hall,province,ศาลากลางจังหวัดขอนแก่น,Khon Kaen Hall,40,043 239 205,Mo-Fr 08:30-16:30,phone,ถนนศูนย์ราชการ,16.4419,102.836,yes
pond-1,local_authority,อบต.หนองน้ำ,Nong Nam SAO,400101,,,,,,,
pond-2,local_authority,อบต.หนองน้ำ,Nong Nam SAO,40,,,,,,,
"""


@pytest.fixture(autouse=True)
def more(state: None, forgotten: None) -> None:
    outcome = actions.import_agencies(actor=SYSTEM, now=NOW, rows=rows_of(MORE.splitlines())[1])
    assert outcome.bad == []


def found(**asked: Any) -> list[str]:
    listed = queries.list_offices(queries.Wanted(**asked), now=NOW, language="th")
    return [office.agency.code for office in listed.offices]


def test_an_office_is_found_by_name_telephone_and_topic() -> None:
    assert found(q="ศาลากลาง ขอนแก่น") == ["hall"]
    assert found(q="Electricity") == ["pea"]
    assert found(q="043-239") == ["hall"]
    assert "kk-muni" in found(q="ไฟส่องสว่าง", topics=("street_light",))
    assert found(q="ไม่มีหน่วยงานนี้") == []


def test_near_a_place_the_nearest_comes_first_and_the_whole_countrys_come_last() -> None:
    codes = found(near="ขอนแก่น")
    assert set(codes[:4]) == {"hall", "kk-muni", "pond-1", "pond-2"}
    assert set(codes[4:]) >= {"pea", "moi"}
    assert found(near="16.4420, 102.8361")[0] == "hall"
    listed = queries.list_offices(queries.Wanted(near="ดาวอังคาร"), now=NOW, language="th")
    assert listed.is_near_unknown
    assert listed.total > 4


def test_equal_names_are_told_apart_by_where_they_are() -> None:
    labels = dict(queries.suggest_agencies("หนองน้ำ", language="th"))
    assert labels["pond-1"] == "อบต.หนองน้ำ (เมืองขอนแก่น, ขอนแก่น)"
    assert labels["pond-2"] == "อบต.หนองน้ำ (ขอนแก่น)"
    assert dict(queries.suggest_agencies("ศาลากลาง", language="th")) == {"hall": "ศาลากลางจังหวัดขอนแก่น"}


def test_an_office_is_read_from_its_code_its_only_name_and_what_the_suggestions_write() -> None:
    assert queries.read_agency("hall") == "hall"
    assert queries.read_agency("ศาลากลางจังหวัดขอนแก่น") == "hall"
    assert queries.read_agency("อบต.หนองน้ำ (ขอนแก่น) [pond-2]") == "pond-2"
    assert queries.read_agency("อบต.หนองน้ำ") == ""
    assert queries.read_agency("") == ""


def test_the_pages_say_how_an_office_is_reached_and_work_as_words_alone(client: Client) -> None:
    page = client.get("/agencies/", {"near": "ขอนแก่น"}).content.decode()
    assert "ศาลากลางจังหวัดขอนแก่น" in page
    assert 'href="tel:043239205"' in page
    assert '<svg class="geo"' in page
    office = client.get("/agencies/hall").content.decode()
    for words in ("ถนนศูนย์ราชการ", "08:30–16:30", "มีทางลาด", '<svg class="geo"'):
        assert words in office
    rows = client.get("/agencies/suggest", {"q": "ศาลากลาง"}).json()["found"]
    assert rows == [{"code": "hall", "name": "ศาลากลางจังหวัดขอนแก่น", "value": "ศาลากลางจังหวัดขอนแก่น [hall]"}]


@pytest.mark.parametrize(
    "query", ["page=²", "page=99999999999", "group=planet&open=1", "near=%00", "q=%F0%9F%98%80&page=-1"]
)
def test_nothing_that_is_asked_breaks_the_directory(client: Client, query: str) -> None:
    assert client.get(f"/agencies/?{query}").status_code == 200


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ("x,department,ก,b,,,ทุกวัน,,,,,", "hours", "not_hours"),
        ("x,department,ก,b,,,,pigeon,,,,", "channels", "unknown_channel"),
        ("x,department,ก,b,,,,,,0,0,", "latitude", "point_at_zero"),
        ("x,department,ก,b,,,,,,here,there,", "latitude", "not_degrees"),
    ],
)
def test_a_row_that_cannot_be_is_told_by_its_column(cells: str, column: str, reason: str) -> None:
    lines = [MORE.splitlines()[0], cells]
    outcome = actions.import_agencies(actor=SYSTEM, now=NOW, rows=rows_of(lines)[1])
    assert [(bad.column, bad.reason) for bad in outcome.bad] == [(column, reason)]


def test_long_lists_lead_on_and_a_table_comes_whole(client: Client) -> None:
    first = client.get("/api/agencies", {"size": 2})
    assert [row["code"] for row in first.json()] == ["hall", "kk-muni"]
    assert "after=kk-muni" in first["Link"]
    codes, after = ["hall", "kk-muni"], "kk-muni"
    while after:
        page = client.get("/api/agencies", {"size": 2, "after": after})
        codes += [row["code"] for row in page.json()]
        after = codes[-1] if "Link" in page else ""
    assert codes == sorted(queries.agencies_by_code())
    assert (
        len(client.get("/api/agencies", {"size": 2, "format": "csv"}).content.splitlines()) == len(codes) + 1
    )


def test_a_page_of_a_process_that_read_ahead_reads_no_table_of_offices(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    reference_data.read_all(before_seconds=90)
    with django_assert_max_num_queries(3) as seen:
        assert client.get("/agencies/").status_code == 200
    assert not [query for query in seen.captured_queries if 'FROM "agencies_agency"' in query["sql"]]
