"""Names for codes, in templates of complaints."""

from django import template
from django.utils.translation import get_language

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
