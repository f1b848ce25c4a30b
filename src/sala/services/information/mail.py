"""Requests by e-mail: a person's answer becomes their words; anybody else's letter is for the office alone."""

import hmac
import re
from io import BytesIO
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from sala.commons.drafts import actions as drafts
from sala.commons.drafts.queries import Proof, letter_key, unsealed_contact
from sala.commons.files import actions as files
from sala.commons.files import words as file_words
from sala.commons.identity import queries as people
from sala.commons.matters import actions as matters
from sala.core import mailboxes
from sala.core.actors import ANONYMOUS, SYSTEM, Channel
from sala.platform import limits, seals
from sala.platform.letters import Arrived
from sala.platform.limits import Key, Policy, Rate
from sala.services.information import actions, permissions
from sala.services.information.models import Request
from sala.services.information.queries import request as requests
from sala.services.information.queries.law import KIND
from sala.services.information.rules.grounds import Wish
from sala.services.information.rules.states import Status


def reply_address(reference: str) -> str:
    """Where an answer to a letter about a request goes; "" where the installation takes no mail."""
    if not settings.MAIL_ADDRESS:
        return ""
    return mailboxes.plus_address(settings.MAIL_ADDRESS, reference, permissions.mail_secret(reference))


def take_mail(arrived: Arrived) -> str:
    """Add the person's words from their own address; keep anybody else's for the office's eyes alone.

    Anybody can write a sender: so a letter may answer a question or add words, and never withdraw, accept, complain
    or appeal. What a program answers by itself, and what lacks the secret, is taken as nothing. Raises what the
    action refuses with.
    """
    asked = requests.get_request(arrived.reference)
    known = permissions.mail_secret(asked.matter.reference).encode()
    if arrived.is_automatic or not hmac.compare_digest(known, arrived.secret.lower().encode()):
        return ""
    is_theirs = mailboxes.folded(arrived.sender) in _mailboxes(asked)
    wish = files.Wish.OFFICE
    with files.kept_of_letter((BytesIO(content) for _, content in arrived.files), wish=wish) as (kept, left):
        with override(asked.language):
            text = "\n\n".join(filter(None, (arrived.text or arrived.subject, file_words.left_out(left))))
        shared: dict[str, Any] = {"now": arrived.at, "reference": asked.matter.reference, "text": text}
        if not is_theirs:
            actions.take_outside_letter(actor=SYSTEM, kept=tuple(kept), **shared)
            return "letter"
        waits = asked.state in (Status.CLARIFYING, Status.ASLEEP)
        act = actions.answer_question if waits else actions.add_words
        proof = Proof(key=letter_key(asked))
        act(actor=ANONYMOUS.by(Channel.EMAIL), proof=proof, kept=tuple(kept), **shared)
    return "answer" if waits else "words"


# Anybody can write a sender: nobody is to be flooded with our question, whoever writes in their name.
FIRST_LETTER = Policy(
    "information.first-letter", {Key.CONTACT: Rate(5, 86_400), Key.ANYBODY: Rate(600, 3600)}
)
_THAI = re.compile(r"[\u0e00-\u0e7f]")


def begin_by_mail(arrived: Arrived) -> str:
    """A first letter is a draft, whose sender is asked whether they wrote it; the link leads to its first question.

    No office gets it, and it has no number and no day, before they have chosen the office and sent it on: a sender
    is only what a letter says of itself. "" for what a program wrote, for no words, and for whoever wrote too often.
    """
    to, words = arrived.sender.strip(), arrived.text.strip()
    if arrived.is_automatic or not words or not matters.is_address(to):
        return ""
    limits.require_room(FIRST_LETTER, {Key.CONTACT: mailboxes.folded(to)}, now=arrived.at)
    language = "th" if _THAI.search(words) or not words.isascii() else "en"
    answers: dict[str, object] = {"text": words, "wish": Wish.INFORMATION.value, "email": to}
    token = drafts.save_draft(
        actor=ANONYMOUS.by(Channel.EMAIL), now=arrived.at, kind=KIND, token="", answers=answers
    )
    with override(language):
        address = reverse("information:step", kwargs={"token": token, "name": "what"})
    key = f"first:{seals.digest('first-letter', token)[:32]}"
    actions.ask_writer(now=arrived.at, to=to, address=address, language=language, key=key)
    return "draft"


def _mailboxes(asked: Request) -> set[str]:
    """The mailboxes of whoever asked: the contact they gave, and their account's address."""
    found = [unsealed_contact(asked).email]
    if asked.person_id:
        found.append(people.address_of(asked.person_id))
    return {mailboxes.folded(address) for address in found if address}
