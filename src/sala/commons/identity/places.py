"""Where staff answer for looks at personal data."""

from django.urls import reverse
from django.utils.translation import gettext as _

from sala.commons.identity import queries
from sala.core.actors import Actor
from sala.design.labels import counted
from sala.platform.registration import WorkPlace


def places(actor: Actor) -> list[WorkPlace]:
    """The page of people's questions, for those who answer some, with how many wait."""
    if not queries.answers_questions(actor):
        return []
    label = counted(_("Questions about looks"), queries.count_open_questions(actor))
    return [WorkPlace(label, reverse("identity:questions"))]
