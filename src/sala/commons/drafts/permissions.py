"""Who someone is to a matter: the person who sent it, or staff who must not act as that person."""

from sala.commons.drafts import rules
from sala.commons.drafts.models import Sent
from sala.commons.drafts.rules import NO_PROOF, Proof
from sala.core.actors import Actor
from sala.core.errors import Refused
from sala.core.keys import same_key
from sala.platform import seals

__all__ = [
    "NO_PROOF",
    "Proof",
    "anyone_may_write",
    "bears",
    "is_sender",
    "key_digest",
    "letter_key",
    "phone_tail_digest",
    "require_bears_link",
    "require_is_sender",
    "require_no_staff",
    "require_system",
    "shows_digits_alone",
]


def anyone_may_write(actor: Actor) -> None:
    """Everyone may keep a draft, signed in or not: the law gives the right to any person."""


def require_system(actor: Actor) -> None:
    """Raises Refused unless the clock itself acts."""
    if not actor.is_system:
        raise Refused("not_allowed")


def is_sender(actor: Actor, sent: Sent, proof: Proof = NO_PROOF) -> bool:
    """The person who sent it: signed in, or bearing the link's secret, or knowing the phone's last four digits."""
    if actor.person_id is not None and actor.person_id == sent.person_id:
        return True
    kind = sent.matter.kind
    if proof.key and same_key(key_digest(kind, proof.key), sent.key_digest):
        return True
    if proof.key and sent.key_digest and same_key(proof.key, letter_key(sent)):
        return True
    if proof.phone_tail and sent.phone_tail_digest:
        given = phone_tail_digest(kind, sent.matter.reference, proof.phone_tail)
        return same_key(given, sent.phone_tail_digest)
    return False


def require_is_sender(actor: Actor, sent: Sent, proof: Proof = NO_PROOF) -> None:
    """Raises Refused unless the actor is the one who sent it, acting for themselves.

    Staff who bear somebody's link or digits are not that person: an operator would say "solved" for a caller. They
    act in their own name; what they sent while signed in is theirs all the same.
    """
    if not is_sender(actor, sent, proof):
        raise Refused("only_who_filed")
    require_no_staff(actor, sent)


def require_no_staff(actor: Actor, sent: Sent) -> None:
    """A link is for its person alone: staff who bear one were handed it, or kept it. Raises Refused."""
    if actor.grants and actor.person_id != sent.person_id:
        raise Refused("for_the_person_alone")


def bears(actor: Actor, shown_by: int | None) -> bool:
    """Whether a proof kept in the actor's session is theirs; `shown_by` is who was signed in when it was shown.

    A person who signs in goes on as who they were. Staff may sit at a browser on which somebody else filed.
    """
    return not actor.grants or actor.person_id == shown_by


def shows_digits_alone(actor: Actor, sent: Sent, proof: Proof) -> bool:
    """Whether four digits are all that shows the actor: who guessed them must learn no name, number or file by it."""
    is_known = actor.person_id is not None and actor.person_id == sent.person_id
    return proof.is_digits_alone and not is_known


def require_bears_link(actor: Actor, sent: Sent, proof: Proof) -> None:
    """Raises Refused for whoever showed four digits alone: what cannot be undone wants the person's link."""
    if shows_digits_alone(actor, sent, proof):
        raise Refused("link_needed")


def letter_key(sent: Sent) -> str:
    """The secret of the link in letters to who sent it: made anew each time, good while their own link is."""
    return f"L{seals.digest('letter-key', sent.matter.reference, sent.key_digest)[:32]}"


def key_digest(kind: str, key: str) -> str:
    """The keyed digest under which a link's secret is kept."""
    return seals.digest(f"{kind}-key", key)


def phone_tail_digest(kind: str, reference: str, tail: str) -> str:
    """The keyed digest of a phone's last four digits, good for one reference alone."""
    return seals.digest(f"{kind}-phone", reference, tail[-4:])


def code_digest(reference: str, code: str) -> str:
    """The keyed digest under which a code on paper is kept, good for one reference alone."""
    return seals.digest("claim-code", reference, rules.plain_code(code))
