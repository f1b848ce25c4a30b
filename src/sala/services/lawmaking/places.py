"""Where staff work on legal questions: the pages that an actor's roles open. The list is that of every kind."""

from django.urls import reverse
from django.utils.translation import gettext as _

from sala.core.actors import Actor
from sala.platform.registration import WorkPlace
from sala.services.lawmaking import permissions


def places(actor: Actor) -> list[WorkPlace]:
    """The page where a legal question is taken in for somebody."""
    found = []
    if permissions.may_take_in(actor):
        found.append(WorkPlace(_("Take a legal question"), reverse("questions:intake"), is_daily=True))
    if permissions.may_open_hearing(actor):
        found.append(WorkPlace(_("Hearings"), reverse("hearings:work")))
    return found
