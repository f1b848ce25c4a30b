"""Browsers of people who work for an office."""

from django.test import Client
from tests.small_state import NOW

from sala.commons.agencies import actions as agencies
from sala.commons.identity.models import Person
from sala.core.actors import SYSTEM, Role


def signed_in(agency: str, *roles: Role) -> Client:
    """A browser of someone who works for an agency."""
    person = Person.objects.create(created_at=NOW)
    for role in roles or (Role.OFFICER,):
        agencies.grant_role(actor=SYSTEM, now=NOW, person_id=person.pk, agency=agency, role=role)
    client = Client()
    session = client.session
    told = {
        "person_id": person.pk,
        "assurance_level": 2,
        "authenticated_at": int(NOW.timestamp()),
        "way": "demo",
    }
    session.update(told)
    session.save()
    return client
