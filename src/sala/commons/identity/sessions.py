"""What a signed-in session holds: who, how surely, since when, how. Never a token or a claim."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from sala.commons.identity import rules

PERSON, LEVEL, SINCE, WAY = "person_id", "assurance_level", "authenticated_at", "way"
# What a provider proved for one purpose. A name that nobody else keeps anything under: what a visitor has shown of
# what they sent stands in the same session, and must outlive a sign-in.
PROOFS = "step_up_proofs"


@dataclass(frozen=True, slots=True)
class Bearer:
    """The person a session speaks for."""

    person_id: int
    assurance_level: int
    authenticated_at: datetime
    way: str


def bearer_of(session: SessionBase | Mapping[str, Any]) -> Bearer | None:
    """Whom the session speaks for, or None; reads the session only, no other table."""
    if PERSON not in session:
        return None
    return Bearer(
        person_id=session[PERSON],
        assurance_level=session[LEVEL],
        authenticated_at=datetime.fromtimestamp(session[SINCE], UTC),
        way=session[WAY],
    )


def open_session(session: SessionBase, bearer: Bearer) -> None:
    """Make the session speak for `bearer`, under a new key (a key planted before sign-in is worth nothing).

    What the visitor began before signing in stays; what another person left in the session goes.
    """
    before = session.get(PERSON)
    if before is not None and before != bearer.person_id:
        session.flush()
    session.cycle_key()
    session.pop(PROOFS, None)
    session[PERSON] = bearer.person_id
    session[LEVEL] = bearer.assurance_level
    session[SINCE] = int(bearer.authenticated_at.timestamp())
    session[WAY] = bearer.way


def keep_proof(session: SessionBase, purpose: str, digest: str, *, now: datetime) -> None:
    """Keep, for a quarter of an hour, the digest that stands for the bearer in one purpose."""
    session[PROOFS] = {purpose: {"digest": digest, "at": int(now.timestamp())}}


def proof_of(session: SessionBase | Mapping[str, Any], purpose: str, *, now: datetime) -> str | None:
    """The digest kept for a purpose, if it is fresh."""
    kept = session.get(PROOFS, {}).get(purpose)
    if kept is None or now - datetime.fromtimestamp(kept["at"], UTC) > rules.PROOF_LIFE:
        return None
    return str(kept["digest"])
