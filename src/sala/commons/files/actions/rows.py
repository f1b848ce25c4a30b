"""Rows of files. They run inside the action of the box whose matter it is, which leaves the entry."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import partial

from django.db import transaction

from sala.commons.files.actions.keeping import KeptFile, drop_file
from sala.commons.files.models import File
from sala.commons.files.queries import list_held
from sala.commons.files.rules import Wish, awaits_look, is_shown_at_once
from sala.commons.ledger import actions as ledger

__all__ = ["File"]


@ledger.part_of_action("the action that adds them leaves the entry")
def add_files(
    kept: Sequence[KeptFile],
    *,
    matter_id: int,
    now: datetime,
    is_public: bool = False,
    looks_first: bool = False,
    public_from: datetime | None = None,
    message_id: int | None = None,
    by_agency: str = "",
    person_id: int | None = None,
) -> list[File]:
    """Kept files belong to a matter from now on, and are seen as each wishes.

    `is_public`: what is said with them is; `looks_first`: a moderator looks before everyone may see them;
    `public_from`: nobody else sees them before.
    """
    rows = [
        File(
            matter_id=matter_id,
            message_id=message_id,
            public_from=public_from,
            **_seen(one.wish, is_public, looks_first),
            by_agency=by_agency,
            added_by_id=person_id,
            added_at=now,
            **one.columns(),
        )
        for one in kept
    ]
    return File.objects.bulk_create(rows)


def _seen(wish: Wish, is_public: bool, looks_first: bool) -> dict[str, bool]:
    given = {"is_matter_public": is_public, "looks_first": looks_first}
    return {"is_public": is_shown_at_once(wish, **given), "awaits_look": awaits_look(wish, **given)}


@ledger.part_of_action("what is held is nobody's business until it belongs to a matter")
def hold_file(kept: KeptFile, *, holder: str, now: datetime, person_id: int | None) -> File:
    """A kept file waits with whatever `holder` names."""
    return File.objects.create(holder=holder, added_at=now, added_by_id=person_id, **kept.columns())


@ledger.part_of_action("what is held is nobody's business until it belongs to a matter")
def wish_for(file: File, wish: Wish) -> None:
    """Whoever added a file says who may see it, before it belongs to a matter."""
    file.wish = wish.value
    file.save(update_fields=["wish"])


@ledger.part_of_action("the filing that takes them over leaves the entry")
def take_over(holder: str, *, matter_id: int, is_public: bool, looks_first: bool = False) -> None:
    """What was held belongs to a matter from now on, and is seen as each wishes."""
    if not list_held(
        holder
    ):  # most drafts have no files, and looking is cheaper than three changes of nothing
        return
    for wish in Wish:
        held = File.objects.filter(holder=holder, wish=wish.value)
        held.update(holder="", matter_id=matter_id, **_seen(wish, is_public, looks_first))


@ledger.part_of_action("the message they are shown with leaves the entry")
def show_with(message_id: int, *, matter_id: int, file_ids: Collection[int], is_public: bool) -> None:
    """Files of a matter that were not shown yet are shown with a message."""
    waiting = File.objects.filter(pk__in=file_ids, matter_id=matter_id, message_id__isnull=True)
    waiting.update(message_id=message_id, is_public=is_public)


@ledger.part_of_action("the action that takes them back leaves the entry")
def forget_files(files: Iterable[File]) -> int:
    """Rows and contents of files, and of their covered copies, are gone; returns how many were.

    The one rule of deletion: the row goes in the transaction, the content after it has held. Were it the other
    way round, a transaction that fails would leave rows that show nothing.
    """
    gone = list(files)
    keys = [file.pk for file in gone]
    copies = File.objects.filter(uncovered__in=keys).exclude(pk__in=keys)
    gone += list(copies)
    File.objects.filter(pk__in=[file.pk for file in gone]).delete()
    for file in gone:
        transaction.on_commit(partial(drop_file, file.stored_as))
    return len(gone)


@ledger.part_of_action("the moderator's action that covers it leaves the entry")
def show_covered(file: File, kept: KeptFile, *, now: datetime, person_id: int | None) -> File:
    """Everyone sees the covered copy from now on, where the uncovered file stood; that one nobody but the office.

    Covering a copy again takes its place. Returns the copy.
    """
    original = file.uncovered or file
    if file is not original:
        forget_files([file])
    original.is_public = original.awaits_look = False
    original.save(update_fields=["is_public", "awaits_look"])
    values = {
        name: getattr(original, name) for name in ("matter_id", "message_id", "by_agency", "public_from")
    }
    return File.objects.create(
        uncovered=original, is_public=True, added_at=now, added_by_id=person_id, **values, **kept.columns()
    )


@ledger.part_of_action("the moderator's action that lets it be seen leaves the entry")
def publish_file(file: File, *, now: datetime) -> None:
    """A moderator has looked, and everyone may see it from now on."""
    file.is_public, file.awaits_look = True, False
    file.public_from = max(filter(None, (file.public_from, now)))
    file.save(update_fields=["is_public", "awaits_look", "public_from"])


@ledger.part_of_action("the decision on an appeal leaves the entry")
def await_look(file: File) -> None:
    """A moderator looks at it once more; until then everyone sees of it what they saw before."""
    file.awaits_look = True
    file.save(update_fields=["awaits_look"])


@ledger.part_of_action("the moderator's action that keeps it for the office leaves the entry")
def withhold_file(file: File) -> None:
    """Only the office and whoever sent it see it from now on, and its covered copy too."""
    for one in (file, *File.objects.filter(uncovered=file)):
        one.is_public = one.awaits_look = False
        one.save(update_fields=["is_public", "awaits_look"])


@ledger.part_of_action("the person's erasure leaves the entry")
def forget_adder(person_id: int) -> None:
    """Nobody can tell any more that this person added a file."""
    File.objects.filter(added_by_id=person_id).update(added_by=None)
