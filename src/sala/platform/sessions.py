"""Sessions in the database, as the framework keeps them, found by a kept statement: each signed-in request asks."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField
from django.utils import timezone

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
