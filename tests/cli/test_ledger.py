"""`sala ledger`: a site is checked from outside; every kind of lie is noticed; witnesses refuse forks."""

import contextlib
import json
import threading
from datetime import timedelta

import httpx
import pytest
from django.db import connection, connections, transaction
from django.test import Client
from typer.testing import CliRunner

from sala.cli.ledger import app, audit, witness
from sala.commons.ledger import actions as ledger_actions
from sala.commons.ledger import keys, queries, sequencer, witnesses
from sala.commons.ledger.models import Head, Witness
from sala.commons.ledger.sequencer import sequence_now
from sala.core import clock
from sala.core.actors import SYSTEM
from sala.core.events import Event
from sala.engines import merkle
from sala.serving.health import probes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.req("TRU-2")]


class GongStruck(Event):
    """A fact for these tests."""

    kind = "gong.struck"


@ledger_actions.action_on_many("each is a fact of its own")
def strike(count):
    """Record `count` facts."""
    for _ in range(count):
        ledger_actions.record_entry(GongStruck(), actor=SYSTEM, at=clock.now())


def grow(count):
    strike(count)
    sequence_now()


def served(path):
    """A file of the log, as the site serves it."""
    answer = Client().get(f"/ledger/{path}")
    if threading.current_thread() is not threading.main_thread():
        connections.close_all()  # the audit reads from threads of its own
    if answer.status_code != 200:
        raise audit.Missing(path)
    return answer.content


def check(fetch=served, remembered=None):
    return audit.audit(fetch=fetch, key=keys.log_key(), remembered=remembered, progress=lambda *_: None)


def changed(wanted, change):
    """A site that serves one file changed."""
    return lambda path: change(served(path)) if path == wanted else served(path)


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def signed(size, root):
    checkpoint = merkle.Checkpoint(keys.log_key().name, size, root)
    return merkle.sign_checkpoint(checkpoint, keys.log_signer())


def test_a_running_site_is_checked_with_its_public_key_alone(live_server, tmp_path):
    state = tmp_path / "seen.json"
    grow(300)
    first = run("verify", live_server.url, "--key", keys.log_key(), "--state", state)
    assert (first.exit_code, "300 entries, all as signed" in first.output) == (0, True)
    grow(30)
    second = run("verify", f"{live_server.url}/ledger/", "--key", keys.log_key(), "--state", state)
    assert (second.exit_code, "continues the log of 300 entries" in second.output) == (0, True)
    full = run("verify", live_server.url, "--key", keys.log_key(), "--state", state, "--full")
    assert (full.exit_code, "continues" in full.output) == (0, False)
    stranger = merkle.Signer(keys.log_key().name, b"x" * 32).public
    assert run("verify", live_server.url, "--key", stranger).exit_code == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["verify", "http://127.0.0.1:1", "--key", "nonsense"],
        ["verify", "x"],
        ["check-proof", "a", "b", "--key", "k+1+2"],
    ],
)
def test_bad_usage_ends_with_a_sentence_and_code_2(arguments):
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_a_site_that_does_not_answer_could_not_be_checked():
    result = run("verify", "http://127.0.0.1:1", "--key", keys.log_key())
    assert result.exit_code == 2
    assert "could not be checked" in result.output


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("tile/entries/000", lambda raw: raw.replace(b"gong.struck", b"gong.stolen", 1)),
        ("tile/entries/001.p/4", lambda raw: raw[:-1]),
        ("tile/entries/001.p/4", lambda raw: merkle.write_bundle(merkle.read_bundle(raw)[:-1])),
        ("tile/0/000", lambda raw: bytes(32) + raw[32:]),
        ("tile/0/000", lambda raw: raw[:-1]),
        ("tile/0/001.p/4", lambda raw: raw[:-32]),
        ("tile/1/000.p/1", lambda raw: bytes(32)),
        ("checkpoint", lambda raw: raw.replace(b"\n260\n", b"\n261\n")),
        ("checkpoint", lambda raw: raw[:-3]),
        ("checkpoint", lambda raw: b"\xff"),
        ("checkpoint", lambda raw: signed(260, bytes(32)).encode()),
        ("checkpoint", lambda raw: raw.replace(b"tests.sala", b"other.sala")),
    ],
)
def test_a_site_that_serves_something_else_than_it_signed_is_found_out(path, change):
    grow(260)
    with pytest.raises(audit.Contradiction):
        check(changed(path, change))
    assert check().checkpoint.size == 260


@contextlib.contextmanager
def behind_our_back():
    """As whoever owns the database server, past the trigger that keeps entries as they are."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield cursor


REHASHED = "UPDATE ledger_tile SET hashes = overlay(hashes placing %s from %s) WHERE level = 0 AND index = 0"
TAMPERINGS = {
    "entry 37 was changed after it was signed": [
        ("UPDATE ledger_entry SET body = %s WHERE id = (SELECT entry_id FROM ledger_leaf WHERE position = 37)", [b"{}"])
    ],
    "entry 41 is missing: 300 entries were signed": [("DELETE FROM ledger_leaf WHERE position = 41", [])],
    "entry 42 is missing: 300 entries were signed": [
        ("DELETE FROM ledger_entry WHERE id = (SELECT entry_id FROM ledger_leaf WHERE position = 42)", [])
    ],
    "entry 50 was changed after it was signed": [
        ("UPDATE ledger_leaf SET entry_id = -entry_id WHERE position IN (50, 51)", []),
        ("UPDATE ledger_leaf SET entry_id = (SELECT sum(-entry_id) FROM ledger_leaf WHERE position IN (50, 51))"
         " + entry_id WHERE position IN (50, 51)", []),
    ],
    "entry 60 is as it was signed, but its hash in the tree was changed": [(REHASHED, [bytes(32), 60 * 32 + 1])],
    "tile 1/0 is not that of entries 0 to 255 below it": [
        ("UPDATE ledger_entry SET body = %s WHERE id ="
         " (SELECT entry_id FROM ledger_leaf WHERE position = 70)", [b"{}"]),
        (REHASHED, [merkle.leaf_hash(b"{}"), 70 * 32 + 1]),
    ],
}  # fmt: skip


@pytest.mark.parametrize("sentence", TAMPERINGS)
def test_whoever_changes_the_database_is_found_out_and_the_entry_is_named(live_server, sentence):
    grow(300)
    assert run("verify", live_server.url, "--key", keys.log_key()).exit_code == 0
    with behind_our_back() as cursor:
        for statement, values in TAMPERINGS[sentence]:
            cursor.execute(statement, values)
    found = run("verify", live_server.url, "--key", keys.log_key())
    assert found.exit_code == 1
    [said] = [line for line in found.output.splitlines() if "NOT AS SIGNED" in line]
    assert sentence in said


def test_the_server_itself_notices_too_and_the_doctor_names_the_entry():
    grow(300)
    assert probes.look_at_newest_entries().level == "ok"
    with behind_our_back() as cursor:
        for statement, values in TAMPERINGS["entry 37 was changed after it was signed"]:
            cursor.execute(statement, values)
    finding = probes.look_at_newest_entries()
    assert (finding.level, finding.says) == ("failure", "entry 37 is not the one that was signed")
    with pytest.raises(sequencer.Inconsistent, match="entry 37"):
        sequencer.recompute(lambda *_: None)


def test_a_change_that_is_signed_again_is_named_by_who_remembers(tmp_path):
    grow(20)
    before = check()
    memory = audit.Memory(before.note, before.frontier)
    grow(5)
    with pytest.raises(audit.Contradiction, match="entry 12 was rewritten since it was seen"):
        check(forked(25), memory)


def forked(size):
    """What a log that rewrote its last entry would serve, with right signatures."""
    leaves = [queries.get_entry(position).body for position in range(size)]
    leaves[size // 2] = b"rewritten"
    hashes = [merkle.leaf_hash(leaf) for leaf in leaves]
    width = f"000.p/{size}"
    return {
        "checkpoint": signed(size, merkle.root_over(hashes)).encode(),
        f"tile/entries/{width}": merkle.write_bundle(leaves),
        f"tile/0/{width}": b"".join(hashes),
    }.__getitem__


def test_a_fork_a_step_back_and_two_roots_of_one_size_are_noticed():
    grow(20)
    before = check()
    memory = audit.Memory(before.note, before.frontier)
    with pytest.raises(audit.Contradiction, match="two different histories"):
        check(forked(20), memory)
    older = forked(12)
    with pytest.raises(audit.Contradiction, match="went back from 20 to 12"):
        check(older, memory)
    grow(5)
    with pytest.raises(audit.Contradiction, match="rewritten"):
        check(forked(25), memory)
    assert check(forked(25)).checkpoint.size == 25  # alone it looks right: that is why one remembers
    assert check(remembered=memory).continues == 20


def test_a_damaged_memory_is_said_so(tmp_path):
    state = tmp_path / "seen.json"
    for text in ("{", "[]", json.dumps({"checkpoint": "", "size": 1, "edges": [["!"]]})):
        state.write_text(text)
        result = run("verify", "http://127.0.0.1:1", "--key", keys.log_key(), "--state", state)
        assert result.exit_code == 2


def test_a_kept_proof_is_checked_offline(tmp_path):
    grow(9)
    proof, entry = tmp_path / "kept.tlog-proof", tmp_path / "entry.json"
    proof.write_bytes(served("4/entry.tlog-proof"))
    entry.write_bytes(served("4/entry.json"))
    assert run("check-proof", proof, entry, "--key", keys.log_key()).exit_code == 0
    entry.write_bytes(entry.read_bytes().replace(b"system", b"citizen"))
    changed_text = run("check-proof", proof, entry, "--key", keys.log_key())
    assert (changed_text.exit_code, "NOT PROVEN" in changed_text.output) == (1, True)
    proof.write_text("nothing")
    assert run("check-proof", proof, entry, "--key", keys.log_key()).exit_code == 2


@pytest.fixture
def running(tmp_path, settings):
    """A witness at work on this machine, configured as the log's witness."""
    office = witness.Witness(name="witness.example/w1", folder=tmp_path / "w1", logs=[keys.log_key()])
    server = witness.serve(office, "127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    settings.LEDGER_WITNESSES = f"{office.key} http://127.0.0.1:{server.server_port}"
    yield office
    server.shutdown()
    thread.join()
    server.server_close()
    office.close()


@pytest.fixture
def client():
    """The log's way to its witnesses."""
    with httpx.Client(timeout=5) as opened:
        yield opened


def test_checkpoints_are_published_with_the_cosignatures_of_witnesses(running, client):
    grow(10)
    assert witnesses.submit_once(client) == 1
    grow(7)
    assert b"\n10\n" in served("checkpoint")  # the witnessed one, until the next is cosigned
    assert witnesses.submit_once(client) == 1
    report = check()
    ((name, at),) = audit.require_quorum(report.note, [running.key], 1)
    assert (report.checkpoint.size, name, at.year >= 2026) == (17, "witness.example/w1", True)
    assert running.sizes() == {keys.log_key().name: 17}
    with pytest.raises(audit.Contradiction, match="only 1 of the needed 2"):
        audit.require_quorum(report.note, [running.key], 2)
    stranger = merkle.Signer("witness.example/w2", b"s" * 32, merkle.COSIGNATURE).public
    with pytest.raises(audit.Contradiction, match="witnesses"):
        audit.require_quorum(report.note, [stranger], 1)
    page = Client().get("/ledger/3").content.decode()
    assert "witness.example/w1" in page


def test_one_process_goes_on_asking_witnesses_until_it_is_stopped(running, monkeypatch):
    monkeypatch.setattr(witnesses, "PAUSE_SECONDS", 0.01)
    stop = threading.Event()

    def submit():
        witnesses.run(stop)
        connections.close_all()

    thread = threading.Thread(target=submit)
    thread.start()
    try:
        for size in (3, 6):
            grow(3)
            for _ in range(1000):
                if running.sizes() == {keys.log_key().name: size}:
                    break
                stop.wait(0.01)
            assert running.sizes() == {keys.log_key().name: size}
    finally:
        stop.set()
        thread.join(20)


def test_without_witnesses_nobody_is_asked(settings):
    settings.LEDGER_WITNESSES = ""
    witnesses.run(threading.Event())
    assert Witness.objects.count() == 0


def test_a_stale_cosignature_is_found_out(running, client):
    grow(10)
    witnesses.submit_once(client)
    line = served("checkpoint").decode().splitlines(keepends=True)[-1]
    grow(1)
    stale = Head.objects.get().checkpoint + line
    with pytest.raises(audit.Contradiction, match="witnesses"):
        audit.require_quorum(stale, [running.key], 1)


def test_a_log_that_forgot_what_the_witness_saw_learns_it(running, client):
    grow(10)
    witnesses.submit_once(client)
    Witness.objects.update(size=0)
    grow(3)
    assert witnesses.submit_once(client) == 1
    assert Witness.objects.get().size == 13


def test_a_witness_does_not_cosign_a_fork_or_a_step_back(running, client, caplog):
    grow(10)
    witnesses.submit_once(client)
    fork = merkle.write_request(old=10, proof=[], checkpoint=signed(10, bytes(32)))
    back = merkle.write_request(old=10, proof=[], checkpoint=signed(9, bytes(32)))
    unproven = merkle.write_request(old=10, proof=[bytes(32)], checkpoint=signed(12, bytes(32)))
    address = f"{keys.witnesses()[0].url}/add-checkpoint"
    assert [client.post(address, content=body).status_code for body in (fork, back, unproven)] == [
        409,
        400,
        422,
    ]
    behind = client.post(
        address, content=merkle.write_request(old=3, proof=[], checkpoint=signed(12, bytes(32)))
    )
    assert (behind.status_code, behind.text, behind.headers["Content-Type"]) == (
        409,
        "10\n",
        "text/x.tlog.size",
    )
    assert client.post(address.replace("add-checkpoint", "else"), content=b"").status_code == 404
    refused = client.post(address, content=b"x" * 300_001)
    assert (refused.status_code, refused.headers["Connection"]) == (413, "close")
    assert str(running.key) in client.get(keys.witnesses()[0].url).text
    assert running.sizes() == {keys.log_key().name: 10}


def test_a_log_that_was_set_back_is_told_by_its_witness(running, client, caplog):
    grow(10)
    running._latest = {keys.log_key().name: merkle.Checkpoint(keys.log_key().name, 99, bytes(32))}
    assert witnesses.submit_once(client) == 0
    assert "set back" in caplog.text


def test_a_witness_that_is_away_does_not_make_the_log_stand_still(running, client, settings):
    grow(2)
    settings.LEDGER_WITNESSES = settings.LEDGER_WITNESSES.rpartition(":")[0] + ":1"
    assert witnesses.submit_once(client) == 0
    assert not Head.objects.get().published
    with clock.frozen(clock.now() + timedelta(seconds=11)):
        assert witnesses.submit_once(client) == 0
    assert b"\n2\n" in served("checkpoint")
    with clock.frozen(clock.now() + timedelta(hours=1)):
        grow(1)  # after a quiet hour the witnesses have their seconds again
    assert b"\n2\n" in served("checkpoint")


def test_a_witness_remembers_across_restarts_and_shares_its_folder_with_nobody(tmp_path):
    grow(4)
    request = merkle.write_request(old=0, proof=[], checkpoint=Head.objects.get().checkpoint)
    first = witness.Witness(name="w.example/1", folder=tmp_path, logs=[keys.log_key()])
    line = first.add_checkpoint(request)
    assert merkle.verify_note(merkle.parse_note(Head.objects.get().checkpoint + line), [first.key])
    with pytest.raises(OSError, match="another witness"):
        witness.Witness(name="w.example/1", folder=tmp_path, logs=[])
    first.close()
    again = witness.Witness(name="w.example/1", folder=tmp_path, logs=[keys.log_key()])
    assert (again.key, again.sizes()) == (first.key, {keys.log_key().name: 4})
    with pytest.raises(merkle.Refusal) as refused:
        again.add_checkpoint(request)
    assert (refused.value.status, refused.value.size) == (409, 4)
    again.close()
    (tmp_path / "state.json").write_text("{broken")
    with pytest.raises(ValueError, match="retired"):
        witness.Witness(name="w.example/1", folder=tmp_path, logs=[])


def test_of_many_requests_at_once_one_is_cosigned(tmp_path):
    grow(8)
    note = Head.objects.get().checkpoint
    office = witness.Witness(name="w.example/1", folder=tmp_path, logs=[keys.log_key()])
    request = merkle.write_request(old=0, proof=[], checkpoint=note)
    results = []

    def ask():
        try:
            results.append(office.add_checkpoint(request)[:1])
        except merkle.Refusal as refusal:
            results.append(refusal.status)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    office.close()
    assert sorted(map(str, results)) == ["409"] * 7 + ["\u2014"]


@pytest.mark.parametrize("text", ["nonsense", "a+b+c http://x", "https://only.example"])
def test_a_badly_configured_witness_is_refused(settings, text):
    settings.LEDGER_WITNESSES = text
    with pytest.raises(ValueError, match="."):
        keys.witnesses()
