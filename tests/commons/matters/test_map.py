"""The map beside the list: names of areas as its ground, nothing from elsewhere unless the installation says so."""

import pytest
from django.test import Client
from tests.small_state import NOW

from sala.commons.ledger.models import Entry
from sala.commons.ledger.queries import LoggedEntry
from sala.commons.matters import actions as matters
from sala.core.actors import ANONYMOUS
from sala.services.complaints import actions
from sala.services.complaints.actions import Filing
from sala.site.middleware import CONTENT_SECURITY_POLICY, _tile_origin

EVERYWHERE = "box=90,0,110,30"


def file(text: str) -> str:
    """A public complaint with a point; its reference. Searched by its words at once."""
    filing = Filing(text=text, area="400101", latitude=16.43, longitude=102.82)
    filed = actions.file_complaint(actor=ANONYMOUS, now=NOW, filing=filing)
    entry = Entry.objects.order_by("-pk")[0]
    matters.index_matters([LoggedEntry(position=0, body=bytes(entry.body))])
    return filed.reference


@pytest.mark.usefixtures("state")
@pytest.mark.req("CMP-3.3")
def test_the_ground_names_areas_of_a_level_inside_the_box() -> None:
    client = Client()
    (province,) = client.get(f"/areas/names.json?level=1&{EVERYWHERE}").json()["places"]
    assert province["name"] == "ขอนแก่น"
    (english,) = client.get(f"/en/areas/names.json?level=3&{EVERYWHERE}").json()["places"]
    assert english["name"] == "Nai Mueang"
    assert client.get("/areas/names.json?level=1&box=0,0,1,1").json()["places"] == []


@pytest.mark.usefixtures("state")
@pytest.mark.parametrize("box", ["", "here", "1,2,3", "nan,0,1,1", "inf,0,1,1", "1,2,3,4,5"])
def test_what_is_no_box_is_said_so(box: str) -> None:
    for address in ("/areas/names.json", "/matters/points.json"):
        assert Client().get(address, {"box": box}).status_code == 400


@pytest.mark.usefixtures("state")
def test_the_list_and_the_question_where_hold_a_map_that_waits_for_its_script() -> None:
    assert "data-map-side" not in Client().get("/matters/").content.decode()  # nothing to show yet
    file("ไฟทางดับทั้งซอย")
    page = Client().get("/matters/").content.decode()
    assert '<svg class="geo"' in page  # what is there until the script comes, or without it
    assert '<div class="map" hidden' in page
    assert "data-nearby" in page
    draft = Client().post("/complaints/new", {"text": "ไฟทางดับทั้งซอย"})["Location"]
    assert "data-pick" in Client().get(draft).content.decode()


@pytest.mark.usefixtures("state")
def test_the_map_shows_what_a_search_found() -> None:
    light, _dog = file("ไฟทางดับทั้งซอย"), file("หมาจรจัดไล่กัดคน")
    found = Client().get(f"/matters/points.json?q=ไฟทาง&{EVERYWHERE}").json()["features"]
    assert [point["properties"]["reference"] for point in found] == [light]
    elsewhere = Client().get("/matters/points.json?q=ไฟทาง&box=0,0,1,1").json()
    assert elsewhere["features"] == []


def test_pictures_come_from_elsewhere_only_if_the_installation_says_so() -> None:
    assert "img-src 'self' data:;" in CONTENT_SECURITY_POLICY
    assert _tile_origin("https://{s}.tiles.example/{z}/{x}/{y}.png") == " https://*.tiles.example"
    assert _tile_origin("") == ""
