"""The content of files: cleaned in a process of its own with a budget, stored under a name that says nothing."""

import hashlib
import logging
import os
import secrets
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Protocol

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from sala.commons.files.models import File
from sala.commons.files.queries import read_file
from sala.commons.files.rules import Wish
from sala.core.errors import Invalid, NoRoom, TooMany
from sala.engines import cleaning
from sala.engines.cleaning import Area, Cleaned, Unclean

log = logging.getLogger(__name__)

LARGEST_BYTES = 10_000_000
ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}
# Memory and processor time are limited in the process that cleans; these two are how many there are, and how long
# anybody waits for a turn or for the work (seconds).
AT_ONCE = 2
LONGEST_WAIT = 40
_turns = BoundedSemaphore(AT_ONCE)
# What Python needs to start; no key of the site goes where a stranger's file is read.
_PASSED_ON = ("PATH", "PYTHONPATH", "VIRTUAL_ENV", "LANG", "LC_ALL", "SYSTEMROOT", "TMPDIR")


class Upload(Protocol):
    """A file as a form brings it."""

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes of it."""
        ...


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that was sniffed, cleaned and stored; `size_bytes` is of what is stored, `wish` who may see it."""

    stored_as: str
    media_type: str
    size_bytes: int
    sha256: str
    wish: Wish = Wish.PUBLIC

    def columns(self) -> dict[str, object]:
        """The columns of a file's row."""
        return {name: getattr(self, name) for name in self.__slots__} | {"wish": self.wish.value}


@contextmanager
def kept_files(uploads: Iterable[Upload], *, wish: Wish = Wish.PUBLIC) -> Iterator[list[KeptFile]]:
    """Files of a form, cleaned and stored, for the one action within. If it is refused, none stays on the disk.

    Raises what `keep_file` raises.
    """
    kept: list[KeptFile] = []
    try:
        for upload in uploads:
            kept.append(keep_file(upload.read(LARGEST_BYTES + 1), wish=wish))
        yield kept
    except BaseException:
        drop_unowned(kept)
        raise


@contextmanager
def kept_of_letter(
    uploads: Iterable[Upload], *, wish: Wish = Wish.PUBLIC
) -> Iterator[tuple[list[KeptFile], int]]:
    """As `kept_files`, for a letter whose sender cannot be asked again: what cannot be cleaned is left out.

    Gives what was kept and how many were left out, so that the words of the letter say so. Raises TooMany, NoRoom.
    """
    kept: list[KeptFile] = []
    left_out = 0
    try:
        for upload in uploads:
            try:
                kept.append(keep_file(upload.read(LARGEST_BYTES + 1), wish=wish))
            except NoRoom:
                raise
            except Invalid:
                left_out += 1
        yield kept, left_out
    except BaseException:
        drop_unowned(kept)
        raise


def keep_file(content: bytes, *, wish: Wish = Wish.PUBLIC) -> KeptFile:
    """Clean and store a picture (JPEG, PNG, WebP, GIF) or PDF. What it is decides its content, never its name.

    Raises Invalid with the field `files`, TooMany when too many are being cleaned.
    """
    if len(content) > LARGEST_BYTES:
        raise Invalid("invalid", {"files": "file_too_large"})
    return _stored(_apart(content), wish)


def keep_own(content: bytes) -> KeptFile:
    """As `keep_file`, in this process: for what we drew ourselves and no stranger sent. Raises Invalid."""
    try:
        return _stored(cleaning.clean_file(content), Wish.PUBLIC)
    except Unclean as refusal:
        raise Invalid("invalid", {"files": refusal.code}) from None


@contextmanager
def kept_covered(file: File, areas: Sequence[Area]) -> Iterator[KeptFile]:
    """A copy of a picture with areas covered, stored, for the one action within; as `kept_files`.

    Raises Invalid for no areas, or for what is no picture.
    """
    kept = _covered(file, areas)
    try:
        yield kept
    except BaseException:
        drop_unowned([kept])
        raise


def _covered(file: File, areas: Sequence[Area]) -> KeptFile:
    if not areas:
        raise Invalid("invalid", {"areas": "nothing_to_cover"})
    if not file.is_picture:
        raise Invalid("invalid", {"areas": "only_pictures_are_covered"})
    told = [",".join(f"{part:.5f}" for part in area) for area in areas]
    return _stored(_apart(read_file(file.stored_as), "cover", *told), Wish(file.wish))


def _apart(content: bytes, *arguments: str) -> Cleaned:
    """Clean in a process that may not take more than its share, and dies alone if it tries."""
    if not _turns.acquire(timeout=LONGEST_WAIT):
        raise TooMany("too_many", retry_after=LONGEST_WAIT, act="files.clean")
    try:
        done = subprocess.run(  # noqa: S603  # our own module by our own interpreter
            [sys.executable, "-m", "sala.engines.cleaning", *arguments],
            input=content,
            capture_output=True,
            timeout=LONGEST_WAIT,
            check=False,
            env={name: os.environ[name] for name in _PASSED_ON if name in os.environ}
            | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
    except subprocess.TimeoutExpired:
        raise Invalid("invalid", {"files": "file_costs_too_much"}) from None
    finally:
        _turns.release()
    head, _, body = done.stdout.partition(b"\n")
    if done.returncode != 0 or not head:
        # Ended by its limits, or by a fault in a library that reads files: either way it is this file's doing.
        log.warning("a file could not be cleaned: process ended with %s", done.returncode)
        raise Invalid("invalid", {"files": "file_costs_too_much"})
    if head.startswith(b"!"):
        raise Invalid("invalid", {"files": head[1:].decode()})
    return Cleaned(head.decode(), body)


def _stored(clean: Cleaned, wish: Wish) -> KeptFile:
    stored_as = f"{secrets.token_hex(16)}.{ENDINGS[clean.media_type]}"
    try:
        default_storage.save(stored_as, ContentFile(clean.content))
    except (
        OSError
    ):  # a full disk is our trouble; the person keeps what they typed and may send without the file
        log.exception("a file could not be stored")
        drop_file(stored_as)
        raise NoRoom("invalid", {"files": "no_room"}) from None
    return KeptFile(
        stored_as=stored_as,
        media_type=clean.media_type,
        size_bytes=len(clean.content),
        sha256=hashlib.sha256(clean.content).hexdigest(),
        wish=wish,
    )


def drop_file(stored_as: str) -> None:
    """Delete a kept file; one that is gone already is no fault. What cannot be deleted now the sweep takes later."""
    try:
        default_storage.delete(stored_as)
    except OSError:
        log.exception("a file could not be deleted; the sweep tries again")


def drop_unowned(kept: Iterable[KeptFile]) -> None:
    """Delete those that got no row: what was stored for an action that was refused."""
    names = {one.stored_as for one in kept}
    owned = (
        set(File.objects.filter(stored_as__in=names).values_list("stored_as", flat=True)) if names else set()
    )
    for name in names - owned:
        drop_file(name)
