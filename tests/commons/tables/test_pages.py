"""Every public table can be looked at, ordered, and taken along in every form; a cached figure is never an old one."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.small_state import NOW

from sala.commons.tables import actions, queries, rules, slots
from sala.commons.tables.models import CachedFigure
from sala.core import clock
from sala.platform.tables import files

pytestmark = [pytest.mark.usefixtures("state"), pytest.mark.req("ODP", "PAIN-19")]


def test_every_table_comes_in_every_form_it_names(client: Client) -> None:
    with clock.frozen(NOW):
        for table in slots.tables.values():
            page = client.get(f"/data/{table.name}/")
            assert page.status_code == 200
            for form in files.forms(table):
                answer = client.get(f"/data/{table.name}.{form}")
                assert answer.status_code == 200, f"{table.name}.{form}"
                assert answer["Access-Control-Allow-Origin"] == "*"
                assert f"/data/{table.name}.{form}" in page.content.decode()


def test_the_list_of_tables_names_each_in_both_languages(client: Client) -> None:
    for prefix in ("", "/en"):
        page = client.get(f"{prefix}/data/").content.decode()
        assert all(f"/data/{name}/" in page for name in slots.tables)


def test_a_csv_for_programs_has_codes_and_one_for_people_titles(client: Client) -> None:
    programs = client.get("/data/agencies.csv").content.decode()
    people = client.get("/data/agencies.csv?for=people").content.decode("utf-8")
    assert next(csv.reader(io.StringIO(programs)))[0] == "code"
    assert people.startswith("\ufeff")
    assert next(csv.reader(io.StringIO(people.removeprefix("\ufeff"))))[0] == "รหัส"


def test_a_long_table_is_read_on_to_its_end_by_its_link(client: Client) -> None:
    seen: list[str] = []
    address = "/data/mandates.csv?size=2"
    while address:
        answer = client.get(address)
        seen += [",".join(row) for row in csv.reader(io.StringIO(answer.content.decode()))][1:]
        address = answer.get("Link", "").partition(">")[0].removeprefix("<http://testserver")
    whole = list(csv.reader(io.StringIO(client.get("/data/mandates.csv?size=1000").content.decode())))[1:]
    assert seen == [",".join(row) for row in whole]
    assert len(seen) > 2


@pytest.mark.parametrize("asked", ["colour=red", "size=²", "order=nobody", "cursor=x'--", "agency=%00"])
def test_what_cannot_be_asked_is_refused_without_a_fault(client: Client, asked: str) -> None:
    for address in ("/data/agency_figures.json", "/data/matters.csv", "/data/mandates/"):
        assert client.get(f"{address}?{asked}").status_code in (200, 422)


@pytest.mark.parametrize("form", ["json", "ndjson", "csv", "atom"])
def test_a_program_is_refused_in_data_where_it_asked_for_a_file(client: Client, form: str) -> None:
    """A page of HTML in place of the rows that were asked for says nothing to a program."""
    for address, status, code in (
        (f"/data/matters.{form}?colour=red", 422, "invalid"),
        (f"/data/nothing.{form}", 404, "not_found"),
    ):
        answer = client.get(address, headers={"accept-language": "en"})
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/json")
        assert answer.json()["code"] == code
        assert answer["Access-Control-Allow-Origin"] == "*"
    assert client.post(f"/data/matters.{form}").json()["code"] == "wrong_method"
    assert client.get("/data/matters/?colour=red")["Content-Type"].startswith("text/html")


def test_a_figure_is_read_until_it_is_old_and_goes_with_its_group() -> None:
    CachedFigure.objects.all().delete()
    assert queries.find_figure("bells", "loud", NOW) is None
    _cache({"loud": {"n": 3}, "soft": {"n": 1}})
    assert queries.find_figure("bells", "loud", NOW) == {"n": 3}
    assert queries.find_figure("bells", "silent", NOW) == {}
    assert queries.find_figure("bells", "loud", NOW + rules.LONGEST + timedelta(seconds=1)) is None
    _cache({"soft": {"n": 1}})
    assert queries.find_figure("bells", "loud", NOW) == {}


def _cache(figures: dict[str, object]) -> None:
    # The action of the box that counts is around it in earnest; here there is none.
    actions.cache_figures.__wrapped__(now=NOW, group="bells", figures=figures)


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_share_is_whole_percent_half_up_and_never_told_of_few(part: int, more: int) -> None:
    share = rules.percent(part, part + more)
    if part + more < rules.SMALLEST_SAMPLE:
        assert share is None
    else:
        assert share is not None
        assert 0 <= share <= 100
        assert abs(share * (part + more) - 100 * part) * 2 <= part + more
