"""Writes about persons and sign-in. What signing in writes is private, so it leaves no public entry."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from sala.commons.identity import demo, rules, seals
from sala.commons.identity.models import Person, SignIn, SignInWay
from sala.commons.identity.sessions import Bearer
from sala.core.actors import Actor
from sala.core.errors import NotFound


def _person_of_way(way: str, digest: str, *, language: str, now: datetime) -> tuple[Person, bool]:
    """The person who signs in this way, newly known if nobody did; and whether they are new.

    Two first sign-ins at once end as one person: the unique way decides, the loser's empty row goes.
    """
    known = SignInWay.objects.select_related("person").filter(way=way, digest=digest).first()
    if known is not None:
        return known.person, False
    person = Person.objects.create(language=language, created_at=now)
    row, is_new = SignInWay.objects.get_or_create(
        way=way, digest=digest, defaults={"person": person, "created_at": now}
    )
    if not is_new:
        person.delete()
    return row.person, is_new


@transaction.atomic
def ensure_demo_person(key: str, *, now: datetime) -> int:
    """The id of an invented person of the demonstration, made if need be. Raises NotFound outside it."""
    identity = demo.find_demo_identity(key)
    if not settings.DEMO or identity is None:
        raise NotFound("not_found")
    digest = seals.digest("sign-in", rules.Way.DEMO, key)
    person, is_new = _person_of_way(rules.Way.DEMO, digest, language="th", now=now)
    if is_new:
        person.display_name = identity.name_th
        person.assurance_level = identity.assurance_level
        person.save(update_fields=["display_name", "assurance_level"])
    return person.pk


@transaction.atomic
def sign_in_demo(*, actor: Actor, key: str, now: datetime) -> Bearer:
    """Sign in as an invented person; only in the demonstration. Raises NotFound elsewhere."""
    person_id = ensure_demo_person(key, now=now)
    identity = demo.find_demo_identity(key)
    level = identity.assurance_level if identity else 0
    return Bearer(person_id, level, authenticated_at=now, way=rules.Way.DEMO)


@transaction.atomic
def note_sign_in(bearer: Bearer, *, session_key: str) -> None:
    """Keep which session was opened, so that the person can see it and end it."""
    SignIn.objects.create(
        person_id=bearer.person_id,
        session_key=session_key,
        way=bearer.way,
        assurance_level=bearer.assurance_level,
        started_at=bearer.authenticated_at,
    )


@transaction.atomic
def note_sign_out(session_key: str, *, now: datetime) -> None:
    """Keep that a session was ended."""
    SignIn.objects.filter(session_key=session_key, ended_at=None).update(ended_at=now)
