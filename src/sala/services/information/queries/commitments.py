"""Words of requests beside the entries that commit to them, for whoever wants to check that nothing was exchanged."""

from collections.abc import Iterator

from sala.commons.moderation.queries import Kept, kept_messages, kept_words
from sala.services.information.models import Request


def list_kept(most: int = 500) -> Iterator[Kept]:
    """The newest requests, what was answered and what was written, each with its salt. Four queries.

    What nobody's salt opens any more was erased, and is left out.
    """
    newest = Request.objects.exclude(salt=b"").exclude(entry_id=None).order_by("-pk")[:most]
    for one in newest.select_related("matter").prefetch_related("answers", "matter__messages"):
        yield kept_words(one, one.original)
        yield from (kept_words(answer, answer.text) for answer in one.answers.all() if answer.entry_id)
        yield from kept_messages(one.matter.messages.all())
