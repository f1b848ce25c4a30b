"""Where staff work on complaints: the pages that an actor's roles open."""

from django.urls import reverse
from django.utils.translation import gettext as _

from sala.commons.moderation import queries as moderated
from sala.core.actors import Actor, Role
from sala.design.labels import counted
from sala.platform.registration import WorkPlace
from sala.services.complaints import permissions
from sala.services.complaints.models import Complaint
from sala.services.complaints.queries import moderation, overview


def places(actor: Actor) -> list[WorkPlace]:
    """The pages; a label tells how many wait there, if somebody must look at each."""
    if not actor.grants:
        return []
    moderates, takes_in = actor.holds(Role.MODERATOR), permissions.may_take_in(actor)
    every = []
    if takes_in:
        every.append(_daily("intake", _("Take a complaint"), Role.OPERATOR))
    if permissions.may_oversee(actor):
        every.append(_place("overview", counted(_("Complaints told up"), overview.count_alarms(actor))))
    if moderates:
        aside = counted(_("Set aside"), moderated.count_set_aside(actor, Complaint.objects.all()))
        every.append(_daily("quarantined", aside, Role.MODERATOR))
    if takes_in:
        every.append(_place("track", _("A caller asks")))
    if actor.holds_any(permissions.OVERSEERS):
        every.append(_place("templates", _("Words kept ready")))
    if moderates:
        every += _of_moderators(actor)
    return every


def _of_moderators(actor: Actor) -> list[WorkPlace]:
    """What only moderators have, besides what was set aside."""
    appeals = moderated.count_appeals(actor, "complaint", Complaint.objects.all())
    covered = moderated.count_covered(actor, moderation.filed_here())
    return [
        _place("moderation_appeals", counted(_("Appeals against moderators"), appeals)),
        _place("pictures", counted(_("Pictures to look at"), moderation.count_waiting_files(actor))),
        _place("covered", counted(_("Covered words"), covered)),
    ]


def _place(name: str, label: str) -> WorkPlace:
    return WorkPlace(label, reverse(f"complaints:{name}"))


def _daily(name: str, label: str, *roles: Role) -> WorkPlace:
    return WorkPlace(label, reverse(f"complaints:{name}"), frozenset(roles), is_daily=True)
