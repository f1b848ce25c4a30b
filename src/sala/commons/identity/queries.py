"""Reads about persons: who acts, whom to tell, who looked, what we hold."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db.models import BigIntegerField, Exists, F, OuterRef

from sala.commons.identity import demo, permissions, rules, sessions, slots
from sala.commons.identity.models import AccessQuestion, AccessRecord, Consent, Person, SignIn
from sala.core.actors import ANONYMOUS, Actor, Role
from sala.core.errors import NotFound, Refused
from sala.platform import seals
from sala.platform.statements import Given, Rows

SHOWN_LOOKS = 1000

# An address of this site that somebody wants to go on to, else another: for every door that leads back.
safe_return = rules.safe_return


def actor_of_session(session: SessionBase) -> Actor:
    """Who the bearer of this session is, with the roles they hold now.

    Nobody known: no query beyond the session's own. Somebody: one query, for the roles, so that a role taken
    away is gone at the next click.
    """
    bearer = sessions.bearer_of(session)
    if bearer is None:
        return ANONYMOUS
    is_sure = rules.is_sure_enough_to_work(
        way=bearer.way, level=bearer.assurance_level, least=settings.STAFF_LEAST_LEVEL
    )
    return Actor(
        person_id=bearer.person_id,
        grants=slots.grants_of(bearer.person_id) if is_sure else (),
        assurance_level=bearer.assurance_level,
    )


def citizen_of_session(session: Mapping[str, Any]) -> Actor:
    """Who the bearer is, without the roles they hold: for acts that nobody's role opens. No query."""
    bearer = sessions.bearer_of(session)
    if bearer is None:
        return ANONYMOUS
    return Actor(person_id=bearer.person_id, assurance_level=bearer.assurance_level)


def has_sleeping_roles(actor: Actor) -> bool:
    """Whether the person holds roles that this sign-in is not sure enough for."""
    if actor.grants or actor.assurance_level >= settings.STAFF_LEAST_LEVEL:
        return False
    return bool(slots.grants_of(permissions.require_person(actor)))


_ACCOUNT = Rows(
    lambda: Person.objects.filter(pk=Given("person", BigIntegerField()), erased_at__isnull=True).order_by(
        "pk"
    )
)


@dataclass(frozen=True, slots=True)
class Account:
    """A person's own view of their account; contact data in clear, for that person only."""

    person_id: int
    display_name: str
    language: str
    told: str
    email: str
    phone: str
    assurance_level: int
    created_at: datetime


def get_account(actor: Actor) -> Account:
    """The account of whoever is signed in. Raises Refused or NotFound."""
    person = _ACCOUNT.first(person=permissions.require_person(actor))
    if person is None:
        raise NotFound("not_found")
    return Account(
        person_id=person.pk,
        display_name=person.display_name,
        language=person.language,
        told=person.told,
        email=seals.unseal(person.email_sealed),
        phone=seals.unseal(person.phone_sealed),
        assurance_level=person.assurance_level,
        created_at=person.created_at,
    )


@dataclass(frozen=True, slots=True)
class Addressee:
    """In which language and how often somebody wants to be told, for the box that sends notices."""

    person_id: int
    language: str
    told: str


def list_addressees(person_ids: list[int]) -> list[Addressee]:
    """Those of these people who left an e-mail address and want to be told; one query."""
    people = Person.objects.filter(pk__in=person_ids, erased_at=None).exclude(email_sealed="")
    return [
        Addressee(p.pk, p.language, p.told) for p in people.exclude(told=Person.Pace.NEVER).order_by("pk")
    ]


def address_of(person_id: int) -> str:
    """The e-mail address a person left, "" for none; for comparing and for letters, never to be shown to others."""
    person = Person.objects.filter(pk=person_id, erased_at=None).first()
    return seals.unseal(person.email_sealed) if person else ""


def display_names(person_ids: list[int]) -> Mapping[int, str]:
    """The names these people chose to be called in public; those who chose none are absent. One query."""
    people = Person.objects.filter(pk__in=person_ids).exclude(display_name="")
    return dict(people.values_list("pk", "display_name"))


def is_person(person_id: int) -> bool:
    """Whether there is an account of that id that has not been erased."""
    return Person.objects.filter(pk=person_id, erased_at=None).exists()


def contact_digest(contact: str) -> str:
    """The digest by which an e-mail address or phone number is found again; empty for neither."""
    normal = rules.normal_email(contact) or rules.normal_phone(contact)
    return seals.digest("contact", normal) if normal else ""


def list_person_ids_of_contact(contact: str) -> list[int]:
    """People who left this e-mail address or phone number (as typed); staff doors record the look."""
    normal = rules.normal_email(contact)
    digest = contact_digest(contact)
    if not digest:
        return []
    column = "email_digest" if normal else "phone_digest"
    return list(Person.objects.filter(**{column: digest}).order_by("pk").values_list("pk", flat=True))


def proof_of_session(session: SessionBase | Mapping[str, Any], purpose: str, *, now: datetime) -> str | None:
    """The digest that stands for the bearer in this purpose, if proven in the last quarter of an hour."""
    return sessions.proof_of(session, purpose, now=now)


def digest_of_number(number: str, step_up: rules.StepUp) -> str:
    """What the bearer of a citizen number is in one purpose, as if they had proven it: for papers that name it."""
    return seals.digest(f"proof:{step_up.code}", "pid", number)


def digest_of_proof(proof: rules.Proof, step_up: rules.StepUp) -> str:
    """What stands for a person in one purpose: the same person, the same digest; joinable with none."""
    return seals.digest(f"proof:{step_up.code}", *rules.parts_of_proof(proof, step_up))


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of "who looked at my data", with the question asked about it and the answer, if any."""

    looks: rules.Looks
    question: str = ""
    answer: str = ""
    due_at: datetime | None = None


def list_looks(actor: Actor, *, now: datetime) -> list[Shown]:
    """Who looked at my data, newest first, equal looks of a day as one line; without those still delayed."""
    person_id = permissions.require_person(actor)
    rows = (
        AccessRecord.objects.filter(person_id=person_id, visible_at__lte=now)
        .order_by("-occurred_at", "-pk")
        .values("id", "agency", "role", "purpose", "matter", "occurred_at")[:SHOWN_LOOKS]
    )
    groups = rules.group_looks(rules.Look(**row) for row in rows)
    asked = {q.record_id: q for q in AccessQuestion.objects.filter(record__person_id=person_id)}
    return [_shown(group, asked.get(group.last.id)) for group in groups]


def get_look(actor: Actor, record_id: int, *, now: datetime) -> rules.Look:
    """One look at my data. Raises NotFound if it is not one that I may see."""
    row = (
        AccessRecord.objects.filter(
            pk=record_id, person_id=permissions.require_person(actor), visible_at__lte=now
        )
        .values("id", "agency", "role", "purpose", "matter", "occurred_at")
        .first()
    )
    if row is None:
        raise NotFound("not_found")
    return rules.Look(**row)


def _shown(looks: rules.Looks, question: AccessQuestion | None) -> Shown:
    if question is None:
        return Shown(looks)
    return Shown(
        looks, seals.unseal(question.text_sealed), seals.unseal(question.answer_sealed), question.due_at
    )


def list_looks_at_matter(matter: str, *, now: datetime) -> tuple[rules.Looks, ...]:
    """Looks at the personal data behind a matter, for whoever proves that it is theirs, without account."""
    rows = (
        AccessRecord.objects.filter(matter=matter, visible_at__lte=now)
        .order_by("-occurred_at", "-pk")
        .values("id", "agency", "role", "purpose", "matter", "occurred_at")[:SHOWN_LOOKS]
    )
    return rules.group_looks(rules.Look(**row) for row in rows)


@dataclass(frozen=True, slots=True)
class StaffLook:
    """A look at somebody's data as an auditor sees it: by which office and role and why, never who or at whom."""

    matter: str
    agency: str
    role: str
    purpose: str
    occurred_at: datetime


def list_looks_of_staff(
    actor: Actor, since: datetime, until: datetime, *, most: int
) -> tuple[int, list[StaffLook]]:
    """How many looks staff took within a span, and the newest of them. Two queries. Raises Refused but for auditors.

    Those still hidden from the person are among them: a look that could hide from the audit would be no record.
    """
    if not actor.holds(Role.AUDITOR):
        raise Refused("not_allowed")
    rows = AccessRecord.objects.filter(occurred_at__gte=since, occurred_at__lt=until)
    named = rows.order_by("-occurred_at", "-pk").values_list(
        "matter", "agency", "role", "purpose", "occurred_at"
    )
    return rows.count(), [StaffLook(*row) for row in named[:most]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about a look, for the one who answers it."""

    id: int
    agency: str
    purpose: str
    matter: str
    occurred_at: datetime
    asked_at: datetime
    due_at: datetime
    text: str


def purposes_open_to(actor: Actor, agency: str) -> frozenset[str]:
    """The codes of the purposes for which this actor may look at personal data on behalf of `agency`."""
    every = slots.purposes.values()
    return frozenset(p.code for p in every if rules.role_of_look(actor, agency, p) is not None)


def answers_questions(actor: Actor) -> bool:
    """Whether people's questions about looks by some agency come to this actor."""
    return permissions.answers_for_some_agency(actor)


def count_open_questions(actor: Actor) -> int:
    """How many questions about looks wait for this actor; no query for those who answer none."""
    agencies = [a for a in actor.agencies if permissions.may_answer_questions(actor, a)]
    if not agencies:
        return 0
    return AccessQuestion.objects.filter(answered_at=None, record__agency__in=agencies).count()


def list_open_questions(actor: Actor) -> list[Asked]:
    """Questions about looks that wait for an agency this actor answers for, the most urgent first."""
    agencies = [a for a in actor.agencies if permissions.may_answer_questions(actor, a)]
    rows = (
        AccessQuestion.objects.filter(answered_at=None, record__agency__in=agencies)
        .select_related("record")
        .order_by("due_at", "pk")
    )
    return [
        Asked(
            id=q.pk,
            agency=q.record.agency,
            purpose=q.record.purpose,
            matter=q.record.matter,
            occurred_at=q.record.occurred_at,
            asked_at=q.asked_at,
            due_at=q.due_at,
            text=seals.unseal(q.text_sealed),
        )
        for q in rows
    ]


def get_open_question(actor: Actor, question_id: int) -> Asked:
    """One waiting question about a look by an agency I answer for. Raises NotFound."""
    for asked in list_open_questions(actor):
        if asked.id == question_id:
            return asked
    raise NotFound("not_found")


@dataclass(frozen=True, slots=True)
class Agreed:
    """A consent as its giver sees it."""

    id: int
    purpose: str
    wording: str
    given_at: datetime
    withdrawn_at: datetime | None


def list_consents(actor: Actor) -> list[Agreed]:
    """What I agreed to: in force first, then withdrawn, newest first."""
    rows = Consent.objects.filter(person_id=permissions.require_person(actor))
    ordered = rows.order_by(F("withdrawn_at").desc(nulls_first=True), "-given_at", "-pk")
    return [Agreed(**row) for row in ordered.values("id", "purpose", "wording", "given_at", "withdrawn_at")]


def list_consents_asked(actor: Actor) -> list[tuple[str, slots.ConsentAsked]]:
    """What I could agree to and have not, as (purpose, what is asked)."""
    given = {agreed.purpose for agreed in list_consents(actor) if agreed.withdrawn_at is None}
    return [(purpose, asked) for purpose, asked in slots.consents_asked.items() if purpose not in given]


def has_consent(person_id: int, purpose: str) -> bool:
    """Whether this person's consent to a purpose is in force."""
    return Consent.objects.filter(person_id=person_id, purpose=purpose, withdrawn_at=None).exists()


@dataclass(frozen=True, slots=True)
class Opened:
    """A sign-in that has not ended."""

    way: str
    assurance_level: int
    started_at: datetime
    is_here: bool


def list_sign_ins(actor: Actor, *, session_key: str, now: datetime) -> list[Opened]:
    """Where I am signed in, newest first; sessions that ran out are not."""
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=now)
    rows = SignIn.objects.filter(Exists(alive), person_id=permissions.require_person(actor), ended_at=None)
    return [
        Opened(row.way, row.assurance_level, row.started_at, row.session_key == session_key)
        for row in rows.order_by("-started_at", "-pk")[:50]
    ]


def export_own_data(actor: Actor, *, now: datetime) -> dict[str, Any]:
    """Everything we hold of the person signed in, as JSON values: here, and from each box above.

    Digests and salts are left out: they tell the person nothing and would weaken what they protect.
    """
    account = get_account(actor)
    sign_ins = SignIn.objects.filter(person_id=account.person_id).order_by("started_at", "pk")
    person = Person.objects.prefetch_related("ways").get(pk=account.person_id)
    return {
        "exported_at": now,
        "account": asdict(account),
        "ways_to_sign_in": [{"way": w.way, "since": w.created_at} for w in person.ways.all()],
        "sign_ins": list(sign_ins.values("way", "assurance_level", "started_at", "ended_at")),
        "consents": [asdict(c) for c in list_consents(actor)],
        "looks_at_my_data": list(
            AccessRecord.objects.filter(person_id=account.person_id, visible_at__lte=now)
            .order_by("occurred_at", "pk")
            .values("agency", "role", "purpose", "matter", "occurred_at", "entry_id")
        ),
        **{name: held(account.person_id) for name, held in slots.on_export},
    }


def demo_colleague_at(agency: str) -> demo.DemoIdentity:
    """The invented officer of an agency of which the sign-in page offers nobody."""
    return demo.colleague_at(agency)


def list_demo_identities() -> tuple[demo.DemoIdentity, ...]:
    """The invented people of the demonstration, in the order shown."""
    return demo.CAST
