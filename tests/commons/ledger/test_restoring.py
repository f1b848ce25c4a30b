"""After a restore: no size is signed twice under one name, nobody gets another's number or position, and it is told."""

import random
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from sala.commons.ledger import keys, memory, queries, rules, sequencer
from sala.commons.ledger.actions import restoring
from sala.commons.ledger.actions.restoring import Evidence
from sala.commons.ledger.models import Head, Witness
from sala.core import clock
from sala.core.actors import ANONYMOUS, SYSTEM
from sala.core.errors import Refused
from sala.engines import merkle
from sala.platform.connections import connect_directly

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.req("TRU-2")]
TABLES = ("ledger_entry", "ledger_leaf", "ledger_tile", "ledger_head")


class Backup:
    """A copy of the ledger's tables and sequences as they are now, and the way back to it, as a restore is."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"DROP TABLE IF EXISTS kept_{id(self)}_{table}")
                cursor.execute(f"CREATE TABLE kept_{id(self)}_{table} AS TABLE {table}")
            cursor.execute("SELECT last_value, is_called FROM ledger_entry_id_seq")
            self.last, self.is_called = cursor.fetchone()
        self.at = clock.now()

    def bring_back(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            for table in TABLES:
                cursor.execute(f"DELETE FROM {table}")
                cursor.execute(f"INSERT INTO {table} SELECT * FROM kept_{id(self)}_{table}")
            cursor.execute("SET session_replication_role = DEFAULT")
            cursor.execute("SELECT setval('ledger_entry_id_seq', %s, %s)", [self.last, self.is_called])

    def drop(self) -> None:
        with connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"DROP TABLE kept_{id(self)}_{table}")


def newest() -> tuple[str, int, bytes]:
    """What anybody may have seen signed last: the log's name, its size, its root."""
    note = Head.objects.get().checkpoint
    signed = merkle.open_checkpoint(note, keys.log_key())
    return signed.origin, signed.size, signed.root


def remember(file: Path) -> None:
    """What the sequencer does every second."""
    with connect_directly("a test") as asking:
        memory.keep(file, sequencer.look_at_newest(asking))


@pytest.fixture
def remembered(settings, tmp_path: Path) -> Path:
    settings.LEDGER_MEMORY = str(tmp_path / "memory.json")
    return tmp_path / "memory.json"


def nothing_known(backup: Backup) -> Evidence:
    return Evidence(size=queries.count_entries(), note="", at=backup.at, numbers={})


def fence(backup: Backup, evidence: Evidence | None = None) -> restoring.Fenced:
    return restoring.fence_restore(
        actor=SYSTEM, now=clock.now(), backup_at=backup.at, evidence=evidence or nothing_known(backup)
    )


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_restored_in_whatever_order_no_log_ever_signs_two_trees_of_one_size(
    ring, seed, remembered
):
    draw = random.Random(seed)
    signed: dict[tuple[str, int], bytes] = {}
    ids: set[int] = set()
    backups: list[Backup] = []
    for _ in range(14):
        act = draw.choice(["record", "record", "record", "backup", "restore"])
        if act == "record":
            for _ in range(draw.randint(1, 5)):
                recorded = ring(draw.randint(0, 1000))
                assert recorded.entry_id not in ids, "a number was given out twice"
                ids.add(recorded.entry_id)
            sequencer.sequence_now()
            remember(remembered)
        elif act == "backup":
            backups.append(Backup())
        elif backups:
            chosen = draw.choice(backups)
            chosen.bring_back()
            known = memory.recall_together(remembered, settings.LEDGER_ORIGIN)
            at = max(chosen.at, known.at or chosen.at)
            fence(chosen, Evidence(size=known.size, note="", at=at, numbers=known.numbers))
            remember(remembered)
        if queries.count_entries():
            origin, size, root = newest()
            assert signed.setdefault((origin, size), root) == root, "two trees of one size"
            assert sequencer.recompute(lambda *_: None) == size
    for backup in backups:
        backup.drop()
    sizes = [size for _, size in signed]
    assert len(sizes) == len(set(sizes)), "no position was given to two entries, under whatever name"


def test_positions_and_numbers_go_on_beyond_what_was_given_out_and_the_old_tree_is_the_beginning(ring):
    for mark in range(5):
        ring(mark)
    sequencer.sequence_now()
    backup, before = Backup(), newest()
    for mark in range(5, 12):
        last = ring(mark)
    sequencer.sequence_now()
    lost = Head.objects.get().checkpoint
    backup.bring_back()
    seen = Evidence(size=12, note=lost, at=clock.now(), numbers={"ledger_entry_id_seq": last.entry_id})
    fenced = fence(backup, seen)
    assert fenced.kept == 5
    assert fenced.position == 12 + rules.LEAST_MARGIN, "beyond the last that was signed, and a margin"
    assert ring(99).entry_id > last.entry_id + rules.LEAST_MARGIN
    sequencer.sequence_now()
    origin, size, root = newest()
    assert (origin, fenced.former) == (fenced.origin, before[0])
    assert origin != before[0]
    merkle.verify_consistency(
        old=5, new=size, old_root=before[2], new_root=root, proof=queries.prove_growth(5, size)
    )
    told = queries.get_entry(fenced.position).content
    assert told["kind"] == "ledger.restored"
    assert told["content"]["last_known"] == merkle.parse_note(lost).text, "linked to the last that is known"
    assert (told["content"]["kept"], told["content"]["former"]) == (5, before[0])
    assert {queries.get_entry(p).content["kind"] for p in range(5, fenced.position)} == {
        "ledger.position_left_empty"
    }
    backup.drop()


def test_every_sequence_of_the_database_goes_on_beyond_a_number_that_is_remembered(ring):
    ring(1)
    sequencer.sequence_now()
    with connection.cursor() as cursor:
        # Sequences outlive the tests before this one: all is counted from where this one stands.
        cursor.execute("SELECT matters_next_number('c', 69)")
        given_out = cursor.fetchone()[0] + 5_000
        backup = Backup()
        known = {"matters_number_c_69": given_out}
        fence(backup, Evidence(size=1, note="", at=clock.now(), numbers=known))
        cursor.execute("SELECT matters_next_number('c', 69)")
        assert cursor.fetchone()[0] == given_out + rules.LEAST_MARGIN + 1
    backup.drop()


def test_what_waited_for_its_position_comes_after_those_left_empty(ring):
    ring(0)
    sequencer.sequence_now()
    ring(1)
    backup = Backup()
    fenced = fence(backup)
    found = queries.list_entries(after=fenced.left_empty, limit=1000).entries
    assert [entry.content["kind"] for entry in found][-2:] == ["bell.rung", "ledger.restored"]
    backup.drop()


def test_witnesses_start_anew_and_what_they_refused_is_history(ring):
    ring(0)
    sequencer.sequence_now()
    Witness.objects.create(name="w.example/1", size=9, refusal="set back", seen_size=9)
    backup = Backup()
    fence(backup)
    again = Witness.objects.get()
    assert (again.size, again.refusal, again.seen_size) == (0, "", None)
    backup.drop()


def test_a_ledger_that_moved_signs_no_more_until_it_is_taken_over(ring):
    ring(0)
    assert restoring.close_log(actor=SYSTEM, now=clock.now()) == 1
    ring(1)
    with pytest.raises(sequencer.Moved, match="elsewhere"):
        sequencer.sequence_now()
    with sequencer.Sequencer() as candidate, pytest.raises(sequencer.Moved):
        candidate.elect()
    restoring.take_over(actor=SYSTEM, now=clock.now())
    assert sequencer.sequence_now() == 1


@pytest.mark.parametrize("act", [restoring.close_log, restoring.take_over])
def test_nobody_but_a_command_restores(act):
    with pytest.raises(Refused):
        act(actor=ANONYMOUS, now=clock.now())


def test_no_restore_while_a_sequencer_runs(ring):
    ring(0)
    with sequencer.Sequencer() as candidate:
        candidate.elect()
        candidate.step()
        backup = Backup()
        with pytest.raises(sequencer.Inconsistent, match="running"):
            fence(backup)
    backup.drop()


# ── the key ──────────────────────────────────────────────────────────────────


def test_a_log_that_another_key_signed_is_never_signed_on(ring, settings):
    ring(0)
    sequencer.sequence_now()
    ring(1)
    own = settings.LEDGER_KEY
    for name, value in (
        ("LEDGER_KEY", "eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHg="),
        ("LEDGER_ORIGIN", "x.th/l"),
    ):
        kept = getattr(settings, name)
        setattr(settings, name, value)
        with pytest.raises(sequencer.Foreign, match="SALA_LEDGER_KEY"):
            sequencer.sequence_now()
        with sequencer.Sequencer() as candidate, pytest.raises(sequencer.Foreign):
            candidate.elect()
        setattr(settings, name, kept)
    assert own == settings.LEDGER_KEY
    assert sequencer.sequence_now() == 1


def test_a_checkpoint_is_own_under_the_name_and_under_names_that_restores_made_of_it():
    key = "eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHg="
    other = "eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXk="

    def note(origin: str, by: str = key) -> str:
        return merkle.sign_checkpoint(
            merkle.Checkpoint(origin, 0, merkle.EMPTY_ROOT), keys.make_signer(origin, by)
        )

    epoch = keys.new_epoch(clock.now())
    assert keys.is_own(note("a.th/log"), origin="a.th/log", key=key)
    assert keys.is_own(note("a.th/log" + epoch), origin="a.th/log", key=key)
    assert not keys.is_own(note("a.th/log", other), origin="a.th/log", key=key)
    assert not keys.is_own(note("a.th/logs"), origin="a.th/log", key=key)
    assert not keys.is_own("no note", origin="a.th/log", key=key)


def test_no_two_restores_give_one_name():
    at = clock.now()
    assert len({keys.new_epoch(at) for _ in range(1000)}) == 1000


# ── the memory ───────────────────────────────────────────────────────────────


def run_once(ring, mark):
    """A sequencer's life: elected, one entry signed, remembered."""
    with sequencer.Sequencer() as candidate:
        candidate.elect()
        ring(mark)
        candidate.step()
        candidate.remember()


def test_a_database_set_back_by_any_means_is_noticed_before_anything_is_signed(ring, remembered):
    run_once(ring, 0)
    backup = Backup()
    run_once(ring, 1)
    backup.bring_back()
    ring(2)
    with sequencer.Sequencer() as candidate, pytest.raises(sequencer.SetBack, match="signed 2 entries"):
        candidate.elect()
    with pytest.raises(sequencer.SetBack):
        sequencer.sequence_now()
    fenced = fence(backup)
    sequencer.sequence_now()
    assert newest()[0] == fenced.origin, "under a new name it goes on"
    backup.drop()


def test_another_history_of_the_same_length_is_noticed_too(ring, remembered):
    run_once(ring, 0)
    backup = Backup()
    run_once(ring, 1)
    backup.bring_back()
    kept = remembered.read_text()
    remembered.unlink()
    run_once(ring, 2)
    remembered.write_text(kept)
    with sequencer.Sequencer() as candidate, pytest.raises(sequencer.SetBack, match="not those"):
        candidate.elect()
    backup.drop()


def test_what_is_remembered_only_grows_and_damage_stops_the_signing(ring, remembered):
    run_once(ring, 0)
    first = memory.recall(remembered)
    run_once(ring, 1)
    (seen,) = memory.recall(remembered).values()
    assert (seen.checkpoint.size, "ledger_entry_id_seq" in seen.numbers) == (2, True)
    memory.keep(remembered, next(iter(first.values())))
    (still,) = memory.recall(remembered).values()
    assert still.checkpoint.size == 2
    remembered.write_text("{")
    with sequencer.Sequencer() as candidate, pytest.raises(sequencer.SetBack, match="cannot be read"):
        candidate.elect()


def test_a_memory_that_cannot_be_written_stops_nobody(ring, settings, tmp_path, caplog):
    settings.LEDGER_MEMORY = str(tmp_path / "nowhere" / "memory.json")
    run_once(ring, 0)
    assert queries.count_entries() == 1
    assert "cannot be remembered" in caplog.text


@given(st.integers(0, 10**7), st.timedeltas(timedelta(days=-1), timedelta(days=400)))
def test_the_margin_covers_twice_the_busiest_day_for_all_the_time_that_nobody_saw(busiest, unseen):
    margin = rules.restore_margin(busiest_day=busiest, unseen=unseen)
    assert margin >= rules.LEAST_MARGIN
    assert margin >= 2 * busiest * (max(timedelta(0), unseen) / timedelta(days=1))
