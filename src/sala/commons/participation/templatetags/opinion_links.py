"""The link from a matter's page to its conversation."""

from django import template

from sala.commons.participation import queries
from sala.core import clock

register = template.Library()


@register.inclusion_tag("participation/opinions/link.html")
def opinion_link(matter: int, reference: str) -> dict[str, object]:
    """A notice that leads to the conversation of a matter (its key and reference); nothing where it has none.

    One query. What it leads to is only there while the matter is public, so give it on public pages.
    """
    found = queries.find_conversation(matter)
    now = clock.now()
    is_over = found is not None and found.closes_at is not None and found.closes_at <= now
    return {"conversation": found, "reference": reference, "is_over": is_over}
