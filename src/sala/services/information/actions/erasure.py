"""What becomes of requests when the person who asked has their account erased."""

from collections.abc import Sequence

from django.db.models import F

from sala.commons.correspondence import actions as correspondence
from sala.commons.drafts import actions as drafts
from sala.commons.files import actions as files
from sala.commons.files import queries as file_queries
from sala.commons.ledger import actions as ledger
from sala.commons.moderation import actions as moderation
from sala.services.information.models import Request

BY_PERSON = frozenset({"answer", "missing", "attached", "words"})


@ledger.part_of_action("the person's erasure leaves the entry")
def erase_person(person_id: int) -> None:
    """Cut every request loose from the person: contact, link and name go, at once and everywhere.

    Of one that is over only the public words stay. An open one keeps its words until the office has done its task
    (Personal Data Protection Act, section 24 (4)), but not whose it is.
    """
    asked = Request.objects.filter(person_id=person_id)
    over = list(asked.filter(matter__closed_at__isnull=False).values_list("pk", flat=True))
    _erase_words(over)
    asked.exclude(pk__in=over).update(is_to_be_erased=True)
    asked.update(person=None, contact_sealed="", address_sealed="", phone_tail_digest="", key_digest="")
    correspondence.forget_author(person_id)
    files.forget_adder(person_id)
    drafts.forget_writer(person_id)


@ledger.part_of_action("the move that answers or ends it leaves the entry")
def finish_erasure(request: Request) -> None:
    """The office has done its task, so what its erased person told goes now, as it would have gone at once."""
    if request.is_to_be_erased:
        _erase_words([request.pk])
        Request.objects.filter(pk=request.pk).update(is_to_be_erased=False)
        request.refresh_from_db(
            fields=["original", "where_to_look", "salt", "office_text", "is_to_be_erased"]
        )


def _erase_words(over: Sequence[int]) -> None:
    Request.objects.filter(pk__in=over).update(
        original=F("public_text"), office_text="", where_to_look=F("public_where"), salt=b""
    )
    correspondence.erase_words(over, kinds=BY_PERSON)
    moderation.erase_appeals(over)
    for key in over:
        sent = file_queries.list_of_matter(key)
        files.forget_files(file for file in sent if not file.is_public and not file.by_agency)
