"""A drill: back up, bring back on another database server, and go on; and what backup and restore refuse."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from tests.small_state import NOW
from typer.testing import CliRunner

from sala.cli import backups as commands
from sala.commons.ledger.sequencer import sequence_now
from sala.core.actors import ANONYMOUS
from sala.core.references import parse_reference
from sala.platform import database
from sala.services.complaints import actions
from sala.services.complaints.actions import Filing
from sala.serving import backups

TEXT = "ไฟทางดับทั้งซอยหลังวัดป่า เดินกลับบ้านกลัว"

# Runs in the restored installation: the old complaint is there, the ledger goes on with a new one.
AFTERWARDS = f"""
from sala.core import clock
from sala.core.actors import ANONYMOUS
from sala.commons.ledger import queries, sequencer
from sala.services.complaints import actions, queries as complaints
from sala.services.complaints.actions import Filing
import json, sys
old = complaints.get_complaint(sys.argv[-1])
office = sequencer.Sequencer()
office.elect()
while office.step(): pass
before = queries.count_entries()
with clock.frozen(clock.now()):
    filed = actions.file_complaint(actor=ANONYMOUS, now=clock.now(),
        filing=Filing(text="{TEXT}", topic="street_light", area="400101"))
while office.step(): pass
entries = queries.list_entries(after=before - 1).entries
print(json.dumps([old.original, before, queries.count_entries(), filed.reference, entries[0].content["matter"],
                  sequencer.recompute(lambda *_: None)]))
"""


def elsewhere(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command of another installation: another server, another home, the same keys."""
    return subprocess.run(
        [sys.executable, *arguments],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def files(tmp_path: Path, settings: object) -> Path:
    settings.MEDIA_ROOT = tmp_path / "here" / "files"  # type: ignore[attr-defined]  # pytest-django's proxy
    return tmp_path


@pytest.mark.django_db(transaction=True)  # pg_dump must see what was written
@pytest.mark.slow
@pytest.mark.req("TRU-2")
def test_a_backup_brings_everything_back_on_another_server(state: None, files: Path) -> None:
    filing = Filing(text=TEXT, topic="street_light", area="400101")
    reference = actions.file_complaint(actor=ANONYMOUS, now=NOW, filing=filing).reference
    default_storage.save("ab/evidence.txt", ContentFile(b"proof"))
    assert sequence_now()
    about = backups.make(files / "kept", now=NOW, say=lambda _: None)
    assert about["files"] == 1

    home = files / "there"
    home.mkdir()
    server = database.start_embedded(home / "postgres")
    try:
        there = {"DATABASE_URL": server, "SALA_HOME": str(home), "SALA_FILES": str(home / "files")}
        restored = elsewhere(there, "-m", "sala.cli", "restore", str(files / "kept"))
        assert restored.returncode == 0, restored.stderr
        assert "all as signed" in restored.stdout
        assert "The log goes on under a new name" in restored.stdout
        assert re.search(r"public key +tests.sala.example/ledger/restored-\S+", restored.stdout)
        assert (home / "files" / "ab" / "evidence.txt").read_text() == "proof"
        script = home / "afterwards.py"
        script.write_text("import django\ndjango.setup()\n" + AFTERWARDS, encoding="utf-8")
        there["DJANGO_SETTINGS_MODULE"] = "sala.site.settings"
        went_on = elsewhere(there, str(script), reference)
        assert went_on.returncode == 0, went_on.stderr
        original, before, after, new, matter, checked = json.loads(went_on.stdout)
        assert original == TEXT
        assert after == checked == before + 1
        assert new == matter
        assert parse_reference(new).number > parse_reference(reference).number + 1000, (
            "no number is given twice"
        )

        again = elsewhere(there, "-m", "sala.cli", "restore", str(files / "kept"))
        assert again.returncode == 2
        assert "not empty" in again.stderr
    finally:
        database.stop_embedded(home / "postgres")


@pytest.mark.django_db
def test_what_is_kept_already_is_never_overwritten(files: Path) -> None:
    (files / "kept").mkdir()
    (files / "kept" / "older").write_text("")
    result = CliRunner().invoke(commands.backup_app, [str(files / "kept")])
    assert result.exit_code == 2
    assert "is there already" in result.output


@pytest.mark.django_db
@pytest.mark.parametrize("about", [None, "{", '{"format": 99}'])
def test_a_folder_that_is_no_backup_is_refused(files: Path, about: str | None) -> None:
    if about is not None:
        (files / "about.json").write_text(about)
    result = CliRunner().invoke(commands.restore_app, [str(files)])
    assert result.exit_code == 2
    assert "Traceback" not in result.output
