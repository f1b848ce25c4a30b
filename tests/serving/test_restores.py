"""How a site goes on from a backup: all that is known of later counts, and a final backup keeps the name once."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from tests.services.complaints.factories import filed_reference
from tests.small_state import NOW

from sala.commons.ledger import keys, memory, queries, rules, sequencer
from sala.commons.ledger.actions import restoring
from sala.commons.matters import actions as matters
from sala.core import clock
from sala.core.actors import ANONYMOUS, SYSTEM
from sala.core.errors import Refused
from sala.core.references import parse_reference
from sala.engines import merkle
from sala.serving import restores
from sala.serving.backups import Unusable
from sala.serving.restores import Backup

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.req("TRU-2")]


@pytest.fixture(autouse=True)
def remembered(settings, tmp_path: Path, state: None) -> Path:
    settings.LEDGER_MEMORY = str(tmp_path / "memory.json")
    sequencer.sequence_now()
    return tmp_path / "memory.json"


def go_on(backup: Backup, *shown: str) -> restoring.Fenced | None:
    return restores.go_on(backup, now=clock.now(), shown=shown, say=lambda _: None)


def signed(size: int) -> str:
    return merkle.sign_checkpoint(merkle.Checkpoint(keys.log_key().name, size, bytes(32)), keys.log_signer())


def test_a_checkpoint_that_somebody_kept_tells_how_far_the_log_was(tmp_path: Path) -> None:
    (tmp_path / "checkpoint").write_text(signed(500))
    (tmp_path / "state.json").write_text(json.dumps({"checkpoint": signed(700), "size": 700, "edges": []}))
    fenced = go_on(Backup(clock.now()), str(tmp_path / "checkpoint"), str(tmp_path / "state.json"))
    assert fenced is not None
    assert fenced.position == 700 + rules.LEAST_MARGIN
    told = queries.get_entry(fenced.position).content["content"]
    assert told["last_known"] == merkle.parse_note(signed_by_former(fenced, 700)).text


def signed_by_former(fenced: restoring.Fenced, size: int) -> str:
    signer = keys.log_signer("")
    return merkle.sign_checkpoint(merkle.Checkpoint(fenced.former, size, bytes(32)), signer)


@pytest.mark.parametrize("text", ["", "{}", "no note", "{"])
def test_what_shows_no_checkpoint_of_this_log_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "shown").write_text(text)
    with pytest.raises(Unusable, match="shows no checkpoint"):
        go_on(Backup(clock.now()), str(tmp_path / "shown"))


def test_what_this_machine_remembers_counts_and_a_damaged_memory_is_said(remembered: Path) -> None:
    memory.keep(remembered, memory.Seen(signed(50), clock.now(), {"matters_number_c_69": 900_000}))
    before = parse_reference(filed_reference()).number
    fenced = go_on(Backup(clock.now()))
    assert fenced is not None
    assert fenced.left_empty == 50 - fenced.kept + rules.LEAST_MARGIN
    assert fenced.position == 51 + rules.LEAST_MARGIN, (
        "what was filed waited, and comes before the restore's own"
    )
    assert parse_reference(filed_reference()).number == 900_000 + rules.LEAST_MARGIN + 1 > before
    remembered.write_text("{")
    heard: list[str] = []
    restores.gather(Backup(clock.now()), shown=(), say=heard.append)
    assert "cannot be read" in heard[0]


def test_numbers_of_a_year_that_had_none_at_the_backup_go_on_beyond_too() -> None:
    assert go_on(Backup(clock.now())) is not None
    first = matters.next_reference(kind="complaint", at=NOW - timedelta(days=3650))
    assert parse_reference(first).number > rules.LEAST_MARGIN
    with pytest.raises(Refused):
        matters.make_sequences(actor=ANONYMOUS, now=NOW)


def test_the_longer_nobody_saw_the_more_is_left_out() -> None:
    short = go_on(Backup(clock.now()))
    long = go_on(Backup(clock.now() - timedelta(days=4000)))
    assert short is not None
    assert long is not None
    assert long.margin >= short.margin == rules.LEAST_MARGIN


def test_a_final_backup_keeps_the_name_of_the_log_but_once(tmp_path: Path) -> None:
    name = keys.log_key().name
    restoring.close_log(actor=SYSTEM, now=NOW)
    final = Backup(NOW, is_final=True, folder=tmp_path)
    assert go_on(final) is None
    assert keys.log_key().name == name
    sequencer.look_whether_it_may_sign()
    again = go_on(final)
    assert again is not None, "a second site from the same backup would be a second log of one name"
    assert again.former == name != again.origin


def test_a_final_backup_that_somebody_saw_beyond_is_not_believed(tmp_path: Path) -> None:
    (tmp_path / "checkpoint").write_text(signed(500))
    final = Backup(NOW, is_final=True, folder=tmp_path / "backup")
    (tmp_path / "backup").mkdir()
    assert go_on(final, str(tmp_path / "checkpoint")) is not None


def test_a_final_backup_that_cannot_be_marked_as_used_proves_nothing(tmp_path: Path) -> None:
    assert go_on(Backup(NOW, is_final=True, folder=tmp_path / "gone")) is not None
