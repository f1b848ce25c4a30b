"""People for journeys: staff with a session of their own, a picture they took, words as the site says them."""

import io
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.utils.translation import gettext, override
from PIL import Image
from playwright.sync_api import FilePayload, Page

from journeys.conftest import DESK, Site
from sala.commons.agencies import actions as agencies
from sala.commons.identity.models import Person
from sala.core import clock
from sala.core.actors import SYSTEM, Role


def say(words: str, language: str = "th") -> str:
    """A sentence as the site says it."""
    with override(language):
        return gettext(words)


def session_of(agency: str, role: Role = Role.OFFICER) -> str:
    """The session cookie of someone who was just appointed and signed in."""
    now = clock.now()
    person = Person.objects.create(created_at=now, display_name=f"{role} {agency}")
    agencies.grant_role(actor=SYSTEM, now=now, person_id=person.pk, agency=agency, role=role)
    return session_for(person)


def session_for(person: Person) -> str:
    """The session cookie of a person who just signed in."""
    session = SessionStore()
    since = int(clock.now().timestamp())
    session.update({"person_id": person.pk, "assurance_level": 2, "authenticated_at": since, "way": "demo"})
    session.save()
    return str(session.session_key)


def at_work(
    site: Site, agency: str, role: Role = Role.OFFICER, path: str = "/work/inbox?kind=complaint"
) -> Page:
    """A desk's browser with someone of `agency` signed in, at `path`."""
    page = site.open("/healthz", on=DESK)
    page.context.add_cookies([{"name": "sala_session", "value": session_of(agency, role), "url": site.url}])
    page.goto(path)
    return page


def photo(name: str = "after.jpg") -> FilePayload:
    """A small picture, as a form takes it."""
    out: Any = io.BytesIO()
    Image.new("RGB", (64, 48), "darkgreen").save(out, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue()}
