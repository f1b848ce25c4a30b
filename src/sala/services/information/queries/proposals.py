"""What was asked before, by its words."""

from sala.commons.matters import queries as matters
from sala.services.information.models import Request
from sala.services.information.queries.law import KIND

MOST_LIKE = 5


def list_like(text: str) -> list[tuple[matters.Matter, bool]]:
    """Public requests whose words are like these, and whether each was answered: those first. The search finds them."""
    wanted = matters.Filter(kind=KIND)
    found = list(matters.search_matters(" ".join(text.split()[:12]), wanted, size=MOST_LIKE).matters)
    answered = set(
        Request.objects.filter(pk__in=[m.pk for m in found], answers__isnull=False).values_list(
            "pk", flat=True
        )
    )
    told = [(matter, matter.pk in answered) for matter in found]
    return sorted(told, key=lambda one: not one[1])
