"""What is written as a folder is there whole or not at all, even where the writing is stopped in the middle."""

import os
from pathlib import Path
from typing import Any

import pytest

from sala.engines import files


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_is_exchanged_whole(tmp_path: Path) -> None:
    files.write_folder(tmp_path / "model", {"a": b"1"})
    files.write_folder(tmp_path / "model", {"a": b"2"})
    assert (tmp_path / "model" / "a").read_bytes() == b"2"
    assert names(tmp_path) == ["model"]


def test_the_old_folder_stays_where_the_exchange_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.write_folder(tmp_path / "model", {"a": b"1"})
    replace = os.replace

    def stopped(source: Any, target: Any) -> None:
        if Path(target) == tmp_path / "model" and not str(source).endswith("-old"):
            raise KeyboardInterrupt
        replace(source, target)

    monkeypatch.setattr(os, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        files.write_folder(tmp_path / "model", {"a": b"2"})
    assert (tmp_path / "model" / "a").read_bytes() == b"1"
    assert names(tmp_path) == ["model"]


def test_a_link_to_a_folder_stays_a_link_and_the_folder_keeps_its_mode(tmp_path: Path) -> None:
    files.write_folder(tmp_path / "first", {"a": b"1"})
    (tmp_path / "first").chmod(0o750)
    (tmp_path / "model").symlink_to("first")
    files.write_folder(tmp_path / "model", {"a": b"2"})
    assert (tmp_path / "model").is_symlink()
    assert (tmp_path / "first" / "a").read_bytes() == b"2"
    assert (tmp_path / "first").stat().st_mode & 0o777 == 0o750


def test_a_folder_with_other_files_and_a_file_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(files.UnwritableError, match="holds other files"):
        files.write_folder(tmp_path, {"a": b"1"})
    with pytest.raises(files.UnwritableError, match="is a file"):
        files.write_folder(tmp_path / "thesis.txt", {"a": b"1"})
    assert names(tmp_path) == ["thesis.txt"]


def test_a_new_folder_stands_only_when_it_is_filled(tmp_path: Path) -> None:
    with pytest.raises(files.UnwritableError), files.make_folder(tmp_path / "tables") as folder:  # noqa: PT012  # the writing inside the block is what is tried
        (folder / "a").write_text("1")
        raise OSError(28, "No space left on device")
    assert names(tmp_path) == []
    with files.make_folder(tmp_path / "tables") as folder:
        (folder / "a").write_text("1")
    assert names(tmp_path) == ["tables"]
    with pytest.raises(files.UnwritableError, match="already there"), files.make_folder(tmp_path / "tables"):
        pass
