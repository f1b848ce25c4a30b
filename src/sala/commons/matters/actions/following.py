"""Following a matter: by account or by e-mail, being told of its steps together, and ending it by one click."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sala.commons.identity import queries as identity
from sala.commons.ledger import actions as ledger
from sala.commons.ledger import queries as ledger_queries
from sala.commons.ledger.queries import LoggedEntry
from sala.commons.matters import letters, permissions, queries, slots
from sala.commons.matters.models import Follow, Matter, Notice
from sala.commons.matters.queries.following import KNOWING, contact_digest
from sala.commons.matters.rules import Frequency, is_address
from sala.core.actors import Actor
from sala.core.errors import Invalid, NotFound
from sala.platform import rows, seals
from sala.platform.limits import Key, Policy, Rate

# Nobody may have a stranger flooded with letters, whichever door they ask at: so one policy, beside the act.
ASK_BY_LETTER = Policy("follow.letter", {Key.CONTACT: Rate(5, 86_400), Key.ADDRESS: Rate(60, 3600)})
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
        defaults={"frequency": frequency.value, "language": language, "is_duty": False},
        create_defaults={
            "frequency": frequency.value,
            "language": language,
            "confirmed_at": now,
            "created_at": now,
        },
    )
    return int(follow.pk)


@ledger.action_without_entry(PRIVATE)
def follow_by_email(
    *, actor: Actor, now: datetime, reference: str, email: str, frequency: Frequency, language: str = "th"
) -> None:
    """A letter with a link goes to the address; only its click begins the following.

    An address that follows already gets no second following and the same answer. Raises Invalid, NotFound.
    """
    matter = queries.get_matter(reference, actor)
    permissions.require_may_see(actor, matter)
    if not is_address(email):
        raise Invalid("invalid", {"email": "not_an_address"})
    follow, is_new = Follow.objects.get_or_create(
        matter=matter,
        contact_digest=contact_digest(matter.reference, email),
        defaults={
            "contact_sealed": seals.seal(email.strip()),
            "frequency": frequency.value,
            "language": language,
            "created_at": now,
        },
    )
    if is_new or follow.confirmed_at is None:
        follow.frequency = frequency.value
        follow.save(update_fields=["frequency"])
        letters.ask(follow, now=now)


@ledger.part_of_action("the filing leaves the entry")
def follow_as_filer(
    *, matter: Matter, now: datetime, email: str, person_id: int | None, language: str
) -> None:
    """Who filed is told of each step, by account or at the address they gave.

    Anybody can type a stranger's address, so it must answer first: until then it gets one letter that only asks,
    without a word of what was filed and without the key to it.
    """
    if person_id is None and not is_address(email):
        return
    follow = Follow(
        matter=matter,
        person_id=person_id,
        contact_sealed="" if person_id else seals.seal(email.strip()),
        contact_digest="" if person_id else contact_digest(matter.reference, email),
        frequency=Frequency.EACH.value,
        language=language,
        created_at=now,
        confirmed_at=now if person_id else None,
    )
    rows.insert_row(follow)
    if person_id is None:
        letters.ask(follow, now=now)


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
        letters.hand_over_key(follow, now=now)
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
def note_entries(entries: Sequence[LoggedEntry]) -> None:
    """Every confirmed follower of an entry's matter has a notice of it, once. Hidden names find their matter too.

    Five queries however many entries there are, and one for each kind with hidden names; two if nobody follows.
    """
    steps = {entry.position: step for entry in entries if _is_told(step := entry.content)}
    matters = matters_named({str(step["matter"]): family(step) for step in steps.values()})
    follows = _confirmed_follows(set(matters.values()))
    if not follows:
        return
    entry_ids = ledger_queries.find_entry_ids(steps)
    Notice.objects.bulk_create(
        [
            Notice(follow=follow, entry_id=entry_ids[position], created_at=at)
            for position, step in steps.items()
            for at in [datetime.fromisoformat(step["at"])]
            for follow in follows.get(matters.get(step["matter"], 0), ())
            if follow.confirmed_at and follow.confirmed_at <= at
        ],
        batch_size=1000,
        ignore_conflicts=True,
    )


def _confirmed_follows(matter_ids: Collection[int]) -> dict[int, list[Follow]]:
    """Who is to be told, by matter: confirmed addresses, and people who want letters."""
    rows = Follow.objects.filter(KNOWING, matter__in=matter_ids, confirmed_at__isnull=False, is_duty=False)
    confirmed = list(rows)
    people = [follow.person_id for follow in confirmed if follow.person_id]
    wanting = {None, *(addressee.person_id for addressee in identity.list_addressees(people))}
    found: dict[int, list[Follow]] = defaultdict(list)
    for follow in confirmed:
        if follow.person_id in wanting:
            found[follow.matter_id].append(follow)
    return found


def _is_told(step: Mapping[str, Any]) -> bool:
    kind = slots.kinds.get(family(step))
    return bool(step["matter"]) and kind is not None and step["kind"] not in kind.silent_events


def family(step: Mapping[str, Any]) -> str:
    """The family of an entry's kind: what stands before the dot."""
    return str(step["kind"]).partition(".")[0]


def matters_named(families: Mapping[str, str]) -> dict[str, int]:
    """The keys of the matters behind names in the ledger (each with the family of its fact), by name."""
    found = dict(Matter.objects.filter(reference__in=families).values_list("reference", "pk"))
    for code, kind in slots.kinds.items():
        hidden = [name for name, of in families.items() if of == code and name not in found]
        if hidden and kind.hidden_names:
            found |= kind.hidden_names(hidden)
    return found
