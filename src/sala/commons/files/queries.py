"""Reads of files: those of a matter, those held for a draft, what is in one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.files.storage import default_storage
from django.db.models import BigIntegerField, CharField, Q

from sala.commons.files import rules
from sala.commons.files.models import File
from sala.commons.files.rules import Wish
from sala.platform.statements import Given, Rows

__all__ = [
    "Astray",
    "File",
    "Wish",
    "find_file",
    "find_held",
    "list_astray",
    "list_awaiting_look",
    "list_held",
    "list_of_matter",
    "list_public",
    "read_file",
]


_OF_MATTER = Rows(lambda: File.objects.filter(matter_id=Given("matter", BigIntegerField())).order_by("pk"))
_HELD = Rows(lambda: File.objects.filter(holder=Given("holder", CharField())).order_by("pk"))


def list_of_matter(matter_id: int) -> list[File]:
    """Every file of a matter, the first added first. One query."""
    return _OF_MATTER.list(matter=matter_id)


def list_public(matter_ids: Iterable[int], now: datetime) -> dict[int, list[File]]:
    """The files of several matters that everyone may see now, by matter, the first added first. One query."""
    found: dict[int, list[File]] = defaultdict(list)
    seen = Q(is_public=True) & (Q(public_from=None) | Q(public_from__lte=now))
    for file in File.objects.filter(seen, matter_id__in=list(matter_ids)).order_by("pk"):
        found[file.matter_id or 0].append(file)
    return found


def find_file(matter_id: int, stored_as: str) -> File | None:
    """The file of a matter under this name, or None."""
    return File.objects.filter(matter_id=matter_id, stored_as=stored_as).first()


def list_awaiting_look() -> list[File]:
    """The files that wait for a moderator's look, whoever's they are, the oldest first; the first 500. One query."""
    return list(File.objects.filter(awaits_look=True).order_by("pk")[:500])


def list_held(holder: str) -> list[File]:
    """The files held for something that is no matter yet, the first added first; none for ""."""
    return _HELD.list(holder=holder) if holder else []


def find_held(holder: str, stored_as: str) -> File | None:
    """The held file under this name, or None."""
    return File.objects.filter(holder=holder, stored_as=stored_as).first() if holder else None


def read_file(stored_as: str) -> bytes:
    """The content of a kept file. Raises FileNotFoundError."""
    with default_storage.open(stored_as) as file:
        return bytes(file.read())


@dataclass(frozen=True, slots=True)
class Astray:
    """Names of stored files that belong to nothing, and of rows whose stored file is gone."""

    nobodys: tuple[str, ...]
    missing: tuple[str, ...]


def list_astray(now: datetime) -> Astray:
    """What the disk and the table do not agree on. Reads all of both: for the night, and for who asks."""
    try:
        _, stored = default_storage.listdir("")
    except FileNotFoundError:  # nothing was ever stored
        stored = []
    known = set(File.objects.values_list("stored_as", flat=True))
    return Astray(
        nobodys=tuple(
            name
            for name in sorted(set(stored) - known)
            if rules.is_nobodys(
                name, has_row=False, stored_at=default_storage.get_modified_time(name), now=now
            )
        ),
        missing=tuple(sorted(known - set(stored))),
    )
