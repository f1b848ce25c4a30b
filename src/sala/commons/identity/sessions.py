"""What a signed-in session holds: who, how surely, since when, how. Never a token or a claim."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib.sessions.backends.base import SessionBase

PERSON, LEVEL, SINCE, WAY = "person_id", "assurance_level", "authenticated_at", "way"


@dataclass(frozen=True, slots=True)
class Bearer:
    """The person a session speaks for."""

    person_id: int
    assurance_level: int
    authenticated_at: datetime
    way: str


def bearer_of(session: SessionBase) -> Bearer | None:
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
    session[PERSON] = bearer.person_id
    session[LEVEL] = bearer.assurance_level
    session[SINCE] = int(bearer.authenticated_at.timestamp())
    session[WAY] = bearer.way
