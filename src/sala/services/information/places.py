"""Where staff work on requests: the pages that an actor's roles open."""

from django.urls import reverse
from django.utils.translation import gettext as _

from sala.core import clock
from sala.core.actors import Actor, Role
from sala.design.labels import counted
from sala.platform.registration import WorkPlace
from sala.services.information import permissions
from sala.services.information.queries import law, moderation, work


def places(actor: Actor) -> list[WorkPlace]:
    """The pages; the Board's tells how many complaints and appeals run."""
    if not actor.grants:
        return []
    moderates = actor.holds(Role.MODERATOR)
    found = []
    if permissions.may_take_in(actor):
        found.append(WorkPlace(_("Take a request"), reverse("information:intake"), is_daily=True))
    if moderates:
        waiting = counted(_("Requests to moderate"), sum(moderation.counts(actor)))
        found.append(
            WorkPlace(waiting, reverse("information:set_aside"), frozenset({Role.MODERATOR}), is_daily=True)
        )
    elif actor.holds(Role.EXECUTIVE):  # a moderator's own page leads there
        waiting = counted(_("Appeals about requests"), moderation.counts(actor)[2])
        found.append(WorkPlace(waiting, reverse("information:moderation_appeals")))
    if work.is_board(actor, law.day_of(clock.now())):
        label = counted(_("The Board's list"), len(work.list_at_board()))
        found.append(WorkPlace(label, reverse("information:board"), is_daily=True))
    return found
