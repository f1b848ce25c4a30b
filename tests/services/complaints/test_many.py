"""Lists of an office with very many complaints: counts stop at a bound and say so, the search finds what it says."""

import pytest
from django.utils.translation import override
from tests.services.complaints.factories import filed_reference
from tests.small_state import NOW, staff

from sala.commons.ledger import sequencer, subscriptions
from sala.commons.moderation.queries import count_covered
from sala.commons.worklist import queries as inbox
from sala.core.actors import Role
from sala.design import labels
from sala.platform import counts as counting
from sala.services.complaints import places
from sala.services.complaints.queries import moderation
from sala.services.complaints.rules import Privacy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("state"), pytest.mark.req("CMP-P1")]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two are many here."""
    monkeypatch.setattr(counting, "MANY", 2)
    monkeypatch.setattr("sala.commons.worklist.queries.counts.MANY", 2)
    monkeypatch.setattr(labels, "MANY", 2)


@pytest.mark.usefixtures("few")
def test_an_inbox_counts_up_to_a_bound_and_says_so() -> None:
    officer = staff("kk-muni")
    for number in range(2):
        filed_reference(f"ไฟดับต้นที่ {number}")
    found = inbox.get_inbox("complaint", officer, "kk-muni", inbox.Wanted(view="open"), now=NOW)
    assert (found.counts["open"], found.is_many) == (2, False)
    for number in range(3):
        filed_reference(f"ไฟดับอีกต้นที่ {number}")
    found = inbox.get_inbox("complaint", officer, "kk-muni", inbox.Wanted(view="open"), now=NOW)
    assert found.is_many
    assert found.counts["open"] <= 3
    assert len(found.rows) == 5


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(("language", "words"), [("th", "มากกว่า 2"), ("en", "more than 2")])
def test_both_languages_say_more_than(language: str, words: str) -> None:
    for number in range(4):
        filed_reference(f"ไฟดับต้นที่ {number} โทร 081-234-567{number}")
    moderator = staff("kk-muni", Role.MODERATOR)
    assert count_covered(moderator, moderation.filed_here()) == 3
    with override(language):
        labels = [place.label for place in places.places(moderator)]
    assert any(words in label for label in labels)


def test_an_officer_finds_by_letters_by_public_words_and_by_whole_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sala.commons.worklist.queries.lists.NEWEST", 1)
    officer = staff("kk-muni")
    old = filed_reference("หลอดไฟหน้าศาลเจ้าแม่กวนอิมแตก")
    filed_reference("เรื่องอื่น")

    def found(text: str) -> list[str]:
        page = inbox.get_inbox("complaint", officer, "kk-muni", inbox.Wanted(q=text), now=NOW)
        return [row.matter.reference for row in page.rows]

    assert found("กวนอิม") == [old]
    assert found(old.lower().replace("-", " ")) == [old]
    assert found("ไม่มีคำนี้เลย") == []


@pytest.mark.django_db(transaction=True)
def test_where_words_fill_a_page_what_is_not_public_is_still_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sala.commons.worklist.queries.lists.PAGE", 2)
    officer = staff("kk-muni")
    hidden = filed_reference("ไฟดับหน้าบ้านผม", privacy=Privacy.AGENCY_ONLY)
    public = [filed_reference(f"ไฟดับต้นที่ {number}") for number in range(4)]
    sequencer.sequence_now()
    subscriptions.catch_up()

    def found(text: str) -> set[str]:
        pages = [
            inbox.get_inbox("complaint", officer, "kk-muni", inbox.Wanted(q=text, page=n), now=NOW)
            for n in (1, 2, 3)
        ]
        return {row.matter.reference for page in pages for row in page.rows}

    assert found("ไฟดับ") == {hidden, *public}
    assert found("ดับหน้าบ้าน") == {hidden}
    assert found("ต้นที่ 3") == {public[3]}
