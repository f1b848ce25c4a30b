"""Signing in. What is written here is private to the person, so none of it leaves a public entry."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.sessions.models import Session

from sala.commons.identity import demo, permissions, rules
from sala.commons.identity.models import LoginCode, Person, RateBucket, SentOnce, SignIn, SignInWay
from sala.commons.identity.sessions import Bearer
from sala.commons.ledger import actions as ledger
from sala.core.actors import Actor
from sala.core.errors import Conflict, Invalid, NotFound
from sala.platform import seals

PRIVATE = "signing in is private to the person"


@dataclass(frozen=True, slots=True)
class CodeTried:
    """What came of trying a code: the bearer, or the refusal's code (the failed try is written down)."""

    bearer: Bearer | None
    refusal: str | None = None


@ledger.action_without_entry(PRIVATE)
def request_code(*, actor: Actor, email: str, now: datetime, adds_address: bool = False) -> rules.CodeSent:
    """A code for signing in by e-mail, good for ten minutes; the door sends the letter.

    With `adds_address` it confirms a new address of the person signed in. Whether the address is known makes
    no difference here, so nobody learns who has an account. Raises Invalid for what is no address.
    """
    permissions.require_may_sign_in(actor)
    address = rules.normal_email(email)
    if address is None:
        raise Invalid("invalid", {"email": "not_an_email"})
    code = f"{secrets.randbelow(10**rules.CODE_DIGITS):0{rules.CODE_DIGITS}d}"
    row = LoginCode.objects.create(
        person_id=permissions.require_person(actor) if adds_address else None,
        email_sealed=seals.seal(address),
        email_digest=seals.digest("contact", address),
        code_digest="",
        tries_left=rules.CODE_TRIES,
        created_at=now,
        expires_at=now + rules.CODE_LIFE,
    )
    row.code_digest = seals.digest("login code", str(row.pk), code)
    row.save(update_fields=["code_digest"])
    return rules.CodeSent(row.pk, address, code)


@ledger.action_without_entry(PRIVATE)
def confirm_code(*, actor: Actor, code_id: int, code: str, language: str, now: datetime) -> CodeTried:
    """Try a code that was sent; a right one signs in, and makes the person known if nobody had the address.

    A wrong try counts even though nothing is raised: raising would undo the counting.
    """
    permissions.require_may_sign_in(actor)
    row = LoginCode.objects.select_for_update().filter(pk=code_id).first()
    if row is None:
        return CodeTried(None, "code_expired")
    digest = seals.digest("login code", str(row.pk), rules.normal_code(code))
    state = rules.CodeState(row.expires_at, row.tries_left, row.used_at is not None)
    refusal = rules.refusal_of_code(state, is_right=hmac.compare_digest(digest, row.code_digest), now=now)
    if refusal == "code_wrong":
        row.tries_left -= 1
    if refusal is None:
        row.used_at = now
    row.save(update_fields=["tries_left", "used_at"])
    if refusal is not None:
        return CodeTried(None, refusal)
    if row.person_id is not None and row.person_id != actor.person_id:
        return CodeTried(None, "code_expired")
    return _enter_by_email(row, language=language, now=now)


def _enter_by_email(row: LoginCode, *, language: str, now: datetime) -> CodeTried:
    """The bearer of a confirmed address; one that signs in somebody else is not taken from them."""
    address = seals.unseal(row.email_sealed)
    digest = seals.digest("sign-in", rules.Way.EMAIL, address)
    person, is_new = _person_of_way(
        rules.Way.EMAIL, digest, language=language, now=now, owner_id=row.person_id
    )
    if row.person_id is not None and person.pk != row.person_id:
        return CodeTried(None, "address_of_somebody_else")
    if is_new or not person.email_sealed or row.person_id is not None:
        Person.objects.filter(pk=person.pk).update(
            email_sealed=row.email_sealed, email_digest=row.email_digest
        )
    return CodeTried(Bearer(person.pk, 0, authenticated_at=now, way=rules.Way.EMAIL))


@ledger.action_without_entry(PRIVATE)
def sign_in_openid(
    *, actor: Actor, proof: rules.Proof, language: str, now: datetime, adds_way: bool = False
) -> Bearer:
    """Sign in with what an OpenID provider proved; makes the person known the first time.

    With `adds_way` it becomes one more way for the person signed in; Conflict if it is somebody else's.

    Kept: a keyed digest of issuer and subject, the assurance level. Not kept: token, claims, name, number.
    """
    permissions.require_may_sign_in(actor)
    way = rules.Way.openid(proof.provider)
    digest = seals.digest("sign-in", way, proof.issuer, proof.subject)
    owner_id = permissions.require_person(actor) if adds_way else None
    person, _ = _person_of_way(way, digest, language=language, now=now, owner_id=owner_id)
    if owner_id is not None and person.pk != owner_id:
        raise Conflict("way_of_somebody_else")
    if person.assurance_level != proof.assurance_level:
        Person.objects.filter(pk=person.pk).update(assurance_level=proof.assurance_level)
    return Bearer(person.pk, proof.assurance_level, authenticated_at=proof.authenticated_at, way=way)


@ledger.action_without_entry(PRIVATE)
def ensure_demo_person(*, actor: Actor, key: str, now: datetime) -> int:
    """The id of an invented person of the demonstration, made if need be. Raises NotFound elsewhere."""
    permissions.require_system(actor)
    return _demo_person(key, now=now).person_id


@ledger.action_without_entry(PRIVATE)
def sign_in_demo(*, actor: Actor, key: str, now: datetime) -> Bearer:
    """Sign in as an invented person; only in the demonstration. Raises NotFound elsewhere."""
    permissions.require_may_sign_in(actor)
    return _demo_person(key, now=now)


@ledger.action_without_entry(PRIVATE)
def note_sign_in(*, actor: Actor, bearer: Bearer, session_key: str) -> None:
    """Keep which session was opened, so that the person can see it and end it."""
    permissions.require_may_sign_in(actor)
    SignIn.objects.create(
        person_id=bearer.person_id,
        session_key=session_key,
        way=bearer.way,
        assurance_level=bearer.assurance_level,
        started_at=bearer.authenticated_at,
    )


@ledger.action_without_entry(PRIVATE)
def note_sign_out(*, actor: Actor, session_key: str, now: datetime) -> None:
    """Keep that a session was ended."""
    permissions.require_may_sign_in(actor)
    SignIn.objects.filter(session_key=session_key, ended_at=None).update(ended_at=now)


@ledger.action_without_entry("what had run out was private")
def forget_expired(*, actor: Actor, now: datetime) -> int:
    """Delete run-out codes, sessions and repeats, old sign-ins, emptied rate buckets; returns how many."""
    permissions.require_system(actor)
    codes, _ = LoginCode.objects.filter(expires_at__lt=now).delete()
    sessions, _ = Session.objects.filter(expire_date__lt=now).delete()
    buckets, _ = RateBucket.objects.filter(full_at__lt=now.timestamp()).delete()
    old, _ = SignIn.objects.filter(started_at__lt=now - rules.SIGN_INS_KEPT).delete()
    repeats, _ = SentOnce.objects.filter(forgotten_at__lte=now).delete()
    return codes + sessions + buckets + old + repeats


def _demo_person(key: str, *, now: datetime) -> Bearer:
    identity = demo.find_demo_identity(key)
    if not settings.DEMO or identity is None:
        raise NotFound("not_found")
    digest = seals.digest("sign-in", rules.Way.DEMO, key)
    person, is_new = _person_of_way(rules.Way.DEMO, digest, language="th", now=now)
    if is_new:
        Person.objects.filter(pk=person.pk).update(
            display_name=identity.name_th, assurance_level=identity.assurance_level
        )
    return Bearer(person.pk, identity.assurance_level, authenticated_at=now, way=rules.Way.DEMO)


def _person_of_way(
    way: str, digest: str, *, language: str, now: datetime, owner_id: int | None = None
) -> tuple[Person, bool]:
    """The person who signs in this way, newly known if nobody did (or `owner_id`); and whether they are new.

    Two first sign-ins at once end as one person: the unique way decides, the loser's empty row goes.
    """
    known = SignInWay.objects.select_related("person").filter(way=way, digest=digest).first()
    if known is not None:
        return known.person, False
    if owner_id is not None:
        person = Person.objects.get(pk=owner_id)
    else:
        person = Person.objects.create(language=language, created_at=now)
    row, is_first = SignInWay.objects.get_or_create(
        way=way, digest=digest, defaults={"person": person, "created_at": now}
    )
    if not is_first and owner_id is None:
        person.delete()
    return row.person, is_first and owner_id is None
