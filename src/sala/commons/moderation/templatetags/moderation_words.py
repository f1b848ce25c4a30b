"""What moderators decided, and why, in words for the templates of services."""

from collections.abc import Mapping

from django import template

from sala.commons.moderation import words
from sala.commons.moderation.queries import Decision

register = template.Library()


@register.filter
def breach_name(code: str) -> str:
    """A reason in words."""
    return words.breach(code)


@register.filter
def moderated(decision: Decision) -> str:
    """What was decided, in words."""
    return words.what(decision.what, decision.part)


@register.filter
def named_in(code: str, names: Mapping[str, object]) -> str:
    """A code by the names that a service gives; the code itself where it has none."""
    return str(names.get(code, code))
