"""Complaints by e-mail: what a person answers to a letter about their complaint becomes their words on it."""

import hmac
from io import BytesIO

from django.conf import settings

from sala.commons.drafts.queries import Proof, letter_key
from sala.commons.files import actions as files
from sala.commons.files import words as file_words
from sala.commons.identity import queries as people
from sala.core import mailboxes
from sala.core.actors import ANONYMOUS, Channel
from sala.core.errors import Refused
from sala.platform import seals
from sala.platform.letters import Arrived
from sala.services.complaints import actions, queries
from sala.services.complaints.models import Complaint


def mail_secret(complaint: Complaint) -> str:
    """What the address for answers carries: another secret than the person's link, good for adding words alone."""
    return seals.digest("complaint-mail", complaint.matter.reference, complaint.key_digest)[:20]


def reply_address(reference: str) -> str:
    """Where an answer to a letter about a complaint goes; "" where the installation takes no mail."""
    if not settings.MAIL_ADDRESS:
        return ""
    return mailboxes.plus_address(
        settings.MAIL_ADDRESS, reference, mail_secret(queries.get_complaint(reference))
    )


def take_mail(arrived: Arrived) -> str:
    """Add the person's words from their own address; "" for anything else.

    The secret is in the letter, and anybody can write a sender: so a letter may add words, and never confirm, open
    again or appeal. Raises what the action refuses with.
    """
    complaint = queries.get_complaint(arrived.reference)
    own = mail_secret(complaint).encode()
    if arrived.is_automatic or not hmac.compare_digest(own, arrived.secret.lower().encode()):
        return ""
    if mailboxes.folded(arrived.sender) not in _mailboxes(complaint):
        raise Refused("only_who_filed")
    with files.kept_of_letter(BytesIO(content) for _, content in arrived.files) as (kept, left_out):
        actions.answer_question(
            actor=ANONYMOUS.by(Channel.EMAIL),
            now=arrived.at,
            reference=arrived.reference,
            text="\n\n".join(filter(None, (arrived.text, file_words.left_out(left_out)))),
            proof=Proof(key=letter_key(complaint)),
            pictures=tuple(kept),
        )
    return "answer"


def _mailboxes(complaint: Complaint) -> set[str]:
    """The mailboxes of whoever filed: the contact they gave, and their account's address."""
    found = [queries.unsealed_contact(complaint).email]
    if complaint.person_id:
        found.append(people.address_of(complaint.person_id))
    return {mailboxes.folded(address) for address in found if address}
