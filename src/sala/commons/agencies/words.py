"""What a person reads about offices: kinds, channels, hours; and about the roles they were given."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from sala.commons.agencies import queries
from sala.commons.agencies.models import Appointment
from sala.commons.agencies.rules import Opening
from sala.commons.identity import words as identity
from sala.commons.identity.slots import OwnThing
from sala.core.actors import Role
from sala.core.clock import BANGKOK
from sala.core.dates import format_date

REFUSALS = {
    "desk_there_already": gettext_lazy("There is a desk of this name already."),
    "last_administrator": gettext_lazy(
        "An agency needs an administrator. Give the role to somebody else first."
    ),
    "office_missing": gettext_lazy(
        "Choose the office, or write its name. If it is the wrong one, they send it on."
    ),
    "office_unknown": gettext_lazy("We know no such office, or it is this one. Choose another."),
    "role_already_held": gettext_lazy("This person holds that role already."),
}

GROUPS = {
    "local": gettext_lazy("Local government"),
    "province": gettext_lazy("Provinces and districts"),
    "central": gettext_lazy("Ministries and departments"),
    "enterprise": gettext_lazy("State enterprises"),
    "independent": gettext_lazy("Independent bodies"),
}
CHANNELS = {
    "counter": gettext_lazy("At the counter"),
    "phone": gettext_lazy("By telephone"),
    "web": gettext_lazy("On its website"),
    "email": gettext_lazy("By e-mail"),
    "line": gettext_lazy("By LINE"),
    "app": gettext_lazy("By its app"),
    "post": gettext_lazy("By post"),
}
KINDS = {
    "central_unit": gettext_lazy("Central unit"),
    "ministry": gettext_lazy("Ministry"),
    "department": gettext_lazy("Department"),
    "state_enterprise": gettext_lazy("State enterprise"),
    "province": gettext_lazy("Province"),
    "district": gettext_lazy("District"),
    "local_authority": gettext_lazy("Local government"),
    "independent_body": gettext_lazy("Independent body"),
}
_DAYS = (
    gettext_lazy("Monday"),
    gettext_lazy("Tuesday"),
    gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"),
    gettext_lazy("Friday"),
    gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
)


def agency_name(code: str | None) -> str:
    """An office's name in the reader's language; its code if it is gone."""
    office = queries.find_agency(code)
    return office.name(get_language() or "th") if office else (code or "")


def opening(at: Opening | None) -> tuple[str, str]:
    """Whether an office is open, in words, and the class of their colour; "", "" where its hours are not known."""
    if at is None:
        return "", ""
    if at.state == "always":
        return _("Open day and night"), "open-now"
    if at.until is not None:
        return _("Open, closes at %(time)s") % {"time": f"{at.until:%H:%M}"}, "open-now"
    if at.opens_at is None:
        return _("Not open now"), "soft"
    time = f"{at.opens_at:%H:%M}"
    if at.state == "break":
        return _("Closed for a break, opens again at %(time)s") % {"time": time}, "open-soon"
    day = _DAYS[at.opens_at.weekday()]
    return _("Closed, opens on %(day)s at %(time)s") % {"day": day, "time": time}, "soft"


def week(hours: str) -> list[tuple[str, str]]:
    """The hours of a week as lines: days, and from when until when; [] where they are not known."""
    lines = []
    for (first, last), spans in queries.week_of(hours):
        days = str(_DAYS[first]) if first == last else f"{_DAYS[first]} – {_DAYS[last]}"
        told = ", ".join(f"{_time(start)}–{_time(end)}" for start, end in spans)
        lines.append((days, told or _("Not open")))
    return lines


def _time(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}" if minutes != 24 * 60 else "24:00"


def list_own_roles(person_id: int) -> list[OwnThing]:
    """Every role a person was given, with its days and the page that it opens, for their own page."""
    return [OwnThing(_describe(a), _address(a)) for a in queries.list_appointments(person_id)]


def _describe(a: Appointment) -> str:
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
