"""What becomes of complaints when the person who filed them has their account erased."""

from django.db.models import F

from sala.commons.correspondence import actions as correspondence
from sala.commons.drafts import actions as drafts
from sala.commons.files import actions as files
from sala.commons.files import queries as file_queries
from sala.commons.ledger import actions as ledger
from sala.commons.moderation import actions as moderation
from sala.services.complaints import rules
from sala.services.complaints.models import Complaint


@ledger.part_of_action("the person's erasure leaves the entry")
def erase_person(person_id: int) -> None:
    """Cut every complaint loose from the person: contact, link and name go, at once and everywhere.

    Of a closed complaint only the masked public text stays: the original, the salt that opens its commitment,
    answers and files that were not public go too. An open one keeps its text until the office has done its task
    (Personal Data Protection Act, section 24 (4)), but not whose it is; the move that closes it erases the rest.
    """
    filed = Complaint.objects.filter(person_id=person_id)
    closed = list(filed.filter(matter__closed_at__isnull=False).values_list("pk", flat=True))
    _erase_words(closed)
    _erase_files(closed)
    filed.exclude(pk__in=closed).update(is_to_be_erased=True)
    filed.update(
        person=None, contact_sealed="", point_sealed="", phone_tail_digest="", phone_digest="", key_digest=""
    )
    correspondence.forget_author(person_id)
    files.forget_adder(person_id)
    drafts.forget_writer(person_id)


@ledger.part_of_action("the move that closes it leaves the entry")
def finish_erasure(complaint: Complaint) -> None:
    """The office has done its task, so what its erased person told goes now, as it would have gone at once."""
    if complaint.is_to_be_erased:
        _erase_words([complaint.pk])
        _erase_files([complaint.pk])
        Complaint.objects.filter(pk=complaint.pk).update(is_to_be_erased=False, office_text="")
        complaint.refresh_from_db(
            fields=["original", "salt", "rating_words", "office_text", "is_to_be_erased"]
        )


def _erase_words(closed: list[int]) -> None:
    Complaint.objects.filter(pk__in=closed).update(
        original=F("public_text"), office_text="", salt=b"", rating_words=""
    )
    correspondence.erase_words(closed, kinds=rules.BY_PERSON)
    moderation.erase_appeals(closed)


def _erase_files(closed: list[int]) -> None:
    for complaint in closed:
        sent = file_queries.list_of_matter(complaint)
        files.forget_files(file for file in sent if not file.is_public and not file.by_agency)
