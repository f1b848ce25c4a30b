"""Sessions in the database, as the framework keeps them, found by a kept statement: each signed-in request asks."""

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


class SessionStore(db.SessionStore):
    """The framework's own, but for how a session is looked up."""

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
    """What sessions hold, by their keys; those that are over or never were are absent. One statement for all."""
    found = await connection.execute(_MANY, [arrays.texts(keys)], prepare=True)
    store = SessionStore()
    return {key: store.decode(data) for key, data in await found.fetchall()}
