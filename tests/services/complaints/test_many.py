"""Lists of an office with very many complaints: counts stop at a bound and say so, the search finds what it says."""

import pytest
from django.utils.translation import override
from tests.small_state import NOW, staff

from sala.commons.ledger import sequencer, subscriptions
from sala.core.actors import ANONYMOUS, Role
from sala.services.complaints import actions, places
from sala.services.complaints.actions import Filing
from sala.services.complaints.queries import counting, inbox, moderation
from sala.services.complaints.rules import Privacy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("state"), pytest.mark.req("CMP-P")]


def file(text: str, privacy: Privacy = Privacy.PUBLIC) -> str:
    filing = Filing(text=text, topic="street_light", area="400101", privacy=privacy)
    return actions.file_complaint(actor=ANONYMOUS, now=NOW, filing=filing).reference


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two are many here."""
    monkeypatch.setattr(counting, "MANY", 2)
    monkeypatch.setattr(inbox, "MANY", 2)
    monkeypatch.setattr(places, "MANY", 2)


@pytest.mark.usefixtures("few")
def test_an_inbox_counts_up_to_a_bound_and_says_so() -> None:
    officer = staff("kk-muni")
    for number in range(2):
        file(f"ไฟดับต้นที่ {number}")
    found = inbox.get_inbox(officer, "kk-muni", inbox.Wanted(view="open"), now=NOW)
    assert (found.counts["open"], found.is_many) == (2, False)
    for number in range(3):
        file(f"ไฟดับอีกต้นที่ {number}")
    found = inbox.get_inbox(officer, "kk-muni", inbox.Wanted(view="open"), now=NOW)
    assert found.is_many
    assert found.counts["open"] <= 3
    assert len(found.rows) == 5


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(("language", "words"), [("th", "มากกว่า 2"), ("en", "more than 2")])
def test_both_languages_say_more_than(language: str, words: str) -> None:
    for number in range(4):
        file(f"ไฟดับต้นที่ {number} โทร 081-234-567{number}")
    moderator = staff("kk-muni", Role.MODERATOR)
    assert moderation.count_covered(moderator) == 3
    with override(language):
        labels = [label for label, _ in places.places(moderator)]
    assert any(words in label for label in labels)


def test_an_officer_finds_by_letters_by_public_words_and_by_whole_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(inbox, "NEWEST", 1)
    officer = staff("kk-muni")
    old = file("หลอดไฟหน้าศาลเจ้าแม่กวนอิมแตก")
    file("เรื่องอื่น")

    def found(text: str) -> list[str]:
        page = inbox.get_inbox(officer, "kk-muni", inbox.Wanted(q=text), now=NOW)
        return [row.complaint.matter.reference for row in page.rows]

    assert found("กวนอิม") == [old]
    assert found(old.lower().replace("-", " ")) == [old]
    assert found("ไม่มีคำนี้เลย") == []


@pytest.mark.django_db(transaction=True)
def test_where_words_fill_a_page_what_is_not_public_is_still_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "PAGE", 2)
    officer = staff("kk-muni")
    hidden = file("ไฟดับหน้าบ้านผม", privacy=Privacy.AGENCY_ONLY)
    public = [file(f"ไฟดับต้นที่ {number}") for number in range(4)]
    sequencer.sequence_now()
    subscriptions.catch_up()

    def found(text: str) -> set[str]:
        pages = [
            inbox.get_inbox(officer, "kk-muni", inbox.Wanted(q=text, page=n), now=NOW) for n in (1, 2, 3)
        ]
        return {row.complaint.matter.reference for page in pages for row in page.rows}

    assert found("ไฟดับ") == {hidden, *public}
    assert found("ดับหน้าบ้าน") == {hidden}
    assert found("ต้นที่ 3") == {public[3]}
