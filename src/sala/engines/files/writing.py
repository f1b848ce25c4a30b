"""The one writer: only a regular file is exchanged whole; all else is written to and never replaced.

A command that moved a finished file over `/dev/null` would leave a regular file there, and the machine broken
for every other user. So: devices, pipes and sockets are opened and written; of a symbolic link the target is
written and the link stays; an existing file keeps its mode and its owner; a reader sees the old file or the
new one, never half of one.
"""

import errno
import gzip
import os
import shutil
import socket
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, BinaryIO, Final, cast

from sala.engines.files.errors import STANDARD_OUTPUT, UnwritableError, words_of
from sala.engines.files.scratch import scratch_file

_BUFFER: Final = 1 << 20
_MOST_LINKS: Final = 40
# names that stand for what this program has open already; there is nothing to exchange behind them
_OPEN_ALREADY: Final = ("/dev/fd/", "/dev/stdin", "/dev/stdout", "/dev/stderr", "/proc/")


@contextmanager
def open_output(name: str | Path) -> Iterator[BinaryIO]:
    """A stream of bytes into a file, device, pipe or socket; `-` is standard output. `.gz` packs.

    A regular file appears under its name only when the block ends well; otherwise it stays as it was.
    Raises UnwritableError. A reader that went away raises BrokenPipeError, as for standard output.
    """
    if str(name) == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with _told(str(name)), _target(str(name)) as out:
        if str(name).endswith(".gz"):
            # no name and no time inside, so that equal contents are equal files
            with gzip.GzipFile(filename="", fileobj=out, mode="wb", mtime=0) as packed:
                yield cast(BinaryIO, _Telling(cast(IO[bytes], packed), str(name)))
        else:
            yield cast(BinaryIO, _Telling(out, str(name)))


def write_output(name: str | Path, pieces: bytes | Iterable[bytes]) -> None:
    """All of `pieces` into `name`, by the rules of `open_output`."""
    with open_output(name) as out:
        for piece in (pieces,) if isinstance(pieces, bytes) else pieces:
            out.write(piece)


class _Telling:
    """A stream whose own faults name it, so that they are not taken for faults of what is written."""

    def __init__(self, out: IO[bytes], name: str) -> None:
        self._out, self._name = out, name

    def write(self, content: bytes) -> int:
        with _told(self._name):
            return self._out.write(content)

    def writelines(self, pieces: Iterable[bytes]) -> None:
        for piece in pieces:
            self.write(piece)

    def flush(self) -> None:
        with _told(self._name):
            self._out.flush()


@contextmanager
def _told(name: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except FileNotFoundError:
        raise UnwritableError(name, "there is no such folder") from None
    except OSError as problem:
        raise UnwritableError(name, f"cannot be written ({words_of(problem)})") from None


@contextmanager
def _target(name: str) -> Iterator[IO[bytes]]:
    path = _follow(name)
    try:
        found = os.stat(path)
    except FileNotFoundError:
        found = None
    if path.startswith(_OPEN_ALREADY) or (found is not None and not stat.S_ISREG(found.st_mode)):
        with _straight(path, found) as out:
            yield out
        return
    with _exchanged(path, found) as out:
        yield out


def _follow(name: str) -> str:
    """The end of a chain of links; the last part need not be there."""
    path = name
    for _ in range(_MOST_LINKS):
        if path.startswith(_OPEN_ALREADY) or not os.path.islink(path):
            return path
        path = os.path.join(os.path.dirname(path), os.readlink(path))
    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), name)


@contextmanager
def _straight(path: str, found: os.stat_result | None) -> Iterator[IO[bytes]]:
    """What is no regular file: written as it comes, piece by piece."""
    if found is not None and stat.S_ISDIR(found.st_mode):
        raise OSError(errno.EISDIR, "this is a folder", path)
    if found is not None and stat.S_ISSOCK(found.st_mode):
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(path)
            with line.makefile("wb", buffering=_BUFFER) as out:
                yield cast(IO[bytes], out)
        return
    # neither made nor cut: O_CREAT and O_TRUNC mean nothing here, and the thing might just have gone
    with open(os.open(path, os.O_WRONLY), "wb", buffering=_BUFFER) as out:
        yield out


@contextmanager
def _exchanged(path: str, found: os.stat_result | None) -> Iterator[IO[bytes]]:
    if found is not None and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
    try:
        handle, beside = _new_beside(path)
    except PermissionError:
        if found is None:
            raise
        # The folder may not be written, the file in it may: it is filled where it lies.
        with scratch_file() as whole:
            yield whole
            _fill(path, whole)
        return
    try:
        with open(handle, "w+b", buffering=_BUFFER) as out:
            yield out
            out.flush()
            if found is None or _is_made_alike(out.fileno(), found):
                os.fsync(out.fileno())
                os.replace(beside, path)
            else:
                _fill(path, out)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(beside)
    _keep_name(path)


def _new_beside(path: str) -> tuple[int, str]:
    """A new file in the same folder, with the mode that the umask gives (mkstemp would hide it from all)."""
    folder, name = os.path.split(path)
    for number in range(1000):
        beside = os.path.join(folder, f".{name[:60]}.{os.getpid()}-{number}")
        with suppress(FileExistsError):
            return os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666), beside
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path)


def _is_made_alike(handle: int, found: os.stat_result) -> bool:
    """Give a new file the owner and mode of the old one; False where we may not give files away."""
    ours = os.fstat(handle)
    try:
        if (ours.st_uid, ours.st_gid) != (found.st_uid, found.st_gid):
            os.fchown(handle, found.st_uid, found.st_gid)
    except PermissionError:
        return False
    os.fchmod(handle, stat.S_IMODE(found.st_mode))
    return True


def _fill(path: str, whole: IO[bytes]) -> None:
    """Put finished content into a file where it lies: owner, mode and links to it stay."""
    whole.seek(0)
    with open(path, "r+b") as out:
        shutil.copyfileobj(whole, out, _BUFFER)
        out.truncate()
        out.flush()
        os.fsync(out.fileno())


def _keep_name(path: str) -> None:
    """Have the folder remember the new name through a loss of power; some file systems cannot, which is well."""
    with suppress(OSError):
        handle = os.open(os.path.dirname(path) or ".", os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def name_of_output(name: str | Path | None) -> str:
    """The name to show for an output; none is standard output."""
    return STANDARD_OUTPUT if name is None or str(name) == "-" else str(name)
