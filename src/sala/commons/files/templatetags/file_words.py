"""What files are called on a page, for templates of the services."""

from django import template

from sala.commons.files import words

register = template.Library()


@register.simple_tag
def file_wishes() -> list[tuple[str, str]]:
    """(code, words) of each choice of who may see a file."""
    return [(wish.value, str(name)) for wish, name in words.WISHES.items()]


@register.filter
def wish_name(code: str) -> str:
    """Who may see a file, in words."""
    return words.wish(code)
