"""What templates say of offices."""

from django import template

from sala.commons.agencies import words

register = template.Library()


@register.filter
def agency_kind(code: str) -> str:
    """What sort of body an office is, in the reader's language."""
    return str(words.KINDS.get(code, code))


@register.simple_tag
def agency_name(code: str) -> str:
    """An office's name in the reader's language; its code if it is gone."""
    return words.agency_name(code)
