"""Doors of places: suggestions as one types, the name of a point, both for programs and for people."""

import pytest
from django.test import Client
from tests.small_state import NOW, forgotten, state

from sala.commons.ledger.models import Entry
from sala.commons.places import actions, queries
from sala.core.actors import ANONYMOUS, SYSTEM
from sala.core.errors import Refused
from sala.core.tables import rows_of

__all__ = ["forgotten", "state"]
pytestmark = pytest.mark.usefixtures("state")


def test_places_are_suggested_as_one_types(client: Client) -> None:
    rows = client.get("/areas/suggest", {"q": "ขอนแกน"}).json()["found"]
    assert rows[0] == {"code": "40", "name": "ขอนแก่น"}
    english = client.get("/en/areas/suggest", {"q": "nai mue"}).json()["found"]
    assert english == [{"code": "400101", "name": "Nai Mueang, Mueang Khon Kaen, Khon Kaen"}]
    pasted = client.get("/areas/suggest", {"q": "16.432, 102.823"}).json()["found"]
    assert [row["code"] for row in pasted] == ["400101"]
    assert client.get("/areas/suggest", {"q": ""}).json() == {"found": []}


def test_a_point_is_told_by_name_or_asked_about(client: Client) -> None:
    told = client.get("/en/areas/at", {"point": "16.432,102.823"}).json()
    assert (told["code"], told["words"]) == (
        "400101",
        "The point is set: Nai Mueang, Mueang Khon Kaen, Khon Kaen",
    )
    assert client.get("/areas/at", {"point": "0.0,0.0"}).json()["problem"] == "point_at_zero"
    assert client.get("/areas/at", {"point": "here"}).status_code == 400


def test_programs_ask_for_the_area_of_a_point(client: Client) -> None:
    row = client.get("/api/places/at", {"latitude": 16.432, "longitude": 102.823}).json()
    assert (row["code"], row["sureness"]) == ("400101", "likely")
    refused = client.get("/api/places/at", {"latitude": 51.5, "longitude": -0.12})
    assert (refused.status_code, refused.json()["fields"]) == (422, {"latitude": "point_outside"})


def test_an_operators_own_names_are_found_once_they_are_brought_in() -> None:
    assert queries.read_words("มอดินแดง").matches == ()
    lines = ["area,name,source,valid_from,valid_until", "400101,มอดินแดง,ชื่อเก่าของชาวบ้าน,,", "99,x,y,,"]
    taken = actions.import_aliases(actor=SYSTEM, now=NOW, rows=rows_of(lines)[1])
    assert (taken.added, [bad.reason for bad in taken.bad]) == (1, ["unknown_code"])
    assert queries.read_words("มอดินแดง").sure == "400101"
    assert Entry.objects.latest("pk").kind == "places.aliases_imported"
    again = actions.import_aliases(actor=SYSTEM, now=NOW, rows=rows_of(lines)[1])
    assert (again.added, again.unchanged) == (0, 1)
    with pytest.raises(Refused):
        actions.import_aliases(actor=ANONYMOUS, now=NOW, rows=[])


def test_coordinates_in_the_search_are_a_place(client: Client) -> None:
    page = client.get("/en/matters/", {"q": "16.432, 102.823"}).content.decode()
    assert "Around Nai Mueang, Mueang Khon Kaen, Khon Kaen" in page
    named = client.get("/en/matters/", {"q": "Khon Kaen"}).content.decode()
    assert '?area=40"' in named
