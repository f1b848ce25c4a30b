"""PyPI georeport, a client that others wrote, reads a running Sala by Open311 GeoReport v2."""

from typing import Any

import pytest
from georeport import GeoReport

from sala.core import clock
from sala.core.actors import ANONYMOUS
from sala.services.complaints import actions
from sala.services.complaints.actions import Filing

pytestmark = [
    pytest.mark.req("MCH"),
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.mark.parametrize("form", ["json", "xml"])
def test_georeport_reads_services_and_requests(live_server: Any, state: None, form: str) -> None:
    filing = Filing(text="ไฟทางดับหลังวัดป่า", topic="street_light", area="400101", place="ซอยหลังวัดป่า")
    actions.file_complaint(actor=ANONYMOUS, now=clock.now(), filing=filing)
    filed = actions.file_complaint(actor=ANONYMOUS, now=clock.now(), filing=filing)
    client = GeoReport(f"{live_server.url}/open311/v2", output_format=form)
    assert "street_light" in [service["service_code"] for service in client.get_service_list()]
    assert client.get_service_definition("street_light")
    listed = client.get_service_requests()
    assert len(listed) == 2  # of one alone the client's XML reading makes no list
    assert filed.reference in [found["service_request_id"] for found in listed]
    one = client.get_service_request(filed.reference)
    assert one["description"] == filing.text
    assert one["status"] == "open"
