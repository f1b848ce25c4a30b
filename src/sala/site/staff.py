"""The head of staff pages: which office, which pages of work, who is signed in; filled from what boxes tell."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sala.commons.agencies import queries as agencies
from sala.commons.identity import queries as people
from sala.commons.identity import slots as identity
from sala.commons.identity import words as identity_words
from sala.core.actors import Actor
from sala.design.slots import StaffBar


def staff_bar(request: HttpRequest) -> StaffBar:
    """The head for whoever asks. One query for the name, and those by which pages of work count what waits."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by KnowActor
    offices = [(_agency_name(code), f"{reverse('worklist:home')}?agency={code}") for code in actor.agencies]
    asked = request.GET.get("agency", "")
    office = asked if asked in actor.agencies else next(iter(actor.agencies), "")
    names = people.display_names([actor.person_id]) if actor.person_id else {}
    roles = dict.fromkeys(grant.role for grant in actor.grants if grant.agency == office)
    return StaffBar(
        home=reverse("worklist:home"),
        office=_agency_name(office),
        offices=offices,
        links=[(label, url, request.path == url) for label, url in identity.work_of(actor)],
        name=names.get(actor.person_id or 0, _("Signed in")),
        role=" · ".join(identity_words.role_name(role) for role in roles),
        own=reverse("identity:me"),
    )


def _agency_name(code: str) -> str:
    agency = agencies.find_agency(code)
    return agency.name(get_language() or "th") if agency else code
