"""Folders that are written whole: all files of a model, all tables of a data set, or what was there before."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from sala.engines.files.errors import UnwritableError, words_of


def write_folder(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Put files into `folder` whole or not at all: written beside it first, then exchanged.

    A folder that holds other files than these is left alone. Of a symbolic link the target is exchanged and the
    link stays; mode and owner of a folder that is there stay. Raises UnwritableError.
    """
    target = Path(os.path.realpath(folder))
    if target.exists() and not target.is_dir():
        raise UnwritableError(str(folder), "is a file, not a folder")
    try:
        strange = (
            [there.name for there in target.iterdir() if there.name not in contents]
            if target.is_dir()
            else []
        )
    except OSError as problem:
        raise UnwritableError(str(folder), f"cannot be read ({words_of(problem)})") from None
    if strange:
        raise UnwritableError(
            str(folder), f"holds other files ({sorted(strange)[0]}); name a new or empty folder"
        )
    with _told(folder), _beside(target) as fresh:
        for name, content in contents.items():
            (fresh / name).write_bytes(content)
        _exchange(fresh, target)


@contextmanager
def make_folder(folder: Path) -> Iterator[Path]:
    """A new folder to fill; it stands under its name only when the block ends well. Raises UnwritableError."""
    if os.path.lexists(folder):
        raise UnwritableError(str(folder), "is already there")
    with _told(folder), _beside(folder) as fresh:
        yield fresh
        os.replace(fresh, folder)


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as problem:
        raise UnwritableError(str(folder), f"cannot be written ({words_of(problem)})") from None


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """An empty folder next to another, gone at the end unless it was moved into place."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = folder.with_name(f".{folder.name}.{os.getpid()}")
    fresh.mkdir()
    try:
        yield fresh
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _exchange(fresh: Path, folder: Path) -> None:
    """Put `fresh` where `folder` is; what was there goes only when the new one stands."""
    old = fresh.with_name(f"{fresh.name}-old")
    if folder.is_dir():
        found = folder.stat()
        fresh.chmod(found.st_mode & 0o7777)
        with suppress(PermissionError):
            os.chown(fresh, found.st_uid, found.st_gid)
        os.replace(folder, old)
    try:
        os.replace(fresh, folder)
    except BaseException:
        if old.is_dir():
            os.replace(old, folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
