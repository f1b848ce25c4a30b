"""Where staff work: the pages that an actor's roles open, in the order of a day."""

from django.urls import reverse
from django.utils.translation import gettext as _

from sala.commons.identity import queries as identity
from sala.core.actors import Actor, Role
from sala.services.complaints import permissions
from sala.services.complaints.queries import moderation, overview
from sala.services.complaints.queries.counting import MANY


def places(actor: Actor) -> list[tuple[str, str]]:
    """(label, address) of each page; a label tells how many wait there, if somebody must look at each."""
    if not actor.grants:
        return []
    moderates, oversees = actor.holds(Role.MODERATOR), permissions.may_oversee(actor)
    takes_in = permissions.may_take_in(actor)
    every = [
        ("complaints:work", _("My work"), actor.holds_any(permissions.READERS)),
        ("complaints:intake", _("Take a complaint"), takes_in),
        ("complaints:track", _("A caller asks"), takes_in),
        ("complaints:overview", _counted(_("Overview"), overview.count_alarms(actor)), oversees),
        ("complaints:templates", _("Words kept ready"), actor.holds_any(permissions.OVERSEERS)),
        ("complaints:quarantined", _counted(_("Set aside"), moderation.count_quarantined(actor)), moderates),
        ("complaints:covered", _counted(_("Covered words"), moderation.count_covered(actor)), moderates),
        (
            "identity:questions",
            _counted(_("Questions about looks"), identity.count_open_questions(actor)),
            identity.answers_questions(actor),
        ),
        ("agencies:people", _("People and roles"), actor.holds(Role.ADMINISTRATOR)),
    ]
    return [(label, reverse(name)) for name, label, is_open in every if is_open]


def _counted(label: str, waiting: int) -> str:
    if waiting > MANY:
        return _("%(label)s (more than %(many)s)") % {"label": label, "many": f"{MANY:,}"}
    return f"{label} ({waiting})" if waiting else label
