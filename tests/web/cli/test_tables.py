"""What commands write is there whole or not at all, even where they are stopped in the middle."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sala.web.cli import tables


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_is_exchanged_whole(tmp_path: Path) -> None:
    tables.write_folder(tmp_path / "model", {"a": b"1"})
    tables.write_folder(tmp_path / "model", {"a": b"2"})
    assert (tmp_path / "model" / "a").read_bytes() == b"2"
    assert names(tmp_path) == ["model"]


def test_the_old_folder_stays_where_the_exchange_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables.write_folder(tmp_path / "model", {"a": b"1"})
    replace = os.replace

    def stopped(source: Any, target: Any) -> None:
        if Path(target) == tmp_path / "model" and not str(source).endswith("-old"):
            raise KeyboardInterrupt
        replace(source, target)

    monkeypatch.setattr(os, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        tables.write_folder(tmp_path / "model", {"a": b"2"})
    assert (tmp_path / "model" / "a").read_bytes() == b"1"
    assert names(tmp_path) == ["model"]


def test_the_old_file_stays_where_writing_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = tmp_path / "map.svg"
    tables.write_whole(picture, b"old")

    def stopped(self: Path, target: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        tables.write_whole(picture, b"new")
    assert picture.read_bytes() == b"old"
    assert names(tmp_path) == ["map.svg"]


def test_a_killed_command_leaves_what_was_there(tmp_path: Path) -> None:
    """The program is killed outright while it holds a half-written file open."""
    picture = tmp_path / "map.svg"
    picture.write_bytes(b"old")
    program = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from sala.web.cli import tables\n"
        "write = os.fdopen\n"
        "def half(handle, mode):\n"
        "    os.write(handle, b'ne')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "os.fdopen = half\n"
        "tables.write_whole(Path(sys.argv[1]), b'new')\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(picture)], check=False, timeout=120)
    assert done.returncode == -signal.SIGKILL
    assert picture.read_bytes() == b"old"
