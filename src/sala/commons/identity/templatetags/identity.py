"""Names of roles, purposes, ways of signing in and held data, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sala.commons.identity import openid, slots, words
from sala.commons.identity.actions import repeats

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


@register.inclusion_tag("identity/work_nav.html", takes_context=True)
def work_nav(context: Mapping[str, Any]) -> dict[str, object]:
    """The places where this person works, the one we are in marked; nothing for those who work nowhere."""
    request = context["request"]
    return {"links": [(url, label, request.path == url) for label, url in slots.work_of(request.actor)]}


@register.inclusion_tag("identity/ways_to_prove.html")
def ways_to_prove(purpose: str, following: str) -> dict[str, object]:
    """Links to the providers that prove more of a person for a purpose (`slots.step_ups`) and lead on afterwards."""
    return {"providers": openid.list_providers(), "purpose": purpose, "following": following}


@register.simple_tag
def form_key() -> SafeString:
    """A hidden value that differs each time a form is shown: sent twice, the form acts once (identity.repeats)."""
    return format_html('<input type="hidden" name="{}" value="{}">', repeats.FORM_KEY, repeats.new_form_key())


@register.filter
def is_mapping(value: object) -> bool:
    """Whether held data has names inside."""
    return isinstance(value, Mapping)


@register.filter
def is_list(value: object) -> bool:
    """Whether held data is a list."""
    return isinstance(value, list | tuple)
