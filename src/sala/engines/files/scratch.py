"""Temporary files and folders that go away at the end, also where the end is a fault or a signal.

They are taken away by Python's own unwinding; a command makes SIGTERM an exception (see the entrance of the
engines' commands), so that unwinding happens there too.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from sala.engines.files.errors import UnwritableError, words_of


@contextmanager
def scratch_folder(inside: str | Path | None = None) -> Iterator[Path]:
    """A new folder (`inside` this one, or where the system keeps such), removed with all it holds."""
    try:
        folder = tempfile.TemporaryDirectory(prefix="sala-", dir=inside, ignore_cleanup_errors=True)
    except OSError as problem:
        raise no_room(problem, inside) from None
    with folder as name:
        yield Path(name)


@contextmanager
def scratch_file() -> Iterator[BinaryIO]:
    """A file without a name: the system takes it back even where the program is killed outright."""
    try:
        file = tempfile.TemporaryFile()  # noqa: SIM115  # closed below, its making told apart from its use
    except OSError as problem:
        raise no_room(problem) from None
    with file:
        yield cast(BinaryIO, file)


def no_room(problem: OSError, inside: str | Path | None = None) -> UnwritableError:
    """What to say where temporary files cannot be kept."""
    return UnwritableError(
        str(inside or tempfile.gettempdir()), f"cannot hold temporary files ({words_of(problem)})"
    )
