"""Files and rows that do not belong together: found at night, and by whoever asks."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sala.cli import files as command
from sala.commons.files import actions as files
from sala.commons.files.models import File
from sala.commons.files.tasks import sweep
from sala.core import clock
from sala.core.actors import ANONYMOUS
from sala.core.errors import Refused

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, tzinfo=UTC)
STRAY, FRESH, MISSING, OWNED = (f"{letter * 32}.jpg" for letter in "abcd")


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(command, "prepare_django", lambda **_: None)
    for name in (STRAY, OWNED, "notes.txt"):
        put(tmp_path / name, NOW - timedelta(days=3))
    put(tmp_path / FRESH, NOW - timedelta(hours=1))
    for name in (OWNED, MISSING):
        File.objects.create(
            holder="draft:1", stored_as=name, media_type="image/jpeg", size_bytes=1, sha256="", added_at=NOW
        )
    return tmp_path


def put(path: Path, at: datetime) -> None:
    path.write_bytes(b"x")
    os.utime(path, (at.timestamp(), at.timestamp()))


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.req("TRU-2")
def test_what_belongs_to_nothing_is_deleted_and_everything_else_stays(folder: Path) -> None:
    swept = files.sweep_files(now=NOW)
    assert swept == files.Swept((STRAY,), (MISSING,))
    assert names(folder) == {OWNED, FRESH, "notes.txt"}


def test_only_the_system_sweeps(folder: Path) -> None:
    with pytest.raises(Refused):
        files.sweep_files(now=NOW, actor=ANONYMOUS)
    assert STRAY in names(folder)


def test_the_command_says_what_it_would_delete_and_fails_where_a_file_is_missing(folder: Path) -> None:
    tried = CliRunner().invoke(command.app, ["sweep", "--trial"])
    assert f"would delete {STRAY}" in tried.output
    assert STRAY in names(folder)
    done = CliRunner().invoke(command.app, ["sweep"])
    assert done.exit_code == 1
    assert f"missing {MISSING}" in done.output
    assert STRAY not in names(folder)


def test_each_night_the_job_sweeps(folder: Path) -> None:
    sweep(0)
    assert STRAY not in names(folder)


def test_an_installation_without_files_has_nothing_to_sweep(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "never made"
    File.objects.all().delete()
    assert files.sweep_files(now=NOW) == files.Swept((), ())
