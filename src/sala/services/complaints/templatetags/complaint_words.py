"""Names for codes, in templates of complaints."""

from datetime import date, datetime

from django import template
from django.utils.translation import get_language

from sala.commons.places import queries as places
from sala.core import working_time
from sala.services.complaints import queries, words

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
    path = places.area_path(code)
    return path.label(get_language() or "th") if path else ""


@register.filter
def due_day(at: datetime | None) -> date | None:
    """The last day that is in time for an instant: what is due at midnight is due the day before."""
    return working_time.day_of(at) if at else None


@register.simple_tag
def percent(share: float) -> str:
    """A share between 0 and 1 as whole percent."""
    return f"{round(share * 100)} %"


@register.simple_tag
def level_name(code: str) -> str:
    """Who was told that a complaint is late."""
    return str(words.LEVELS.get(code, code))


@register.filter
def share(percent: int | None) -> str:
    """Whole percent; a dash where there were too few cases to say."""
    return "–" if percent is None else f"{percent} %"
