"""Where those work who oversee offices; each role's day begins on its own page."""

from django.urls import reverse
from django.utils.translation import gettext as _

from sala.commons.oversight import permissions
from sala.core.actors import Actor, Role
from sala.platform.registration import WorkPlace


def places(actor: Actor) -> list[WorkPlace]:
    """The pages that an actor's roles open."""
    found = []
    if permissions.may_supervise(actor):
        begins = frozenset({Role.SUPERVISOR})
        found.append(WorkPlace(_("Team"), reverse("oversight:supervisor"), begins, is_daily=True))
    if permissions.may_oversee(actor):
        begins = frozenset({Role.EXECUTIVE})
        found.append(WorkPlace(_("How offices do"), reverse("oversight:executive"), begins, is_daily=True))
    if permissions.may_audit(actor):
        begins = frozenset({Role.AUDITOR})
        found.append(WorkPlace(_("Audit"), reverse("oversight:auditor"), begins, is_daily=True))
    return found
