"""What moderators of requests have to do."""

from django.db.models import QuerySet

from sala.commons.moderation import queries as moderated
from sala.core.actors import Actor
from sala.services.information.models import Request
from sala.services.information.queries.law import KIND


def every() -> QuerySet[Request]:
    """The requests that moderators look through: all of them were made here."""
    return Request.objects.all()


def counts(actor: Actor) -> tuple[int, int, int]:
    """How many wait for this actor: set aside, covered, appeals against moderators. Four queries."""
    rows = every()
    return (
        moderated.count_set_aside(actor, rows),
        moderated.count_covered(actor, rows),
        moderated.count_appeals(actor, KIND, rows),
    )
