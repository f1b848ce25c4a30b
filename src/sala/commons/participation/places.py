"""Where staff work on conversations."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from sala.commons.participation import permissions
from sala.core.actors import Actor
from sala.platform.registration import WorkPlace


def places(actor: Actor) -> Sequence[WorkPlace]:
    """The list of an office's conversations."""
    if not permissions.works_somewhere(actor):
        return ()
    return (WorkPlace(_("Conversations"), reverse("opinions:work")),)
