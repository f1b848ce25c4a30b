"""Where an office works: its one list."""

from django.urls import reverse
from django.utils.translation import gettext as _

from sala.commons.worklist import permissions
from sala.core.actors import Actor, Role
from sala.platform.registration import WorkPlace

_BEGINS = frozenset({Role.OFFICER})


def places(actor: Actor) -> list[WorkPlace]:
    """The list, for everyone who reads matters of some office."""
    if not permissions.has_desk(actor):
        return []
    return [WorkPlace(_("My work"), reverse("worklist:inbox"), _BEGINS, is_daily=True)]
