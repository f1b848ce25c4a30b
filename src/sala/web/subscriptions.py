"""Who listens to what: read from top to bottom, this is everything that happens because of something else."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sala.commons.agencies import queries as agencies
from sala.commons.agencies import slots as agency_slots
from sala.commons.agencies import words as bodies
from sala.commons.identity import slots as identity
from sala.commons.identity.slots import OwnThing
from sala.commons.ledger import slots as ledger
from sala.commons.ledger.subscriptions import listen
from sala.commons.matters import actions as matter_actions
from sala.commons.matters import queries as matter_queries
from sala.commons.matters import slots as matters
from sala.services.complaints import queries as complaint_queries
from sala.services.complaints import words as complaints
from sala.services.complaints.actions.erasure import erase_person as erase_complaints
from sala.services.complaints.places import places as work_places
from sala.services.complaints.queries import appeals as complaint_appeals
from sala.services.complaints.queries import own as own_complaints
from sala.services.complaints.queries import watch as complaint_watch
from sala.web import fact_words


def agency_name(code: str) -> str:
    """An agency's name in the reader's language; its code if it is gone."""
    agency = agencies.find_agency(code)
    return agency.name(get_language() or "th") if agency else code


def area_name(code: str) -> str:
    """An area's name with those around it, in the reader's language; its code if it is gone."""
    path = agencies.area_path(code)
    return path.label(get_language() or "th") if path else code


def filed(person_id: int) -> list[OwnThing]:
    """The complaints a person filed, and what they are asked."""
    return [
        OwnThing(
            c.matter.title or c.matter.reference,
            reverse("complaints:own", args=[c.matter.reference]),
            c.matter.reference,
            *complaints.own_status(c),
        )
        for c in own_complaints.list_filed(person_id)
    ]


def followed(person_id: int) -> list[OwnThing]:
    """The matters of others that a person follows, and how they stand."""
    own = {c.matter.reference for c in own_complaints.list_filed(person_id)}
    return [
        OwnThing(m.title, matters.page_of[m.kind](m.reference), m.reference, *matters.stages[m.kind](m.stage))
        for m in matter_queries.list_followed(person_id)
        if m.kind in matters.page_of and m.reference not in own
    ]


def roles(person_id: int) -> list[OwnThing]:
    """Every role a person was given."""
    return [OwnThing(*told) for told in bodies.list_own_roles(person_id)]


def followed_references(person_id: int) -> list[str]:
    """The references of the matters a person follows."""
    return [m.reference for m in matter_queries.list_followed(person_id)]


def connect() -> None:
    """Fill the slots of the lower boxes. Called once, when the site starts."""
    # A person's roles are kept by agencies; identity asks for them at every signed-in request.
    identity.grants_of = agencies.grants_of
    identity.agency_name = agency_name

    # The pages of bodies and areas name topics and show figures of the services.
    agency_slots.topic_name = complaints.topic_name
    agency_slots.figures[:] = [complaints.figures_of]

    # The ledger's pages tell facts of every box in words.
    ledger.agency_name = agency_name
    ledger.area_name = area_name
    ledger.matter_address = lambda reference: reverse("matters:short", args=[reference])
    ledger.kinds.update(fact_words.KINDS)
    ledger.tellers["complaint"] = complaints.tell

    # What people may agree to, where a law or a public task is not the basis.
    identity.consents_asked["agreed_research"] = identity.ConsentAsked(
        wording="2026-1",
        name=_("Research into how the state answers"),
        text=_(
            "Researchers working with an agency may read what you wrote in your complaints, word for word. They"
            " may not pass it on or contact you. You see each time they look, and may take this back at any time."
        ),
    )

    # Staff find the pages where they work, on their own page and above each of them.
    identity.work_of = work_places

    # What each box holds of a person: shown on their own pages, taken along, erased.
    identity.own_lists[:] = [
        (_("Complaints you filed"), filed),
        (_("Matters you follow"), followed),
        (_("Roles you were given"), roles),
    ]
    identity.on_export[:] = [
        ("complaints", own_complaints.export_filed),
        ("followed_matters", followed_references),
        ("roles", bodies.export_own_roles),
    ]
    identity.held_words.update(status=lambda code: complaints.stage(code)[0], privacy=complaints.privacy)
    identity.on_erase[:] = [("complaints", erase_complaints), ("matters", matter_actions.forget_follower)]

    # The spine shows matters of every kind; each service tells its own in words.
    matters.page_of["complaint"] = lambda reference: reverse("complaints:complaint", args=[reference])
    matters.tellers["complaint"] = complaints.tell
    matters.stages["complaint"] = complaints.stage
    matters.stage_names["complaint"] = complaints.stages
    matters.topics["complaint"] = complaint_queries.topic_names
    matters.texts["complaint"] = complaint_queries.search_parts
    matters.matters_named["complaint"] = complaint_queries.matters_named
    matters.told_by_duty["complaint.escalated"] = complaint_watch.told_of
    matters.own_page_of["complaint"] = own_complaints.own_page
    matters.told_by_duty["complaint.appealed"] = complaint_appeals.told_of
    matters.work_page_of["complaint"] = lambda reference: reverse("complaints:work_page", args=[reference])
    matters.silent.update(complaints.SILENT)

    _listen()


def _listen() -> None:
    # After each entry: the matter is found by its present words, and its followers have a notice.
    listen("*", "matters.index", matter_actions.index_matters)
    listen("*", "matters.notices", matter_actions.note_entries)

    # Whoever watches over an office has a notice of what is late there, was sent around, or waits for a decision.
    listen("complaint.escalated", "matters.duties", matter_actions.note_duties)
    listen("complaint.appealed", "matters.appeals", matter_actions.note_duties)
