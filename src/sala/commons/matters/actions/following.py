"""Following a matter: by account or by e-mail, being told of its steps together, and ending it by one click."""

import secrets
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import override

from sala.commons.identity import seals
from sala.commons.ledger import actions as ledger
from sala.commons.ledger import queries as ledger_queries
from sala.commons.ledger.queries import LoggedEntry
from sala.commons.matters import permissions, queries, slots
from sala.commons.matters.models import Follow, Matter, Notice
from sala.commons.matters.queries.following import Letter, contact_digest, token_digest
from sala.commons.matters.rules import Frequency, is_address
from sala.core.actors import SYSTEM, Actor
from sala.core.errors import Invalid, NotFound

PRIVATE = "what a person follows is nobody else's business"


@ledger.action_without_entry(PRIVATE)
def follow_matter(
    *, actor: Actor, now: datetime, reference: str, frequency: Frequency, language: str = "th"
) -> int:
    """The person is told of each step, at most as often as chosen. Raises Refused, NotFound."""
    permissions.require_signed_in(actor)
    matter = queries.get_matter(reference, actor)
    follow, _ = Follow.objects.update_or_create(
        matter=matter,
        person_id=actor.person_id or 0,
        defaults={"frequency": frequency.value, "language": language},
        create_defaults={
            "frequency": frequency.value,
            "language": language,
            "confirmed_at": now,
            "created_at": now,
            "token_digest": "",
        },
    )
    return int(follow.pk)


@ledger.action_without_entry(PRIVATE)
def follow_by_email(
    *, actor: Actor, now: datetime, reference: str, email: str, frequency: Frequency, language: str = "th"
) -> str:
    """A letter with a link goes to the address; only its click begins the following. Returns the link's secret.

    An address that follows already gets no second following and the same answer. Raises Invalid, NotFound.
    """
    matter = queries.get_matter(reference, actor)
    permissions.require_may_see(actor, matter)
    if not is_address(email):
        raise Invalid("invalid", {"email": "not_an_address"})
    token = secrets.token_urlsafe(18)
    follow, is_new = Follow.objects.get_or_create(
        matter=matter,
        contact_digest=contact_digest(matter.reference, email),
        defaults={
            "contact_sealed": seals.seal(email.strip()),
            "frequency": frequency.value,
            "language": language,
            "created_at": now,
            "token_digest": token_digest(token),
        },
    )
    if is_new or follow.confirmed_at is None:
        follow.token_digest = token_digest(token)
        follow.frequency = frequency.value
        follow.save(update_fields=["token_digest", "frequency"])
        _send(follow, "matters/letters/confirm.txt", {"matter": matter, "token": token})
    return token


@ledger.part_of_action("the filing leaves the entry")
def follow_as_filer(
    *, matter: Matter, now: datetime, email: str, person_id: int | None, language: str
) -> None:
    """Who filed is told of each step, by account or at the address they gave."""
    if person_id is None and not is_address(email):
        return
    Follow.objects.create(
        matter=matter,
        person_id=person_id,
        contact_sealed="" if person_id else seals.seal(email.strip()),
        contact_digest="" if person_id else contact_digest(matter.reference, email),
        frequency=Frequency.EACH.value,
        language=language,
        created_at=now,
        confirmed_at=now,
    )


@ledger.action_without_entry(PRIVATE)
def confirm_follow(*, actor: Actor, now: datetime, token: str) -> Matter:
    """The address is its owner's: the following begins. Raises NotFound for a link that is no longer good."""
    follow = queries.find_follow(token)
    if follow is None:
        raise NotFound("link_gone")
    permissions.require_may_see(actor, follow.matter)
    if follow.confirmed_at is None:
        follow.confirmed_at = now
        follow.save(update_fields=["confirmed_at"])
    return follow.matter


@ledger.action_without_entry(PRIVATE)
def unfollow(*, actor: Actor, reference: str) -> None:
    """The person is told no more. What is not followed stays so."""
    permissions.require_signed_in(actor)
    Follow.objects.filter(matter__reference=reference, person_id=actor.person_id or 0).delete()


@ledger.action_without_entry(PRIVATE)
def unfollow_by_token(*, actor: Actor, token: str) -> Matter | None:
    """Whoever has the letter ends its following; a second click does no harm."""
    permissions.anyone_with_the_letter(actor)
    follow = queries.find_follow(token)
    if follow is None:
        return None
    follow.delete()
    return follow.matter


@ledger.part_of_action("the person's erasure leaves the entry")
def forget_follower(person_id: int) -> None:
    """Whoever has their account erased follows nothing any more, and no letter waits for them."""
    Follow.objects.filter(person_id=person_id).delete()


@ledger.projection("each follower has a notice of each step")
def note_entry(entry: LoggedEntry) -> None:
    """Every confirmed follower of the entry's matter has a notice of it, once. Hidden names find their matter too."""
    content = entry.content
    name, kind = content["matter"], str(content["kind"]).partition(".")[0]
    if not name or kind not in slots.tellers or content["kind"] in slots.silent:
        return
    entry_id = ledger_queries.find_entry_id(entry.position)
    finder = slots.matter_named.get(kind)
    matter = Matter.objects.filter(reference=name).first() or (finder(name) if finder else None)
    if matter is None or entry_id is None:
        return
    at = datetime.fromisoformat(content["at"])
    follows = Follow.objects.filter(matter=matter, confirmed_at__isnull=False, confirmed_at__lte=at)
    Notice.objects.bulk_create(
        [Notice(follow=follow, entry_id=entry_id, created_at=at) for follow in follows], ignore_conflicts=True
    )


@ledger.action_without_entry("what the letter tells is in the ledger already")
def send_letter(*, letter: Letter, now: datetime, actor: Actor = SYSTEM) -> bool:
    """The follower reads what happened, several steps as one letter; returns whether one was sent."""
    permissions.require_system(actor)
    follow = (
        Follow.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("matter", "person")
        .filter(pk=letter.follow_id)
        .first()
    )
    if follow is None:
        return False
    token = secrets.token_urlsafe(18)
    if follow.person_id is None:
        follow.token_digest = token_digest(token)
    steps = [_told(entry_id) for entry_id in letter.entry_ids]
    follow.last_told_at = now
    follow.save(update_fields=["token_digest", "last_told_at"])
    follow.notices.filter(entry_id__in=letter.entry_ids).update(sent_at=now)
    context = {
        "matter": follow.matter,
        "steps": [s for s in steps if s],
        "token": token if not follow.person_id else "",
    }
    return _send(follow, "matters/letters/steps.txt", context)


def _told(entry_id: int) -> tuple[str, str, str] | None:
    entry = ledger_queries.get_recorded(entry_id)
    kind = str(entry["kind"])
    teller = slots.tellers.get(kind.partition(".")[0])
    return (entry["at"][:16].replace("T", " "), *teller(kind, entry)) if teller else None


def _send(follow: Follow, template: str, context: dict[str, object]) -> bool:
    address = seals.unseal(follow.contact_sealed)
    if follow.person is not None:
        address = seals.unseal(follow.person.email_sealed)
    if not address:
        return False
    with override(follow.language):
        text = render_to_string(template, {**context, "site": settings.SITE_URL})
    subject, _, body = text.strip().partition("\n")
    EmailMessage(subject.strip(), body.strip() + "\n", to=[address]).send()
    return True
