"""The conversation of the demonstration: three ways of thinking, made within seconds by the actions people use."""

import pytest
from tests.commons.participation.conversations import matter, officer_of
from tests.small_state import NOW

from sala.commons.matters import queries as matters
from sala.commons.participation import demonstration, queries
from sala.commons.participation.models import Conversation, Vote


class Officers:
    """The cast, of whom only the officer of an office is asked."""

    def __init__(self, reference: str) -> None:
        self._officer = officer_of(reference)

    def officer(self, agency: str) -> object:
        """Somebody of the only office there is."""
        return self._officer


@pytest.mark.usefixtures("state")
@pytest.mark.req("LAW-2.2")
def test_the_invented_crowd_falls_into_its_three_groups_and_shares_what_it_shares(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reference = matter()
    found = matters.find_matter(reference)
    assert found is not None
    monkeypatch.setattr(demonstration, "OFFICE", found.agency)
    demonstration._talk(Officers(reference), found.opened_at, NOW)  # type: ignore[arg-type]  # the cast's one method
    drawn = queries.find_map(Conversation.objects.get())
    assert drawn is not None
    assert drawn.people == sum(demonstration.CAMPS.values())
    assert Vote.objects.count() == drawn.opinions
    sizes = sorted(group["size"] for group in drawn.document["groups"])
    assert len(sizes) == 3
    assert all(
        abs(one - camp) < 12 for one, camp in zip(sizes, sorted(demonstration.CAMPS.values()), strict=True)
    )
