"""Where a complaint is: the point the office works with, which may say more than the one that everyone sees."""

import json
from dataclasses import dataclass

from sala.commons.places import queries as places
from sala.platform import seals
from sala.services.complaints.models import Complaint


def sealed_point(latitude: float | None, longitude: float | None, shown: places.Shown) -> str:
    """The point as told, encrypted for storage; empty where everyone sees it as told anyway, or none was told."""
    if latitude is None or longitude is None or shown is places.Shown.EXACT:
        return ""
    return seals.seal(json.dumps([round(latitude, 5), round(longitude, 5), shown.value]))


@dataclass(frozen=True, slots=True)
class WorkPoint:
    """A point in degrees as the office sees it; `is_public` if everyone sees it as exactly."""

    latitude: float
    longitude: float
    is_public: bool


def find_work_point(complaint: Complaint) -> WorkPoint | None:
    """The point as the person told it, for who works on it; None if there is none."""
    matter = complaint.matter
    if complaint.point_sealed:
        latitude, longitude, _ = json.loads(seals.unseal(complaint.point_sealed))
        return WorkPoint(latitude, longitude, is_public=False)
    if matter.latitude is None or matter.longitude is None:
        return None
    return WorkPoint(matter.latitude, matter.longitude, is_public=matter.is_public)


def shown_of(complaint: Complaint) -> places.Shown:
    """How much of the point everyone was to see when it was told; exact for complaints older than the question."""
    if not complaint.point_sealed:
        return places.Shown.EXACT if complaint.matter.latitude is not None else places.Shown.ABOUT
    return places.Shown(json.loads(seals.unseal(complaint.point_sealed))[2])
