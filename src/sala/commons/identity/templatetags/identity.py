"""Names of roles, purposes, ways of signing in and held data, in the reader's language."""

from collections.abc import Mapping

from django import template

from sala.commons.identity import words

register = template.Library()

for name in (
    "agency_name",
    "basis_name",
    "consent_name",
    "held_name",
    "held_value",
    "provider_title",
    "purpose_name",
    "role_name",
    "way_name",
):
    register.filter(name, getattr(words, name))


@register.filter
def is_mapping(value: object) -> bool:
    """Whether held data has names inside."""
    return isinstance(value, Mapping)


@register.filter
def is_list(value: object) -> bool:
    """Whether held data is a list."""
    return isinstance(value, list | tuple)
