"""Positions: gap-free, each entry once, in commit order, whoever writes, waits, rolls back or crashes."""

import random
import threading

import pytest
from django.db import connection, connections, transaction

from sala.commons.ledger import keys, queries, sequencer
from sala.commons.ledger.models import Entry, Head, Leaf
from sala.commons.ledger.sequencer import Inconsistent, Sequencer
from sala.engines import merkle
from sala.platform.connections import connect_directly

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.req("TRU-2")]


def marks(page_or_entries):
    entries = getattr(page_or_entries, "entries", page_or_entries)
    return [entry.content["content"]["mark"] for entry in entries]


def check_log():
    """Everything an outsider can check: positions, leaves, root, signature."""
    entries = queries.list_entries(limit=1000).entries
    assert [entry.position for entry in entries] == list(range(len(entries)))
    leaves = [merkle.leaf_hash(entry.body) for entry in entries]
    checkpoint = merkle.open_checkpoint(queries.get_checkpoint(), keys.log_key())
    assert (checkpoint.size, checkpoint.root) == (len(entries), merkle.root_over(leaves))
    for entry in entries:
        evidence = queries.get_evidence(entry.position)
        merkle.verify_inclusion(
            leaf=merkle.leaf_hash(entry.body),
            position=entry.position,
            size=evidence.size,
            proof=evidence.proof,
            root=checkpoint.root,
        )
    return entries


@pytest.fixture
def elected():
    """A sequencer in office."""
    with Sequencer() as candidate:
        assert candidate.elect()
        yield candidate


def drain(candidate):
    while candidate.step():
        pass


def test_entries_get_positions_in_the_order_they_were_recorded(ring, elected):
    for mark in range(5):
        ring(mark)
        elected.step()
    assert marks(check_log()) == [0, 1, 2, 3, 4]
    assert elected.step() == 0


def test_one_open_transaction_holds_nobody_up_and_comes_when_it_commits(ring, elected):
    with connect_directly("slow writer") as slow:
        slow.autocommit = False
        slow.execute(
            "INSERT INTO ledger_entry (kind, occurred_at, body) VALUES ('bell.rung', now(), %s)",
            [b'{"content":{"mark":100},"kind":"bell.rung"}'],
        )
        for mark in range(3):
            ring(mark)
            drain(elected)
        assert marks(queries.list_entries()) == [0, 1, 2]
        slow.commit()
    drain(elected)
    ring(3)
    drain(elected)
    assert marks(check_log()) == [0, 1, 2, 100, 3]


def test_what_was_rolled_back_never_gets_a_position(ring, elected):
    def fail():
        with transaction.atomic():
            insert_mark(7, random.Random(1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    ring(1)
    drain(elected)
    assert marks(check_log()) == [1]


def test_only_one_of_many_sequencers_is_elected_and_another_takes_over(ring):
    with Sequencer() as second:
        with Sequencer() as first:
            assert first.elect()
            assert not second.elect()
            ring(1)
            drain(first)
            ring(2)
            with pytest.raises(RuntimeError):
                second.step()
        assert second.elect()
        drain(second)
    assert marks(check_log()) == [1, 2]


def test_more_entries_than_one_chunk_are_taken_in_several(ring, elected, monkeypatch):
    monkeypatch.setattr(sequencer, "CHUNK", 3)
    for mark in range(8):
        ring(mark)
    assert [elected.step() for _ in range(4)] == [3, 3, 2, 0]
    assert marks(check_log()) == list(range(8))


def test_a_sequencer_that_dies_between_chunks_loses_and_repeats_nothing(ring, monkeypatch):
    monkeypatch.setattr(sequencer, "CHUNK", 3)
    with Sequencer() as first:
        first.elect()
        for mark in range(8):
            ring(mark)
        assert first.step() == 3
    ring(8)
    with Sequencer() as second:
        second.elect()
        drain(second)
    assert marks(check_log()) == list(range(9))


def test_nothing_is_signed_if_the_stored_tree_is_not_the_signed_one(ring, elected):
    ring(1)
    drain(elected)
    elected.__exit__()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_tile SET hashes = decode(repeat('00', 32), 'hex')")
    with Sequencer() as other, pytest.raises(Inconsistent):
        other.elect()


def test_a_second_process_that_ignores_the_office_is_stopped_by_the_head(ring, elected):
    ring(1)
    drain(elected)
    ring(2)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_head SET size = 7")
    with pytest.raises(Inconsistent):
        elected.step()
    assert Leaf.objects.count() == 1
    assert not elected.is_elected


def test_a_database_restored_on_another_server_goes_on_without_repeating(ring, elected):
    for mark in range(3):
        ring(mark)
    drain(elected)
    ring(3)
    elected.__exit__()
    Head.objects.update(cluster="another server")
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE ledger_entry SET txid = (txid::text::bigint + 1000000)::text::xid8")
    with Sequencer() as restored:
        restored.elect()
        drain(restored)
        ring(4)
        drain(restored)
    assert marks(check_log()) == [0, 1, 2, 3, 4]
    assert not Entry.objects.filter(txid__gt="1000000").exists()


def test_a_lost_connection_is_answered_by_a_new_sequencer(ring):
    stop = threading.Event()
    thread = threading.Thread(target=sequencer.run, args=(stop,), kwargs={"poll_seconds": 0.01})
    thread.start()
    try:
        ring(1)
        wait_until(lambda: queries.count_entries() == 1)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = 'sala sequencer' AND datname = current_database()"
            )
        ring(2)
        wait_until(lambda: queries.count_entries() == 2)
    finally:
        stop.set()
        thread.join(20)
    assert marks(check_log()) == [1, 2]


def write_marks(writer, count, kept):
    """Record marks in transactions of which about a third are undone; `kept` gets those that stayed."""
    chance = random.Random(writer)
    for mark in range(writer * count, (writer + 1) * count):
        try:
            with transaction.atomic():
                insert_mark(mark, chance)
                if chance.random() < 0.3:
                    raise ZeroDivisionError
            kept.append(mark)
        except ZeroDivisionError:
            pass
    connections.close_all()


def read_on(seen, after):
    """Read one page behind `after` into `seen`; returns the next cursor."""
    page = queries.list_entries(after=after, limit=7)
    seen.extend(page.entries)
    return page.next_after


def test_a_reader_never_misses_or_repeats_while_eight_write_and_roll_back():
    """The promise of the feed, under eight writers that commit, wait and roll back at random (seeded)."""
    count, kept, stop = 40, [[] for _ in range(8)], threading.Event()
    writers = [threading.Thread(target=write_marks, args=(n, count, kept[n])) for n in range(8)]
    following = threading.Thread(target=sequencer.run, args=(stop,), kwargs={"poll_seconds": 0.001})
    seen, after = [], -1
    for thread in (*writers, following):
        thread.start()
    try:
        while any(thread.is_alive() for thread in writers) or queries.count_waiting():
            after = read_on(seen, after)
    finally:
        stop.set()
        for thread in (*writers, following):
            thread.join(20)
    while after + 1 < queries.count_entries():
        after = read_on(seen, after)
    assert sorted(marks(seen)) == sorted(mark for writer in kept for mark in writer)
    assert [entry.position for entry in seen] == list(range(len(seen)))
    for writer, own in enumerate(kept):
        assert [mark for mark in marks(seen) if mark // count == writer] == own
    check_log()


def insert_mark(mark, chance):
    """An entry in a transaction that has begun its writing earlier, or later, by a random bit of work."""
    with connection.cursor() as cursor:
        if chance.random() < 0.5:
            cursor.execute("SELECT pg_current_xact_id(), pg_sleep(%s)", [chance.random() / 500])
        cursor.execute(
            "INSERT INTO ledger_entry (kind, occurred_at, body) VALUES ('bell.rung', now(), %s)",
            [b'{"content":{"mark":%d},"kind":"bell.rung"}' % mark],
        )
        if chance.random() < 0.5:
            cursor.execute("SELECT pg_sleep(%s)", [chance.random() / 500])


def wait_until(holds, tries=2000):
    """Poll the database until `holds`; fails after `tries` looks of a hundredth of a second."""
    waiting = threading.Event()
    for _ in range(tries):
        if holds():
            return
        waiting.wait(0.01)
    raise AssertionError("it did not happen")


def test_entries_can_be_sequenced_inside_a_test_or_an_import(ring):
    ring(1)
    ring(2)
    assert sequencer.sequence_now() == 2
    assert sequencer.sequence_now() == 0
    ring(3)
    with Sequencer() as running:
        running.elect()
        with pytest.raises(Inconsistent):
            sequencer.sequence_now()
        drain(running)
    assert marks(check_log()) == [1, 2, 3]


def test_an_entry_is_not_in_the_log_before_it_is_sequenced(ring):
    recorded = ring(1)
    assert queries.find_position(recorded.entry_id) is None
    assert queries.count_waiting() == 1
    sequencer.sequence_now()
    assert queries.find_position(recorded.entry_id) == 0
