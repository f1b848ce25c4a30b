"""One's own account: settings, where one is signed in, erasure."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.sessions.models import Session

from sala.commons.identity import events, permissions, rules, slots
from sala.commons.identity.models import AccessRecord, Person, SignIn
from sala.commons.ledger import actions as ledger
from sala.core.actors import Actor
from sala.core.errors import Invalid, NotFound, Refused
from sala.platform import seals


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person sets for themselves; `phone` as typed, empty for none."""

    display_name: str
    language: str
    told: str
    phone: str = ""


@ledger.action_without_entry("a person's own settings are private")
def save_settings(*, actor: Actor, wishes: Wishes) -> None:
    """Keep how I want to be called, in which language, how often to be told. Raises Invalid with fields."""
    person_id = permissions.require_person(actor)
    wrong = _wrong_in(wishes)
    if wrong:
        raise Invalid("invalid", wrong)
    phone = rules.normal_phone(wishes.phone) or ""
    Person.objects.filter(pk=person_id).update(
        display_name=" ".join(wishes.display_name.split()),
        language=wishes.language,
        told=wishes.told,
        phone_sealed=seals.seal(phone),
        phone_digest=seals.digest("contact", phone) if phone else "",
    )


def _wrong_in(wishes: Wishes) -> dict[str, str]:
    checks = {
        "display_name": (len(" ".join(wishes.display_name.split())) <= 100, "too_long"),
        "language": (wishes.language in dict(settings.LANGUAGES), "choose_one"),
        "told": (wishes.told in Person.Pace.values, "choose_one"),
        "phone": (not wishes.phone.strip() or rules.normal_phone(wishes.phone) is not None, "not_a_phone"),
    }
    return {name: code for name, (is_right, code) in checks.items() if not is_right}


@ledger.action_without_entry("where a person is signed in is private")
def end_other_sign_ins(*, actor: Actor, session_key: str, now: datetime) -> int:
    """Sign me out everywhere but here; returns how many sign-ins ended."""
    person_id = permissions.require_person(actor)
    others = SignIn.objects.filter(person_id=person_id, ended_at=None).exclude(session_key=session_key)
    Session.objects.filter(session_key__in=list(others.values_list("session_key", flat=True))).delete()
    return others.update(ended_at=now)


@ledger.action
def erase_person(*, actor: Actor, now: datetime) -> None:
    """My account and contact data are gone, in every box; what is public stays, as commitment only.

    The empty row stays, so that references to it hold. Somebody who still holds a role for an agency must
    give it back first (Refused): whoever looked at other people's data must stay answerable.
    """
    person_id = permissions.require_person(actor)
    if slots.grants_of(person_id):
        raise Refused("give_back_roles_first")
    person = Person.objects.select_for_update().filter(pk=person_id, erased_at=None).first()
    if person is None:
        raise NotFound("not_found")
    for _name, erase in slots.on_erase:
        erase(person_id)
    _empty(person, now=now)
    ledger.record_entry(events.PersonErased(), actor=actor, at=now)


def _empty(person: Person, *, now: datetime) -> None:
    keys = list(person.sign_ins.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    person.sign_ins.all().delete()
    person.ways.all().delete()
    person.consents.all().delete()
    AccessRecord.objects.filter(person=person).update(person=None)
    Person.objects.filter(pk=person.pk).update(
        display_name="",
        assurance_level=0,
        email_sealed="",
        email_digest="",
        phone_sealed="",
        phone_digest="",
        told=Person.Pace.NEVER,
        erased_at=now,
    )
