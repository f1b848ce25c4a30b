"""The feed and the durable listeners: no entry is missed, none comes twice, and a failure stays put."""

import pytest

from sala.commons.ledger import queries, subscriptions
from sala.commons.ledger.models import Follower
from sala.commons.ledger.sequencer import sequence_now
from sala.core.errors import Invalid, NotFound

pytestmark = [pytest.mark.django_db, pytest.mark.req("TRU-2")]


@pytest.fixture
def listeners(monkeypatch):
    """No listener but those of the test."""
    monkeypatch.setattr(subscriptions, "_subscriptions", {})
    return subscriptions


@pytest.fixture
def recorded(ring, mend):
    """Ten entries: two kinds, two agencies, three matters."""
    for mark in range(10):
        record = mend if mark % 5 == 0 else ring
        record(mark, matter=f"C69-{mark % 3}", agency="BKK" if mark % 2 else "DOH", area="10")
    sequence_now()


def read_all(limit=3, **wanted):
    after, found = -1, []
    while after < 9:
        page = queries.list_entries(after=after, limit=limit, filters=queries.Filters(**wanted))
        found += [entry.position for entry in page.entries]
        after = page.next_after
    return found


@pytest.mark.parametrize(
    ("wanted", "positions"),
    [
        ({}, list(range(10))),
        ({"kind": "bell.mended"}, [0, 5]),
        ({"agency": "BKK"}, [1, 3, 5, 7, 9]),
        ({"matter": "C69-1"}, [1, 4, 7]),
        ({"matter": "C69-0", "agency": "BKK"}, [3, 9]),
        ({"area": "10", "kind": "bell.rung"}, [1, 2, 3, 4, 6, 7, 8, 9]),
        ({"area": "11"}, []),
    ],
)
@pytest.mark.parametrize("limit", [1, 3, 100])
def test_pages_of_every_filter_give_each_entry_once(recorded, wanted, positions, limit):
    assert read_all(limit, **wanted) == positions


def test_a_filter_that_finds_nothing_for_long_still_moves_on(recorded, monkeypatch):
    monkeypatch.setattr(queries, "WINDOW", 2)
    assert read_all(kind="bell.mended") == [0, 5]


def test_a_page_has_a_limit(recorded):
    for limit in (0, 1001):
        with pytest.raises(Invalid):
            queries.list_entries(limit=limit)


def test_filters_in_memory_admit_what_the_database_finds(recorded):
    every = queries.list_entries(limit=100).entries
    for wanted in (queries.Filters(agency="BKK"), queries.Filters(kind="bell.mended", matter="C69-0")):
        found = queries.list_entries(limit=100, filters=wanted).entries
        assert [entry for entry in every if wanted.admit(entry)] == list(found)


def test_what_is_not_there_is_not_found():
    for missing in (lambda: queries.get_entry(0), queries.get_checkpoint, lambda: queries.get_evidence(0)):
        with pytest.raises(NotFound):
            missing()


def positions_into(heard):
    """A listener that keeps the positions it hears of."""
    return lambda entries: heard.extend(entry.position for entry in entries)


def test_a_listener_hears_every_entry_of_its_kind_once(recorded, listeners):
    heard, all_heard = [], []
    listeners.listen("bell.mended", "count menders", positions_into(heard))
    listeners.listen("*", "count all", positions_into(all_heard))
    listeners.catch_up()
    assert (heard, all_heard) == ([0, 5], list(range(10)))
    assert listeners.follow_once() == 0


def test_a_listener_of_matters_passes_over_what_belongs_to_none(ring, listeners, monkeypatch):
    monkeypatch.setattr(queries, "WINDOW", 4)
    heard = []
    listeners.listen(listeners.OF_MATTERS, "of matters", positions_into(heard))
    for mark in range(12):
        ring(mark, matter="C69-1" if mark in (2, 9) else None)
    sequence_now()
    assert listeners.catch_up() == 12
    assert heard == [2, 9]


def test_what_comes_together_is_heard_together(recorded, listeners):
    heard = []
    listeners.listen("*", "all", heard.append)
    listeners.catch_up()
    assert [len(entries) for entries in heard] == [10]


def test_a_listener_goes_on_where_it_was(ring, listeners):
    heard = []
    listeners.listen("*", "all", positions_into(heard))
    for mark in range(3):
        ring(mark)
        sequence_now()
        assert listeners.follow_once() == 1
    assert heard == [0, 1, 2]


def test_a_listener_that_fails_has_heard_what_came_before_and_the_others_go_on(recorded, listeners, caplog):
    heard, broken = [], [True]

    def stumble(entries):
        for entry in entries:
            Follower.objects.create(name=f"effect of {entry.position}")
            if entry.position == 4 and broken:
                raise ZeroDivisionError

    listeners.listen("*", "a", stumble)
    listeners.listen("*", "b", positions_into(heard))
    for _ in range(2):
        caplog.clear()
        listeners.catch_up()
        assert heard == list(range(10))
        assert Follower.objects.get(name="a").position == 4
        assert Follower.objects.filter(name__startswith="effect").count() == 4
        assert "it will try the same entry again" in caplog.text
    broken.clear()
    listeners.catch_up()
    assert Follower.objects.filter(name__startswith="effect").count() == 10


def test_two_listeners_cannot_share_a_cursor(listeners):
    listeners.listen("*", "one", print)
    listeners.listen("*", "one", print)
    with pytest.raises(ValueError, match="two listeners"):
        listeners.listen("*", "one", repr)
