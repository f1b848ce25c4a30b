"""Keys: written whole or not at all, never over others, and read in words when they cannot be read."""

import os
import resource
from pathlib import Path

import pytest

from sala.platform import keys


def test_a_set_is_whole_and_its_owners_alone(tmp_path: Path) -> None:
    target = tmp_path / "keys.env"
    keys.write_keys(target)
    names = [line.partition("=")[0] for line in target.read_text().splitlines()]
    assert tuple(names) == keys.NAMES
    assert target.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["keys.env"]


def test_keys_in_use_are_never_replaced(tmp_path: Path) -> None:
    target = tmp_path / "keys.env"
    target.write_text("SALA_SECRET_KEY=mine\n")
    with pytest.raises(FileExistsError):
        keys.write_keys(target)
    assert target.read_text() == "SALA_SECRET_KEY=mine\n"
    assert [path.name for path in tmp_path.iterdir()] == ["keys.env"]


def test_a_full_disk_leaves_no_half_of_a_set(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40, hard))
    try:
        with pytest.raises(OSError, match="too large"):
            keys.write_keys(tmp_path / "keys.env")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not list(tmp_path.iterdir())


def test_what_is_set_already_stays_and_what_is_missing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in keys.NAMES:
        monkeypatch.setenv(name, "to be put back after the test")
        monkeypatch.delenv(name)
    monkeypatch.setenv("SALA_SECRET_KEY", "from the environment")
    (tmp_path / "keys.env").write_text("# ours\nSALA_SECRET_KEY=x\nSALA_DATA_KEYS=y\n")
    keys.load_keys(tmp_path / "keys.env")
    assert os.environ["SALA_SECRET_KEY"] == "from the environment"
    assert keys.list_missing() == ["SALA_DIGEST_KEY", "SALA_LEDGER_KEY"]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", None])
def test_keys_that_cannot_be_read_are_said_so(tmp_path: Path, content: bytes | None) -> None:
    target = tmp_path / "keys.env"
    if content is None:
        target.mkdir()
    else:
        target.write_bytes(content)
    with pytest.raises(keys.Unreadable, match=r"cannot be read"):
        keys.load_keys(target)
