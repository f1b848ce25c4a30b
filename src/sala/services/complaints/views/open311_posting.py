"""Open311 GeoReport v2, posting: who may, what may be sent, and the token by which its sender asks about it later."""

import re
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from django.conf import settings

from sala.commons.identity.actions import repeats
from sala.commons.moderation.actions import is_suspect
from sala.core import clock
from sala.core.actors import ANONYMOUS, Channel
from sala.core.errors import NotFound
from sala.core.keys import same_key
from sala.platform import limits, seals
from sala.platform.requests import Request
from sala.services.complaints import actions, exporters, queries, words
from sala.services.complaints.actions import Filing
from sala.services.complaints.models import Complaint
from sala.services.complaints.queries import Contact
from sala.services.complaints.views import rates

# What the standard lets a sender say and we have no use for: it does no harm, and clients send it always.
UNUSED = frozenset({"jurisdiction_id", "device_id", "account_id", "locale"})
# The names of the standard, and what they are called inside.
NAMES = {
    "description": "text",
    "service_code": "topic",
    "address_string": "place",
    "address_id": "area",
    "lat": "latitude",
    "long": "longitude",
    "first_name": "name",
    "last_name": "name",
    "phone": "phone",
    "email": "email",
}
TAKEN = frozenset({*NAMES, *UNUSED, "api_key"})
TOKEN_DIGITS = 32
MOST_TOKENS = 50
_DEGREES = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{1,20})?")
_LENGTHS = {
    "address_string": 300,
    "phone": 30,
    "email": 200,
    "first_name": 60,
    "last_name": 59,
    "address_id": 12,
}
_NO_MEDIA = (
    "media_url cannot be taken: Sala fetches nothing from addresses that others choose. Leave it out and send the "
    "picture on the person's own page, or name the address in the description"
)


class BadRequest(Exception):
    """What was asked cannot be answered: HTTP status and the sentence for the developer."""

    def __init__(self, status: int, description: str) -> None:
        super().__init__(description)
        self.status = status
        self.description = description


def name_outside(name: str) -> str:
    """What a field of ours is called by who sent it."""
    return next((outside for outside, inside in NAMES.items() if inside == name), name)


def file(request: Request) -> tuple[dict[str, Any], limits.Room]:
    """File what was posted; what the sender is told, and what room is left for them. Once for one Idempotency-Key."""
    now, key = clock.now(), request.POST.get("api_key", "")
    if not _has_key(key):
        limits.require_room_for(request, rates.WRONG_KEY, now=now)
        raise BadRequest(403, "api_key is missing or not known")
    _require_known_fields(request)
    filing = _filing(request)
    room = limits.require_room_for(request, rates.POST_OPEN311, now=now, contact=key)
    values = repeats.do_once(
        request,
        door="open311",
        sender=key,
        sent=repeats.fingerprint_of(request),
        now=now,
        act=lambda: actions.file_complaint(actor=ANONYMOUS.by(Channel.API), now=now, filing=filing),
        tell=lambda filed: {
            "service_request_id": filed.reference,
            "token": token_of(filed.reference),
            "service_notice": f"{settings.SITE_URL}/m/{filed.reference}",
            "account_id": "",
        },
    )
    return values, room


def _has_key(given: str) -> bool:
    return any(same_key(given, key) for key in settings.OPEN311_KEYS)


def _require_known_fields(request: Request) -> None:
    """Raises BadRequest, by name, for what would be lost: better now than a picture that nobody ever sees."""
    if request.POST.get("media_url"):
        raise BadRequest(400, _NO_MEDIA)
    given = [name for name, text in request.POST.items() if name != "media_url" or text]
    unknown = [name for name in (*given, *request.FILES) if name not in TAKEN]
    if unknown:
        named = ", ".join(name[:40] for name in unknown[:10])
        raise BadRequest(400, f"not known here, and nothing was filed: {named}")
    for name, most in _LENGTHS.items():
        if len(request.POST.get(name, "")) > most:
            raise BadRequest(400, f"{name} must not be longer than {most} characters")


def _filing(request: Request) -> Filing:
    code = request.POST.get("service_code", "")
    if not code:
        raise BadRequest(400, "service_code was not provided")
    if all(topic.code != code for topic in queries.complaint_types()):
        raise BadRequest(404, "service_code was not found")
    latitude, longitude = _degrees(request, "lat", 90), _degrees(request, "long", 180)
    place, area = request.POST.get("address_string", ""), request.POST.get("address_id", "")
    if (latitude is None) != (longitude is None):
        raise BadRequest(400, "lat and long must be given together")
    if latitude is None and not place and not area:
        raise BadRequest(400, "a location is needed: lat and long, address_string, or address_id")
    name = " ".join(filter(None, [request.POST.get("first_name", ""), request.POST.get("last_name", "")]))
    return Filing(
        text=request.POST.get("description", ""),
        topic=code,
        place=place,
        area=area,
        latitude=latitude,
        longitude=longitude,
        contact=Contact(name=name, phone=request.POST.get("phone", ""), email=request.POST.get("email", "")),
        is_suspect=is_suspect(request, request.POST.get("description", "")),
    )


def _degrees(request: Request, name: str, most: float) -> float | None:
    text = request.POST.get(name, "")
    if not text:
        return None
    value = float(text) if _DEGREES.fullmatch(text) else most + 1
    if not -most <= value <= most:
        raise BadRequest(400, f"{name} must be degrees between -{most} and {most}")
    return value


def token_of(reference: str) -> str:
    """What its sender shows to ask about a request that not everybody may see; nobody can make one from the number."""
    return f"{reference}-{seals.digest('open311 token', reference)[:TOKEN_DIGITS]}"


def held_by_tokens(wanted: Iterable[str]) -> dict[str, str]:
    """The numbers behind those that are tokens of ours, by token."""
    found = {}
    for part in list(wanted)[:MOST_TOKENS]:
        reference, _, digits = part.rpartition("-")
        if len(digits) == TOKEN_DIGITS and same_key(part, token_of(reference)):
            found[part] = reference
    return found


def rows_of_hidden(references: Iterable[str]) -> list[dict[str, Any]]:
    """How far requests are that everybody may not read, for who sent them.

    None of the words: what the sender wrote they have, and what the office writes is for the person, on their own
    page. And nothing that tells why it is not public: one set aside as a suspect must not be told so (as on paper).
    """
    rows = []
    for reference in sorted(references):
        with suppress(NotFound):  # erased since
            rows.append(_row_of_hidden(queries.get_complaint(reference)))
    return rows


def _row_of_hidden(complaint: Complaint) -> dict[str, Any]:
    matter = complaint.matter
    return {
        "service_request_id": matter.reference,
        "token": token_of(matter.reference),
        "status": exporters.status_outside(complaint),
        "status_notes": words.status(complaint)[0],
        "service_code": matter.topic,
        "requested_datetime": exporters.stamp(matter.opened_at),
        "updated_datetime": exporters.stamp(matter.updated_at),
        "expected_datetime": exporters.stamp(matter.due_at),
    }
