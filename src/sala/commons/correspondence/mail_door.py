"""The door for letters that come in: finds whose matter it is and hands the letter to that kind, each letter once."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from django.conf import settings

from sala.commons.correspondence import actions
from sala.commons.correspondence.reading import Read, read_letter
from sala.commons.matters import queries as matters
from sala.commons.matters import slots
from sala.core import clock, mailboxes
from sala.core.actors import SYSTEM
from sala.core.errors import SalaError
from sala.platform import seals
from sala.platform.letters import Arrived


class Outcome(StrEnum):
    """What became of a letter. A mail server must be told which: some are kept, some come back to their sender."""

    TAKEN = "taken"
    REPEATED = "repeated"
    UNREADABLE = "unreadable"
    NO_SUCH_ADDRESS = "no_such_address"
    REFUSED = "refused"


def take_mail(raw: bytes, *, recipient: str = "", now: datetime | None = None) -> Outcome:
    """Take a letter as a mail server hands it over (RFC 5322); `recipient` is the envelope's, if it tells.

    Whatever is in it, nothing is raised but for a database that is away: then the server keeps it and comes again.
    """
    letter, at = read_letter(raw, recipient=recipient), now or clock.now()
    if letter is None:
        return Outcome.UNREADABLE
    if letter.plus is None and _is_general(letter):
        return _take_first(letter, raw, at)
    matter = matters.find_matter(letter.plus[0]) if letter.plus else None
    kind = slots.kinds.get(matter.kind) if matter else None
    if letter.plus is None or matter is None or kind is None or kind.take_mail is None:
        return Outcome.NO_SUCH_ADDRESS
    mark = seals.digest("inbound-letter", letter.message_id or raw.hex()[:4096], matter.reference)
    return _taken(kind.take_mail, _arrived(letter, matter.reference, at), mark=mark, matter_id=matter.pk)


def _is_general(letter: Read) -> bool:
    """Whether a letter came to the site's general address, and so is about no matter yet."""
    general = mailboxes.folded(settings.MAIL_ADDRESS)
    return bool(general) and general in {mailboxes.folded(address) for address in letter.addresses}


def _take_first(letter: Read, raw: bytes, at: datetime) -> Outcome:
    """A letter about no matter yet goes to the kind that begins by letter; without one the address is none."""
    begin = next((kind.begin_by_mail for kind in slots.kinds.values() if kind.begin_by_mail), None)
    if begin is None:
        return Outcome.NO_SUCH_ADDRESS
    mark = seals.digest("inbound-letter", letter.message_id or raw.hex()[:4096], "")
    return _taken(begin, _arrived(letter, "", at), mark=mark, matter_id=None)


def _taken(take: Callable[[Arrived], str], arrived: Arrived, *, mark: str, matter_id: int | None) -> Outcome:
    """Hand a letter over, once."""
    if not actions.claim_letter(actor=SYSTEM, mark=mark, matter_id=matter_id, now=arrived.at):
        return Outcome.REPEATED
    try:
        taken_as = take(arrived)
    except SalaError:
        taken_as = ""  # the kind of matter says no: to the words, to the time, to the sender
    actions.note_letter(actor=SYSTEM, mark=mark, taken_as=taken_as)
    return Outcome.TAKEN if taken_as else Outcome.REFUSED


def _arrived(letter: Read, reference: str, at: datetime) -> Arrived:
    return Arrived(
        reference=reference,
        secret=letter.plus[1] if letter.plus else "",
        sender=letter.sender,
        subject=letter.subject,
        text=letter.text,
        is_automatic=letter.is_automatic,
        files=letter.files,
        at=at,
    )
