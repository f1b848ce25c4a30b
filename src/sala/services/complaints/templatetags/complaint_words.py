"""Names for codes, in templates of complaints."""

from django import template
from django.utils.translation import get_language

from sala.commons.agencies import queries as agencies
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
    path = agencies.area_path(code)
    return path.label(get_language() or "th") if path else ""


@register.simple_tag
def percent(share: float) -> str:
    """A share between 0 and 1 as whole percent."""
    return f"{round(share * 100)} %"
