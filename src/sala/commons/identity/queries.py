"""Reads about persons and sign-in."""

from django.contrib.sessions.backends.base import SessionBase

from sala.commons.identity import sessions, slots
from sala.core.actors import ANONYMOUS, Actor


def actor_of_session(session: SessionBase) -> Actor:
    """Who the bearer of this session is, with the roles they hold now.

    Nobody known: no query beyond the session's own. Somebody: one query, for the roles, so that a role taken
    away is gone at the next click.
    """
    bearer = sessions.bearer_of(session)
    if bearer is None:
        return ANONYMOUS
    return Actor(
        person_id=bearer.person_id,
        grants=slots.grants_of(bearer.person_id),
        assurance_level=bearer.assurance_level,
    )
