"""`sala initiatives`: what was signed is written into a file, and the file is checked from outside."""

import base64
import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.test import Client
from tests.commons.participation.signing_office import Where, citizen, set_aside, work
from tests.small_state import forgotten, found_small_state
from typer.testing import CliRunner

from sala.cli import initiatives
from sala.commons.ledger import keys
from sala.commons.ledger.models import Entry
from sala.commons.ledger.sequencer import sequence_now
from sala.commons.participation import actions, rules
from sala.core import clock
from sala.core.actors import SYSTEM

__all__ = ["forgotten"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.req("LAW-3.2", "TRU-2")]
runner = CliRunner()


@pytest.fixture
def where(monkeypatch: pytest.MonkeyPatch) -> Where:
    """Two who signed online, three on paper (one of them twice), one set aside; a register confirmed two."""
    monkeypatch.setattr(initiatives, "prepare_django", lambda: None)
    found_small_state()
    found = Where()
    found.sign(citizen(1))
    found.sign(citizen(2))
    found.enter("1", citizen(2), citizen(3), citizen(4))
    found.enter("2", citizen(5))
    set_aside(found, rules.Condition(sheet="2"))
    work()
    asked = actions.ask_register(actor=found.officer, **found.named)
    findings = {row.signature: "confirmed" for row in asked}
    actions.take_findings(actor=found.officer, findings=findings, file=b"answer", **found.named)
    sequence_now()
    return found


def sala(*words: object) -> tuple[int, str]:
    ended = runner.invoke(initiatives.app, [str(word) for word in words])
    return ended.exit_code, ended.output


def served(_client: Any, url: str) -> bytes:
    """The log as the site serves it, without a network."""
    answer = Client().get("/ledger/" + url.rpartition("/ledger/")[2])
    assert answer.status_code == 200, url
    return answer.content


def test_what_is_handed_over_is_checked_with_the_public_key_alone(
    where: Where, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(initiatives, "_fetch", served)
    file = tmp_path / "signatures.jsonl"
    assert sala("export", where.reference, file, "--purpose", "petition") == (
        0,
        f"{file}: 4 signatures, 2 of them confirmed\n",
    )
    sequence_now()
    assert Entry.objects.filter(kind="participation.handed_over").count() == 1
    code, said = sala("check", file, "--ledger", "https://sala.example", "--key", keys.log_key())
    assert (code, said.splitlines()) == (
        0,
        [
            f"{where.reference} petition: 4 signatures, each once and in the ledger",
            "confirmed by a register: 2",
            "by paper: 2",
            "by web: 2",
        ],
    )
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join([*lines[:1], *lines[2:]]))
    code, said = sala("check", file, "--ledger", "https://sala.example", "--key", keys.log_key())
    assert (code, said) == (1, "NOT AS SIGNED: the lines are not those that were signed\n")


def root_over(leaves: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, as it stands there."""
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    return hashlib.sha256(b"\x01" + root_over(leaves[:split]) + root_over(leaves[split:])).digest()


def signed_text(note: str, public_key: str) -> str:
    """The text of a signed note (C2SP signed-note), verified with Ed25519 by another library's hand."""
    text, _, signatures = note.rpartition("\n\n")
    raw = base64.b64decode(signatures.split(" ")[2])
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key.split("+", 2)[2])[1:])
    key.verify(raw[4:], text.encode() + b"\n")
    return text + "\n"


def test_who_reads_the_standards_alone_finds_each_signature_in_the_tree(where: Where, tmp_path: Path) -> None:
    """A check of the file that shares no line with the site's: hashes, signatures and JSON from the libraries."""
    file, key = tmp_path / "signatures.jsonl", str(keys.log_key())
    sala("export", where.reference, file, "--purpose", "petition")
    sequence_now()
    above, _, note = file.read_text().partition("---\n")
    told = signed_text(note, key).split("\n")
    assert told[3] == hashlib.sha256(above.encode()).hexdigest()

    origin, size, root = signed_text(served(None, "/ledger/checkpoint").decode(), key).split("\n")[:3]
    bundle, entries = served(None, f"/ledger/tile/entries/000.p/{size}"), []
    while bundle:
        length = int.from_bytes(bundle[:2], "big")
        entries.append(bundle[2 : 2 + length])
        bundle = bundle[2 + length :]
    assert (origin, base64.b64encode(root_over(entries)).decode()) == (key.split("+")[0], root)

    head, *rows = map(json.loads, above.splitlines())
    assert len(rows) == len({row["mark"] for row in rows}) == head["count"] == 4
    for row in rows:
        entry = json.loads(entries[row["position"]])
        private = {name: row[name] for name in ("area", "channel", "level", "mark")}
        message = json.dumps(private, separators=(",", ":"), sort_keys=True).encode()
        commitment = hmac.new(bytes.fromhex(row["salt"]), message, "sha256").hexdigest()
        assert (entry["kind"], entry["commitment"]) == ("participation.signed", commitment)
        assert entry["content"]["collection"] == head["collection"]


def test_nothing_is_written_while_an_entry_waits_for_its_place_or_of_what_is_not_there(
    where: Where, tmp_path: Path
) -> None:
    where.sign(citizen(8))
    file = tmp_path / "signatures.jsonl"
    assert sala("export", where.reference, file, "--purpose", "petition") == (
        2,
        "not written: not_placed_yet\n",
    )
    assert sala("export", where.reference, file) == (2, "not written: not_found\n")
    assert list(tmp_path.iterdir()) == []
    assert actions.erase_details(actor=SYSTEM, now=clock.now()) == 0
