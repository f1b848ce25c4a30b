"""Words of complaints beside the entries that commit to them, for whoever wants to check that nothing was exchanged."""

from collections.abc import Iterator

from sala.commons.moderation.queries import Kept, words_committed
from sala.engines import thai
from sala.services.complaints.models import Complaint


def list_kept(most: int = 500) -> Iterator[Kept]:
    """The newest complaints and what was said about them, each with its salt. Three queries.

    What nobody's salt opens any more was erased, and is left out.
    """
    newest = Complaint.objects.exclude(salt=b"").exclude(entry_id=None).order_by("-pk")[:most]
    for one in newest.select_related("matter").prefetch_related("matter__messages"):
        salt = bytes(one.salt)
        committed = words_committed(one.public_text, one.original, salt[-16:])
        yield Kept(one.entry_id or 0, salt[:-16], (committed,))
        for message in one.matter.messages.all():
            if message.entry_id and message.salt:
                # Words that are not public were committed to as covered until they were committed to as they are.
                said = dict.fromkeys((message.public_text or message.text, message.text))
                older = [] if message.public_text else [str(thai.cover(message.text))]
                secrets = tuple({"text": text} for text in (*said, *older))
                yield Kept(message.entry_id, bytes(message.salt), secrets)
