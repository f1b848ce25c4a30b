"""A running site and two witnesses on other ports, as on other machines: cosigned, checked, and found out."""

import contextlib
import json
import subprocess
import sys
import urllib.error
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.whole_site import WholeSite, clean_environment, log_signer, prepared, serving, wait_until

from sala.engines import merkle

pytestmark = [pytest.mark.slow, pytest.mark.req("TRU-2")]


@dataclass
class Witness:
    """`sala ledger witness` in a folder of its own, with nothing of the site but its log's public key."""

    name: str
    log: str
    folder: Path
    port: int = 0
    key: str = ""
    process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it; the first time it takes a free port and makes its key."""
        command = [sys.executable, "-m", "sala.cli", "ledger", "witness", "--name", self.name]
        command += ["--log", self.log, "--folder", str(self.folder), "--port", str(self.port)]
        self.process = subprocess.Popen(command, env=clean_environment(), stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.key = self.process.stdout.readline().split()[-1]
        self.port = int(self.process.stdout.readline().rpartition(":")[2])

    def stop(self) -> None:
        """End it, whatever it does."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(10)


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[WholeSite, list[Witness]]]:
    """A site that asks two witnesses, and the two."""
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(prepared())
        log = str(log_signer(folder).public)
        witnesses = [Witness(f"witness.example/w{n}", log, tmp_path_factory.mktemp(f"w{n}")) for n in (1, 2)]
        for witness in witnesses:
            stack.callback(witness.stop)
            witness.start()
        asked = "; ".join(f"{witness.key} http://127.0.0.1:{witness.port}" for witness in witnesses)
        yield stack.enter_context(serving(folder, SALA_LEDGER_WITNESSES=asked)), witnesses


def published(site: WholeSite) -> tuple[int, set[str]]:
    """How long the published log is, and who signed it; of no length until the sequencer first signed."""
    try:
        note = merkle.parse_note(site.get("/ledger/checkpoint").decode())
    except urllib.error.HTTPError as refused:
        if refused.code != 404:
            raise
        return 0, set()
    return merkle.parse_checkpoint(note.text).size, {signature.name for signature in note.signatures}


def verify(site: WholeSite, witnesses: list[Witness], *more: str) -> subprocess.CompletedProcess[str]:
    """Check the site from outside, trusting these witnesses."""
    trusted = [part for witness in witnesses for part in ("--witness-key", witness.key)]
    key = str(log_signer(site.folder).public)
    return site.sala("ledger", "verify", site.url, "--key", key, *trusted, *more)


def test_checkpoints_are_cosigned_and_the_quorum_is_checked(others: tuple[WholeSite, list[Witness]]) -> None:
    site, (first, second) = others
    both = {first.name, second.name}
    site.file_complaint("ไฟทางดับ เรื่องที่หนึ่ง")
    wait_until(lambda: published(site)[1] >= both, "both witnesses cosigned")
    checked = verify(site, [first, second], "--quorum", "2")
    assert checked.returncode == 0, checked.stderr
    assert all(f"cosigned by {name}" in checked.stdout for name in both)

    size = published(site)[0]
    second.stop()
    site.file_complaint("ไฟทางดับ เรื่องที่สอง")
    wait_until(lambda: published(site)[0] > size and second.name not in published(site)[1], "one is enough")
    assert first.name in published(site)[1]
    assert verify(site, [first, second], "--quorum", "1").returncode == 0
    lacking = verify(site, [first, second], "--quorum", "2")
    assert lacking.returncode == 1
    assert "only 1 of the needed 2 witnesses cosigned" in lacking.stderr
    assert "Traceback" not in lacking.stderr + site.logs

    second.start()
    site.file_complaint("ไฟทางดับ เรื่องที่สาม")
    wait_until(lambda: published(site)[1] >= both, "the witness is back, and remembers")


def test_a_log_that_was_rewritten_and_signed_again_gets_no_cosignature(
    others: tuple[WholeSite, list[Witness]], tmp_path: Path
) -> None:
    """Whoever holds the database and the log's key can sign another history; witnesses and readers notice."""
    site, witnesses = others
    both = {witness.name for witness in witnesses}
    site.file_complaint("ไฟทางดับ เรื่องที่จะถูกแก้")  # the entry to be rewritten, whatever was written before
    # All that is recorded: else the newest that is published may still be one from before the complaint.
    wait_until(
        lambda: published(site)[0] == recorded(site) and published(site)[1] >= both, "both witnesses cosigned"
    )
    state = tmp_path / "seen.json"
    assert verify(site, witnesses, "--state", str(state)).returncode == 0
    position = published(site)[0] - 1

    rewrite(site, position)
    # What this machine remembers outside the database would stop the next sequencer: whoever rewrites takes it away.
    (site.folder / "ledger-memory.json").unlink()
    site.kill("sequencer")  # the next one believes what is stored, since it was signed
    site.file_complaint("ไฟทางดับ เรื่องสุดท้าย")
    wait_until(
        lambda: published(site)[0] > position + 1, "published without witnesses, so as not to stand still"
    )
    assert published(site)[1] == {log_signer(site.folder).name}

    alone = site.sala("ledger", "verify", site.url, "--key", witnesses[0].log)
    assert (alone.returncode, "all as signed" in alone.stdout) == (0, True), "to a newcomer it looks right"
    remembering = verify(site, [], "--state", str(state))
    assert remembering.returncode == 1
    assert f"entry {position} was rewritten since it was seen" in remembering.stderr
    wait_until(lambda: site.status_of("/readyz") == 503, "/readyz says that the witnesses refuse")
    told = json.loads(site.sala("doctor", "--json").stdout)
    (finding,) = [found for found in told if found["name"] == "witnesses"]
    assert finding["level"] == "failure"
    assert "witness.example/w1 refuses" in finding["says"]
    assert (
        'sala_ledger_witness_contradicting{witness="witness.example/w1"} 1.0' in site.get("/metrics").decode()
    )
    unwitnessed = verify(site, witnesses)
    assert unwitnessed.returncode == 1
    assert "only 0 of the needed 1 witnesses cosigned" in unwitnessed.stderr
    assert "witness witness.example/w1 did not cosign" in site.logs


def recorded(site: WholeSite) -> int:
    """How many entries there are, published or not yet."""
    with site.database() as database:
        [(count,)] = database.execute("SELECT count(*) FROM ledger_entry").fetchall()
    return int(count)


def rewrite(site: WholeSite, position: int) -> None:
    """Change what an entry says, its hash, and sign the whole again: in the database, past the trigger."""
    signer = log_signer(site.folder)
    with site.database() as database, database.transaction():
        database.execute("SET LOCAL session_replication_role = replica")
        [(body,)] = database.execute(
            "SELECT body FROM ledger_entry JOIN ledger_leaf ON entry_id = id WHERE position = %s", [position]
        ).fetchall()
        [(tile,)] = database.execute(
            "SELECT hashes FROM ledger_tile WHERE (level, index) = (0, 0)"
        ).fetchall()
        changed = bytes(body).replace(b"kk-muni", b"pea")
        hashes = merkle.split_tile(bytes(tile))
        assert changed != body
        assert len(hashes) == position + 1
        hashes[position] = merkle.leaf_hash(changed)
        note = merkle.sign_checkpoint(
            merkle.Checkpoint(signer.name, len(hashes), merkle.root_over(hashes)), signer
        )
        database.execute(
            "UPDATE ledger_entry SET body = %s WHERE id = (SELECT entry_id FROM ledger_leaf WHERE position = %s)",
            [changed, position],
        )
        database.execute(
            "UPDATE ledger_tile SET hashes = %s WHERE (level, index) = (0, 0)", [b"".join(hashes)]
        )
        database.execute("UPDATE ledger_head SET checkpoint = %s, published = %s", [note, note])
