"""Who listens to what: read from top to bottom, this is everything that happens because of something else."""

from django.urls import reverse
from django.utils.translation import get_language

from sala.commons.agencies import queries as agencies
from sala.commons.identity import slots as identity
from sala.commons.matters import slots as matters
from sala.services.complaints import words as complaints


def agency_name(code: str) -> str:
    """An agency's name in the reader's language; its code if it is gone."""
    agency = agencies.find_agency(code)
    return agency.name(get_language() or "th") if agency else code


def connect() -> None:
    """Fill the slots of the lower boxes. Called once, when the site starts."""
    # A person's roles are kept by agencies; identity asks for them at every signed-in request.
    identity.grants_of = agencies.grants_of
    identity.agency_name = agency_name

    # The spine shows matters of every kind; each service tells its own in words.
    matters.page_of["complaint"] = lambda reference: reverse("complaints:complaint", args=[reference])
    matters.tellers["complaint"] = complaints.tell
    matters.stages["complaint"] = complaints.stage
