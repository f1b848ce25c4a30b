"""Complaints in other people's shapes: Open311 GeoReport v2, as values that XML and JSON say alike."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from xml.etree import ElementTree

from sala.commons.agencies import queries as agencies
from sala.commons.files.queries import File
from sala.commons.places import queries as places
from sala.core.clock import BANGKOK
from sala.engines.thai import Topic
from sala.services.complaints import words
from sala.services.complaints.models import Complaint
from sala.services.complaints.queries.figures import PERIOD
from sala.services.complaints.queries.outward import IS_OPEN
from sala.services.complaints.queries.overview import AgencyFigures

Values = Mapping[str, Any]

# What an element of each list is called in XML (GeoReport v2).
_ELEMENTS = {
    "services": "service",
    "service_requests": "request",
    "attributes": "attribute",
    "values": "value",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
    "service_request_updates": "request_update",
}


def service(topic: Topic, language: str) -> dict[str, Any]:
    """A type of complaint as an Open311 service."""
    return {
        "service_code": topic.code,
        "service_name": topic.name_en if language == "en" else topic.name_th,
        "description": topic.description,
        "metadata": False,
        "type": "realtime",
        "keywords": ", ".join(topic.everyday_words[:12]),
        "group": topic.agency_kind,
    }


def service_definition(topic: Topic) -> dict[str, Any]:
    """A service without questions of its own: the words and the place are enough."""
    return {"service_code": topic.code, "attributes": []}


def service_request(
    complaint: Complaint, shown: Sequence[File], names: Mapping[str, str], site: str
) -> dict[str, Any]:
    """A public complaint with its public files as an Open311 service request; `names` gives types by code."""
    matter = complaint.matter
    agency = agencies.find_agency(matter.agency)
    said = [m for m in complaint.matter.messages.all() if m.public_text and m.agency]
    picture = next((file for file in shown if not file.message_id), None)
    return {
        "service_request_id": matter.reference,
        "status": status_outside(complaint),
        "status_notes": said[-1].public_text if said else words.status(complaint)[0],
        "service_name": names.get(matter.topic, matter.topic),
        "service_code": matter.topic,
        "description": complaint.public_text,
        "agency_responsible": agency.name_th if agency else matter.agency,
        "service_notice": "",
        "requested_datetime": stamp(matter.opened_at),
        "updated_datetime": stamp(matter.updated_at),
        "expected_datetime": stamp(matter.due_at),
        "address": " ".join(filter(None, [matter.place, _area(matter.area)])),
        "address_id": matter.area,
        "zipcode": "",
        "lat": matter.latitude,
        "long": matter.longitude,
        "media_url": f"{site}/complaints/{matter.reference}/files/{picture.stored_as}" if picture else "",
    }


def status_outside(complaint: Complaint) -> str:
    """The two states that Open311 knows; solved counts as open until the person has had time to disagree."""
    return "open" if complaint.state in IS_OPEN else "closed"


def _area(code: str) -> str:
    path = places.area_path(code)
    return path.label("th") if path else ""


def stamp(at: datetime | None) -> str:
    """An instant as W3C date and time with Thailand's zone; empty for none."""
    return at.astimezone(BANGKOK).isoformat(timespec="seconds") if at else ""


def to_xml(root: str, values: Sequence[Values] | Values) -> bytes:
    """The same values as XML: a list becomes elements named as the standard names them. Text only, no markup."""
    element = ElementTree.Element(root)
    _fill(element, root, values)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(element, encoding="utf-8")


def _fill(element: ElementTree.Element, name: str, values: Any) -> None:
    if isinstance(values, Mapping):
        for key, value in values.items():
            _fill(ElementTree.SubElement(element, key), key, value)
    elif isinstance(values, Iterable) and not isinstance(values, str):
        for value in values:
            _fill(ElementTree.SubElement(element, _ELEMENTS[name]), _ELEMENTS[name], value)
    elif values is not None:
        element.text = _plain(values)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    # Characters that XML 1.0 cannot carry are left out; everything else is escaped by the writer.
    return "".join(c for c in str(value) if c in "\t\n\r" or c >= " ")


FIGURES = (
    "agency", "agency_name_th", "agency_name_en", "since", "until", "said_done", "resolved", "resolved_in_time",
    "percent_in_time", "answered_for", "confirmed", "percent_confirmed", "reopened", "percent_reopened",
    "open_now", "late_now", "bounced_now",
)  # fmt: skip


def agency_figures(row: AgencyFigures, now: datetime) -> dict[str, Any]:
    """The figures of one agency as a plain row; shares are empty below the smallest sample."""
    agency = agencies.find_agency(row.agency)
    return {
        "agency": row.agency,
        "agency_name_th": agency.name("th") if agency else "",
        "agency_name_en": agency.name("en") if agency else "",
        "since": (now - PERIOD).astimezone(BANGKOK).date().isoformat(),
        "until": now.astimezone(BANGKOK).date().isoformat(),
        "said_done": row.said_done,
        "resolved": row.resolved,
        "resolved_in_time": row.in_time,
        "percent_in_time": row.percent_in_time,
        "answered_for": row.answered_for,
        "confirmed": row.confirmed,
        "percent_confirmed": row.percent_confirmed,
        "reopened": row.reopened,
        "percent_reopened": row.percent_reopened,
        "open_now": row.open_now,
        "late_now": row.late_now,
        "bounced_now": row.bounced_now,
    }
