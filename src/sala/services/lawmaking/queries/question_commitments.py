"""Words of legal questions beside the entries that commit to them: nobody can exchange them unseen."""

from collections.abc import Iterator

from sala.commons.moderation.queries import Kept, kept_messages, kept_words
from sala.services.lawmaking.models import LegalQuestion


def list_kept(most: int = 500) -> Iterator[Kept]:
    """The newest questions, what was answered and what was written, each with its salt. Four queries.

    What nobody's salt opens any more was erased, and is left out.
    """
    newest = LegalQuestion.objects.exclude(salt=b"").exclude(entry_id=None).order_by("-pk")[:most]
    for one in newest.select_related("matter").prefetch_related("answers", "matter__messages"):
        yield kept_words(one, one.original)
        yield from (kept_words(answer, answer.text) for answer in one.answers.all() if answer.entry_id)
        yield from kept_messages(one.matter.messages.all())
