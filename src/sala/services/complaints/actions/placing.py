"""Where a complaint is: decided by its point when no area was named, put right by whoever works on it."""

from datetime import datetime

from sala.commons.ledger import actions as ledger
from sala.commons.matters import actions as matters
from sala.commons.places import queries as places
from sala.core.actors import Actor
from sala.core.errors import Conflict, Invalid
from sala.services.complaints import events, permissions, rules
from sala.services.complaints.actions.records import locked, named, unless_hidden
from sala.services.complaints.queries.point import sealed_point, shown_of


def area_of(area: str, latitude: float | None, longitude: float | None) -> str:
    """The area a complaint is filed under: the one that was named, else the one its point lies in, else ""."""
    if area or latitude is None or longitude is None:
        return area
    return places.place_of_point(latitude, longitude).code


def problem_of_point(latitude: float | None, longitude: float | None) -> str:
    """Why a point cannot be taken, as a code; "" for one in the country, and for none."""
    if latitude is None or longitude is None:
        return "half_a_position" if latitude is not longitude else ""
    return places.place_of_point(latitude, longitude).problem


@ledger.action
def correct_place(
    *,
    actor: Actor,
    now: datetime,
    reference: str,
    area: str,
    latitude: float | None = None,
    longitude: float | None = None,
) -> None:
    """It lies elsewhere than was told or guessed: another area, another point; everyone sees that it was put right.

    Without a point the old one stays if it lies in the new area, and goes if not. How much of a point everyone sees
    stays as the person chose. Raises Refused, Conflict if it is closed or nothing changes, Invalid for an unknown
    area or a point that is none.
    """
    complaint = locked(reference)
    permissions.require_may_work(actor, complaint)
    if complaint.state not in rules.OPEN:
        raise Conflict("move_not_allowed", status=complaint.status, move="place")
    if problem := problem_of_point(latitude, longitude):
        raise Invalid("invalid", {"where": problem})
    area = area_of(area, latitude, longitude)
    if places.find_area(area) is None:
        raise Invalid("invalid", {"where": "area_unknown"})
    matter, from_area = complaint.matter, complaint.matter.area
    if latitude is None and area == from_area:
        raise Conflict("place_unchanged")
    changes: dict[str, object] = {"area": area}
    if latitude is not None or not _lies_in(area, matter.latitude, matter.longitude):
        shown = shown_of(complaint)
        complaint.point_sealed = sealed_point(latitude, longitude, shown)
        complaint.save(update_fields=["point_sealed"])
        changes["latitude"], changes["longitude"] = places.shown_point(latitude, longitude, shown)
    matters.move_matter(matter, now=now, **changes)
    event = events.PlaceCorrected(
        **named(complaint),
        from_area=unless_hidden(complaint, from_area, also_agency_only=False),
        is_point=latitude is not None,
    )
    ledger.record_entry(event, actor=actor, at=now)


def _lies_in(area: str, latitude: float | None, longitude: float | None) -> bool:
    if latitude is None or longitude is None:
        return True
    return area in places.area_chain(places.place_of_point(latitude, longitude).code)
