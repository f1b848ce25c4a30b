"""What becomes of legal questions when the person who asked has their account erased."""

from collections.abc import Sequence

from django.db.models import F

from sala.commons.correspondence import actions as correspondence
from sala.commons.drafts import actions as drafts
from sala.commons.ledger import actions as ledger
from sala.engines.thai.public_text import NOTHING
from sala.services.lawmaking.models import LegalQuestion

BY_PERSON = frozenset({"answer", "follow_up"})


@ledger.part_of_action("the person's erasure leaves the entry")
def erase_person(person_id: int) -> None:
    """Cut every question loose from the person: contact, link and chosen name go, at once and everywhere.

    Of one that is over only the public words stay. An open one keeps its words until the office has answered
    (Personal Data Protection Act, section 24 (4)), but not whose it is.
    """
    asked = LegalQuestion.objects.filter(person_id=person_id)
    over = list(asked.filter(matter__closed_at__isnull=False).values_list("pk", flat=True))
    _erase_words(over)
    asked.exclude(pk__in=over).update(is_to_be_erased=True)
    asked.update(person=None, contact_sealed="", phone_tail_digest="", key_digest="", shown_name=NOTHING)
    correspondence.forget_author(person_id)
    drafts.forget_writer(person_id)


@ledger.part_of_action("the move that answers or ends it leaves the entry")
def finish_erasure(question: LegalQuestion) -> None:
    """The office has done its task, so what its erased person told goes now, as it would have gone at once."""
    if question.is_to_be_erased:
        _erase_words([question.pk])
        LegalQuestion.objects.filter(pk=question.pk).update(is_to_be_erased=False)
        question.refresh_from_db(fields=["original", "salt", "office_text", "is_to_be_erased"])


def _erase_words(over: Sequence[int]) -> None:
    LegalQuestion.objects.filter(pk__in=over).update(original=F("public_text"), office_text="", salt=b"")
    correspondence.erase_words(over, kinds=BY_PERSON)
