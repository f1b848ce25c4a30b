"""What becomes of complaints when the person who filed them has their account erased."""

from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django.db.models import F

from sala.commons.ledger import actions as ledger
from sala.commons.matters import uploads
from sala.services.complaints.models import Attachment, Complaint, Draft, Message, SavedView, Support


@ledger.part_of_action("the person's erasure leaves the entry")
def erase_person(person_id: int) -> None:
    """Cut every complaint loose from the person: contact, link and name go, at once and everywhere.

    Of a closed complaint only the masked public text stays: the original, the salt that opens its commitment,
    answers and files that were not public go too. An open one keeps its text until the office has done its task
    (Personal Data Protection Act, section 24 (4)), but not whose it is.
    """
    filed = Complaint.objects.filter(person_id=person_id)
    closed = list(filed.filter(matter__closed_at__isnull=False).values_list("pk", flat=True))
    _erase_words(closed)
    _erase_files(closed)
    filed.update(person=None, contact_sealed="", phone_tail_digest="", key_digest="")
    Message.objects.filter(author_id=person_id).update(author=None)
    Attachment.objects.filter(added_by_id=person_id).update(added_by=None)
    Support.objects.filter(person_id=person_id).update(person=None)
    SavedView.objects.filter(person_id=person_id).delete()
    drafts = Draft.objects.filter(person_id=person_id)
    _drop_files(Attachment.objects.filter(draft__in=drafts).values_list("stored_as", flat=True))
    drafts.delete()


def _erase_words(closed: list[int]) -> None:
    Complaint.objects.filter(pk__in=closed).update(original=F("public_text"), salt=b"", rating_words="")
    said = Message.objects.filter(complaint_id__in=closed, kind__in=Message.PERSONS)
    said.update(text=F("public_text"), salt=b"")


def _erase_files(closed: list[int]) -> None:
    hidden = Attachment.objects.filter(complaint_id__in=closed, is_public=False, by_agency="")
    _drop_files(hidden.values_list("stored_as", flat=True))
    hidden.delete()


def _drop_files(names: Iterable[str]) -> None:
    """Take the files away once it is certain that the erasure holds."""
    for name in list(names):
        transaction.on_commit(partial(uploads.drop_file, name))
