"""What a person reads about the roles they were given."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sala.commons.agencies import queries
from sala.commons.agencies.models import Appointment
from sala.commons.identity import words as identity
from sala.core.actors import Role
from sala.core.clock import BANGKOK
from sala.core.dates import format_date


def list_own_roles(person_id: int) -> list[tuple[str, str]]:
    """Every role a person was given, with its days and the page that it opens, for their own page."""
    return [(_told(a), _address(a)) for a in queries.list_appointments(person_id)]


def _told(a: Appointment) -> str:
    language = get_language() or "th"
    what = f"{identity.role_name(a.role)} · {a.agency.name(language)}"
    if a.ended_at is None:
        return _("%(role)s, since %(day)s") % {"role": what, "day": _day(a.granted_at)}
    days = {"role": what, "day": _day(a.granted_at), "end": _day(a.ended_at)}
    return _("%(role)s, from %(day)s to %(end)s") % days


def _day(at: datetime) -> str:
    return format_date(at.astimezone(BANGKOK).date(), language=get_language() or "th")


def _address(a: Appointment) -> str:
    if a.role == Role.ADMINISTRATOR and a.ended_at is None:
        return f"{reverse('agencies:people')}?{urlencode({'agency': a.agency.code})}"
    return reverse("agencies:agency", args=[a.agency.code])


def export_own_roles(person_id: int) -> list[dict[str, Any]]:
    """The same as JSON values, for the export of one's own data."""
    return [
        {"role": a.role, "agency": a.agency.code, "since": a.granted_at, "until": a.ended_at}
        for a in queries.list_appointments(person_id)
    ]
