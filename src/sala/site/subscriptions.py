"""Who listens to what: read from top to bottom, this is everything that happens because of something else.

What a box tells of itself stands in its own `registration.py`; here it is handed to the boxes that ask for it.
"""

from django.urls import reverse
from django.utils.translation import get_language

from sala.commons.agencies import queries as agencies
from sala.commons.agencies import slots as agency_slots
from sala.commons.agencies.events import HolidaysImported
from sala.commons.correspondence import outbox
from sala.commons.deadlines import actions as deadline_actions
from sala.commons.identity import actions as identity_actions
from sala.commons.identity import slots as identity
from sala.commons.imports import slots as imports
from sala.commons.ledger import slots as ledger
from sala.commons.ledger.subscriptions import OF_MATTERS, listen
from sala.commons.matters import actions as matter_actions
from sala.commons.matters import queries as matter_queries
from sala.commons.matters import slots as matters
from sala.commons.participation.queries import PROOF as SIGNATURE
from sala.commons.places import queries as places
from sala.commons.tables import slots as tables
from sala.core.actors import Actor
from sala.design import slots as design
from sala.platform import limits
from sala.platform.registration import Link, in_order
from sala.site import boxes, navigation, refusals, staff


def agency_name(code: str) -> str:
    """An agency's name in the reader's language; its code if it is gone."""
    agency = agencies.find_agency(code)
    return agency.name(get_language() or "th") if agency else code


def area_name(code: str) -> str:
    """An area's name with those around it, in the reader's language; its code if it is gone."""
    path = places.area_path(code)
    return path.label(get_language() or "th") if path else code


def topics_of_words(asked: str) -> list[str]:
    """Codes of the topics whose name holds the words, or is held by them."""
    language, words = get_language() or "th", asked.lower()
    named = [topic for kind in boxes.every_kind() for topic in kind.topics(language)]
    return (
        [code for code, name in named if words in name.lower() or name.lower() in words]
        if len(words) > 2
        else []
    )


def topic_name(code: str) -> str:
    """A topic's name in the reader's language, of whichever service knows it; its code if none does."""
    for _, name_of in boxes.found_at(lambda box: box.topic_name):
        if (name := name_of(code)) != code:
            return str(name)
    return code


def work_of(actor: Actor) -> list[Link]:
    """Where staff work, services first: (label, address) of each page that an actor's roles open."""
    if not actor.grants:
        return []
    # What all services share stands before what each has, and the newest box of these first: it stands highest.
    services_last = sorted(
        ((box, places) for box, places in boxes.found_at(lambda box: box.work_places)),
        key=lambda told: told[0].package.startswith("sala.services."),
    )
    found = [place for _, places in services_last for place in places(actor)]
    roles = {grant.role for grant in actor.grants}
    return [(place.label, place.address) for place in in_order(found, roles)]


def _services_first(point: str) -> list:  # type: ignore[type-arg]  # as many types as there are points
    """What boxes tell at a point: the services in their own order, since the first is where a day begins."""
    boxes_known = boxes.every_box()
    services = [box for box in boxes_known if box.package.startswith("sala.services.")]
    others = [box for box in reversed(boxes_known) if box not in services]
    return [found for box in (*services, *others) if (found := getattr(box, point))]


def connect() -> None:
    """Fill the slots of the lower boxes. Called once, when the site starts."""
    # The frame of every page leads to every door, and forms say an action's refusals in words.
    design.doors, design.refusal_words = navigation.ways_in, refusals.every_word()
    design.staff_bar = staff.staff_bar

    # Rate limits of all processes are counted together in a table of identity.
    limits.share_room = identity_actions.share_room

    # Letters leave by the outbox, after the commit.
    identity.post = matters.post = outbox.post

    # A person's roles are kept by agencies; identity asks for them at every signed-in request.
    identity.grants_of = agencies.grants_of
    identity.agency_name = agency_name

    # The pages of bodies and areas name topics and show figures of the services.
    agency_slots.topic_name = topic_name
    agency_slots.topics_of_words = topics_of_words
    agency_slots.figures[:] = _services_first("figures_of")

    # An office that a matter names stays, whatever import made it.
    agency_slots.uses[:] = [matter_queries.is_named]

    _connect_identity()

    # Every public table can be had as a page and as files.
    for box in boxes.every_box():
        tables.tables.update({table.name: table for table in box.tables})
        imports.importers.update({importer.name: importer for importer in box.imports})

    # The ledger's pages describe facts of every box in words; the spine shows matters of every kind.
    ledger.agency_name = agency_name
    ledger.area_name = area_name
    ledger.matter_address = lambda reference: reverse("matters:short", args=[reference])
    ledger.event_words.update(boxes.merged(lambda box: box.event_words))
    for kind in boxes.every_kind():
        ledger.describe_entry[kind.code] = kind.describe_entry
        matters.kinds[kind.code] = kind


def _connect_identity() -> None:
    # Whoever signs where citizens are told apart proves their number first, once for all collections.
    identity.step_ups[SIGNATURE] = identity.StepUp(
        SIGNATURE, least_level=2, needs_pid=True, is_for_citizens=True
    )
    # Staff find the pages where they work, on their own page and above each of them.
    identity.work_of = work_of
    for box in boxes.every_box():
        for purpose, words in box.purposes:
            identity.purposes[purpose.code] = purpose
            identity.purpose_words[purpose.code] = words
    identity.consents_asked.update(boxes.merged(lambda box: box.consents))

    # What each box holds of a person: shown on their own pages, taken along, erased.
    held = [piece for pieces in _services_first("held") for piece in pieces]
    identity.own_lists[:] = [(piece.name, piece.list_own) for piece in held if piece.list_own]
    identity.on_export[:] = [(piece.code, piece.export) for piece in held if piece.export]
    identity.on_erase[:] = [(piece.code, piece.erase) for piece in held if piece.erase]
    identity.held_names.update({piece.code: piece.name for piece in held})
    identity.held_names.update(boxes.merged(lambda box: box.held_names))
    identity.held_codes.update(boxes.merged(lambda box: box.held_codes))


def listen_all() -> None:
    """Have every listener hear its entries. Called once, after `connect`."""
    # After each entry of a matter: it is found by its present words, and its followers have a notice.
    listen(OF_MATTERS, "matters.index", matter_actions.index_matters)
    listen(OF_MATTERS, "matters.notices", matter_actions.note_entries)

    # Dates that run are counted again when a holiday was declared.
    listen(HolidaysImported.kind, "deadlines.calendars", deadline_actions.hear_calendars)

    # Whoever watches over an office has a notice of what is late there, was sent around, or waits for a decision.
    listen(OF_MATTERS, "matters.duties", matter_actions.note_duties)
