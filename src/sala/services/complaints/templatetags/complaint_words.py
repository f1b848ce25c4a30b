"""Names for codes, in templates of complaints."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sala.commons.agencies import queries as agencies
from sala.core.actors import Role
from sala.services.complaints import permissions, queries, words

register = template.Library()


@register.simple_tag
def agency_name(code: str) -> str:
    """An agency's name in the reader's language."""
    return words.agency_name(code)


@register.simple_tag
def topic_name(code: str) -> str:
    """The name of a type of complaint in the reader's language."""
    return queries.topic_name(code, get_language() or "th")


@register.simple_tag
def channel_name(code: str) -> str:
    """By which way a complaint came, in words."""
    return str(words.CHANNELS.get(code, code))


@register.simple_tag
def area_name(code: str) -> str:
    """The names of an area and those around it, small to large."""
    path = agencies.area_path(code)
    return path.label(get_language() or "th") if path else ""


@register.simple_tag
def percent(share: float) -> str:
    """A share between 0 and 1 as whole percent."""
    return f"{round(share * 100)} %"


@register.inclusion_tag("complaints/work/nav.html", takes_context=True)
def work_nav(context: Mapping[str, Any]) -> dict[str, object]:
    """The places where staff work, as far as this person may enter them; the one we are in marked."""
    request = context["request"]
    places = [("complaints:work", _("My work"), True)]
    places.append(("complaints:intake", _("Take a complaint"), permissions.may_take_in(request.actor)))
    places.append(("complaints:overview", _("Overview"), permissions.may_oversee(request.actor)))
    supervises = request.actor.holds_any(permissions.OVERSEERS)
    places.append(("complaints:templates", _("Words kept ready"), supervises))
    moderates = request.actor.holds(Role.MODERATOR)
    places.append(("complaints:quarantined", _("Set aside"), moderates))
    places.append(("complaints:covered", _("Covered words"), moderates))
    places.append(("agencies:people", _("People and roles"), request.actor.holds(Role.ADMINISTRATOR)))
    links = [(reverse(name), label) for name, label, is_open in places if is_open]
    return {"links": [(url, label, request.path == url) for url, label in links]}


@register.simple_tag
def level_name(code: str) -> str:
    """Who was told that a complaint is late."""
    return str(words.LEVELS.get(code, code))


@register.filter
def share(percent: int | None) -> str:
    """Whole percent; a dash where there were too few cases to say."""
    return "–" if percent is None else f"{percent} %"
