"""Where tables are brought in."""

from django.urls import reverse
from django.utils.translation import gettext as _

from sala.commons.imports import permissions
from sala.core.actors import Actor
from sala.platform.registration import WorkPlace


def places(actor: Actor) -> list[WorkPlace]:
    """The page of imports, for whoever may bring tables in."""
    if not actor.grants or not permissions.may_import(actor):
        return []
    return [WorkPlace(_("Tables brought in"), reverse("imports:runs"))]
