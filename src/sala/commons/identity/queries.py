"""Reads about persons and sign-in."""

from django.contrib.sessions.backends.base import SessionBase

from sala.core.actors import ANONYMOUS, Actor


def actor_of_session(session: SessionBase) -> Actor:
    """Who the bearer of this session is, with the roles they hold now; nobody known without a query."""
    if "person_id" not in session:
        return ANONYMOUS
    return Actor(person_id=session["person_id"])
