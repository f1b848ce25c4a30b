"""A point decides area and office where no area was named; everyone sees of it what the person agreed to."""

import json
from typing import Any

import pytest
from django.test import Client
from tests.small_state import NOW, staff

from sala.commons.ledger.models import Entry
from sala.commons.places.queries import Shown
from sala.core.actors import ANONYMOUS
from sala.core.errors import Conflict, Invalid, NotFound
from sala.services.complaints import actions, forms, queries
from sala.services.complaints.actions import Filing
from sala.services.complaints.models import Complaint
from sala.services.complaints.queries.point import find_work_point

pytestmark = pytest.mark.usefixtures("state")
POINT = {"latitude": 16.432123, "longitude": 102.823678}
TEXT = "ไฟทางดับทั้งซอย มืดมาก"


def filed(**more: object) -> Complaint:
    values: dict[str, Any] = {**POINT, **more}
    filing = Filing(text=TEXT, topic="street_light", **values)
    return queries.get_complaint(actions.file_complaint(actor=ANONYMOUS, now=NOW, filing=filing).reference)


@pytest.mark.req("CMP-1.1")
def test_a_point_alone_decides_the_area_and_the_office() -> None:
    matter = filed().matter
    assert (matter.area, matter.agency) == ("400101", "kk-muni")


def test_the_area_that_was_named_counts_before_the_point() -> None:
    assert filed(area="40").matter.area == "40"


@pytest.mark.parametrize(
    ("shown", "seen"),
    [
        (Shown.EXACT, (16.43212, 102.82368)),
        (Shown.ABOUT, (16.432, 102.824)),
        (Shown.AREA, (None, None)),
    ],
)
def test_everyone_sees_as_much_of_the_point_as_the_person_chose_and_the_office_all_of_it(
    shown: Shown, seen: tuple[float | None, float | None]
) -> None:
    complaint = filed(shown=shown)
    assert (complaint.matter.latitude, complaint.matter.longitude) == seen
    work = find_work_point(complaint)
    assert work is not None
    assert (work.latitude, work.longitude) == (16.43212, 102.82368)
    bodies = b"".join(bytes(entry.body) for entry in Entry.objects.all())
    assert b"16.43212" not in bodies


@pytest.mark.req("TRU-2")
def test_who_was_not_asked_is_shown_to_a_hundred_metres_only() -> None:
    assert filed().matter.latitude == 16.432


@pytest.mark.parametrize(
    ("latitude", "longitude", "code"),
    [
        (51.5, -0.12, "point_outside"),
        (0.0, 0.0, "point_at_zero"),
        (102.82, 16.43, "point_swapped"),
        (16.43, None, "half_a_position"),
    ],
)
def test_a_point_that_is_none_here_is_refused_by_name(
    latitude: float, longitude: float | None, code: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        filed(latitude=latitude, longitude=longitude)
    assert refusal.value.fields == {"latitude": code}


@pytest.mark.req("CMP-1.1")
def test_programs_with_a_point_alone_reach_the_municipality_and_foreign_points_are_refused(
    client: Client, settings: Any
) -> None:
    settings.OPEN311_KEYS = ["a-key"]
    values = {"api_key": "a-key", "service_code": "street_light", "description": TEXT}
    answer = client.post("/open311/v2/requests.json", {**values, "lat": "16.43", "long": "102.83"})
    reference = answer.json()[0]["service_request_id"]
    assert queries.get_complaint(reference).matter.agency == "kk-muni"
    away = client.post("/open311/v2/requests.json", {**values, "lat": "51.5", "long": "-0.12"})
    assert away.status_code == 400
    assert away.json()[0]["description"].startswith("lat: ")
    given = {"text": TEXT, "topic": "street_light", "latitude": 16.43, "longitude": 102.83}
    row = client.post("/api/complaints", json.dumps(given), content_type="application/json").json()
    assert row["agency"] == "kk-muni"
    refused = client.post(
        "/api/complaints",
        json.dumps({**given, "latitude": 0, "longitude": 0}),
        content_type="application/json",
    )
    assert (refused.status_code, refused.json()["fields"]) == (422, {"latitude": "point_at_zero"})


def test_the_form_names_the_point_takes_coordinates_as_words_and_asks_about_foreign_ones(
    client: Client,
) -> None:
    where = client.post("/complaints/new", {"text": TEXT})["Location"]
    assert client.post(where, {"area_words": "๑๖.๔๓๒๑, ๑๐๒.๘๒๓๖"}).status_code == 302
    check = client.get(where.replace("where", "check")).content.decode()
    assert "ในเมือง เมืองขอนแก่น ขอนแก่น" in check
    assert "102.8236" not in check
    away = client.post(where, {"latitude": "51.5", "longitude": "-0.12", "place": "หน้าบ้าน"})
    assert away.status_code == 422
    assert 'name="drop_point"' in away.content.decode()
    gone = client.post(
        where, {"latitude": "51.5", "longitude": "-0.12", "place": "หน้าบ้าน", "drop_point": "on"}
    )
    assert gone.status_code == 302


def test_an_officer_puts_the_place_right_and_everyone_sees_that_step() -> None:
    complaint = filed(latitude=None, longitude=None, area="40")
    here = {"now": NOW, "reference": complaint.matter.reference}
    officer = staff(complaint.matter.agency)
    with pytest.raises(NotFound):  # whoever may not read it is not told that it is there
        actions.correct_place(actor=ANONYMOUS, area="400101", **here)
    with pytest.raises(Invalid):
        actions.correct_place(actor=officer, area="999999", **here)
    with pytest.raises(Conflict):
        actions.correct_place(actor=officer, area="40", **here)
    actions.correct_place(actor=officer, area="", **POINT, **here)
    again = queries.get_complaint(complaint.matter.reference)
    assert (again.matter.area, again.matter.latitude) == ("400101", 16.432)
    entry = json.loads(bytes(Entry.objects.latest("pk").body))
    assert entry["kind"] == "complaint.place_corrected"
    assert "16.43" not in json.dumps(entry)
    work = find_work_point(again)
    assert work is not None
    assert work.latitude == 16.43212


def test_a_point_outside_the_corrected_area_goes_away() -> None:
    complaint = filed()
    matter = complaint.matter
    actions.correct_place(actor=staff("kk-muni"), now=NOW, reference=matter.reference, area="40")
    kept = queries.get_complaint(matter.reference)
    assert (kept.matter.area, kept.matter.latitude) == ("40", 16.432)


def test_sending_it_where_nobody_works_is_asked_about_first() -> None:
    form = forms.ForwardForm({"agency": "pea", "reason": "เสาของการไฟฟ้า"}, complaint=filed())
    assert "anyway" in form.errors
    again = forms.ForwardForm({"agency": "pea", "reason": "เสาของการไฟฟ้า", "anyway": "on"}, complaint=filed())
    assert again.is_valid()
    assert again.values() == {"agency": "pea", "reason": "เสาของการไฟฟ้า"}
    unknown = forms.ForwardForm({"agency": "การไฟ", "reason": "x", "anyway": "on"}, complaint=filed())
    assert "[pea]" in unknown.errors["agency"][0]
