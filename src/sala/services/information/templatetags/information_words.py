"""What templates say of requests."""

from django import template

from sala.services.information.words import telling

register = template.Library()


@register.simple_tag
def agency_name(code: str) -> str:
    """An office's name in the reader's language; its code if it is gone."""
    return telling.agency_name(code)


@register.filter
def share(percent: int | None) -> str:
    """Whole percent; a dash where there were too few cases to say."""
    return "–" if percent is None else f"{percent} %"
