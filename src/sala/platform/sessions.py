"""Sessions in the database, as the framework keeps them, found by a kept statement: each signed-in request asks."""

import re
from collections.abc import Sequence
from typing import Any

import psycopg
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField
from django.utils import timezone

from sala.platform import arrays
from sala.platform.statements import Given, Rows

_BY_KEY = Rows(
    lambda: Session.objects.filter(
        session_key=Given("key", CharField()), expire_date__gt=Given("now", DateTimeField())
    ).order_by("pk")
)


# A cookie can hold any character, NUL too (RFC 6265's quoting lets it through), and the database refuses that one:
# what can be no key of ours is never asked for.
_KEY = re.compile("[0-9a-z]{8,40}")


def is_key(text: str) -> bool:
    """Whether a text has the shape of a session's key."""
    return _KEY.fullmatch(text) is not None


class SessionStore(db.SessionStore):
    """The framework's own, but for how a session is looked up."""

    def _validate_session_key(self, key: str | None) -> bool:
        return bool(key) and is_key(str(key))

    def _get_session_from_db(self) -> Session | None:
        found = _BY_KEY.first(key=self.session_key, now=timezone.now())
        if found is None:
            self._session_key = None  # as the framework does, so that a stranger's key is never taken on
        return found


_MANY = (
    "SELECT session_key, session_data FROM django_session"
    " WHERE session_key = ANY(%s::text[]) AND expire_date > now()"
)


async def read_many(
    connection: psycopg.AsyncConnection[Any], keys: Sequence[str]
) -> dict[str, dict[str, Any]]:
    """What sessions hold, by their keys; those that are over or never were are absent. One statement for all: a key
    that is none must not spoil it for the others."""
    found = await connection.execute(_MANY, [arrays.texts(key for key in keys if is_key(key))], prepare=True)
    store = SessionStore()
    return {key: store.decode(data) for key, data in await found.fetchall()}
