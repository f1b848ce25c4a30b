"""People who work for an agency, for tests: signed in at a browser, or watching over an office."""

from django.test import Client
from tests.small_state import NOW

from sala.commons.agencies import actions as agencies
from sala.commons.identity.models import Person
from sala.core.actors import SYSTEM, Actor, Role
from sala.platform import seals


def signed_in(agency: str, role: Role = Role.OFFICER) -> Client:
    """A browser of someone who works for an agency."""
    person = Person.objects.create(created_at=NOW)
    agencies.grant_role(actor=SYSTEM, now=NOW, person_id=person.pk, agency=agency, role=role)
    client = Client()
    session = client.session
    session.update(
        {
            "person_id": person.pk,
            "assurance_level": 2,
            "authenticated_at": int(NOW.timestamp()),
            "way": "demo",
        }
    )
    session.save()
    return client


def watcher(agency: str, role: Role, email: str, told: str = "at_once", language: str = "th") -> Actor:
    """Someone with a role at an agency who is told by letter, as fast as `told` says."""
    person = Person.objects.create(
        created_at=NOW, email_sealed=seals.seal(email), told=told, language=language
    )
    agencies.grant_role(actor=SYSTEM, now=NOW, person_id=person.pk, agency=agency, role=role)
    return Actor(person_id=person.pk)
