"""What identity's codes are called on a page, in the reader's language."""

from collections.abc import Callable
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from sala.commons.identity import rules, slots
from sala.commons.identity.openid import Provider, list_providers
from sala.commons.identity.rules import Basis
from sala.core.actors import Role
from sala.core.dates import format_instant

ROLES = {
    Role.CITIZEN: gettext_lazy("Citizen"),
    Role.OFFICER: gettext_lazy("Officer"),
    Role.SUPERVISOR: gettext_lazy("Supervisor"),
    Role.OPERATOR: gettext_lazy("Call-centre operator"),
    Role.MODERATOR: gettext_lazy("Moderator"),
    Role.EXECUTIVE: gettext_lazy("Executive"),
    Role.AUDITOR: gettext_lazy("Auditor"),
    Role.ADMINISTRATOR: gettext_lazy("Administrator"),
    Role.SYSTEM: gettext_lazy("The system"),
}
TOLD = (
    ("at_once", gettext_lazy("At once, as soon as something happens")),
    ("daily", gettext_lazy("Once a day at most, all together")),
    ("weekly", gettext_lazy("Once a week at most, all together")),
    ("never", gettext_lazy("Never; I look for myself")),
)
PURPOSES = {
    "answer_caller": gettext_lazy("To answer your call"),
    "tell_outcome": gettext_lazy("To tell you what came of it"),
    "check_masking": gettext_lazy("To check that personal data is hidden before publishing"),
    "correct_record": gettext_lazy("To correct a record"),
    "check_signature": gettext_lazy("To check a signature"),
    "supervise": gettext_lazy("To supervise the work of staff"),
    "audit": gettext_lazy("To audit the agency"),
    "court_order": gettext_lazy("Because a court ordered it"),
    "inquiry": gettext_lazy("For an inquiry into wrongdoing"),
    "agreed_research": gettext_lazy("For research that you agreed to"),
}
BASES = {
    Basis.PUBLIC_TASK: gettext_lazy("Basis: public task, Personal Data Protection Act, section 24 (4)"),
    Basis.LEGAL_DUTY: gettext_lazy("Basis: legal duty, Personal Data Protection Act, section 24 (6)"),
    Basis.CONSENT: gettext_lazy("Basis: your consent, Personal Data Protection Act, section 19"),
}
# Refusals of this box; `site/refusals.py` takes them in.
REFUSALS = {
    "key_unreadable": gettext_lazy(
        "This key cannot be read. Use up to 255 letters and digits, a UUID for example."
    ),
    "key_used_otherwise": gettext_lazy(
        "This key was sent before, with other words. Use a new key for new words."
    ),
    "still_at_work": gettext_lazy("The same is being done just now. Ask again in a moment."),
    "not_an_email": gettext_lazy(
        "That does not look like an e-mail address. It needs an @ and a name after it."
    ),
    "not_a_phone": gettext_lazy("That does not look like a phone number. A Thai one begins with 0."),
    "too_long": gettext_lazy("That is too long. Please shorten it."),
    "choose_one": gettext_lazy("Choose one of these."),
    "write_something": gettext_lazy("Write something first."),
    "code_wrong": gettext_lazy("That is not the code in the letter. Look at it again."),
    "code_expired": gettext_lazy("This code has run out. Ask for another one."),
    "code_tried_too_often": gettext_lazy("This code was tried too often. Ask for another one."),
    "address_of_somebody_else": gettext_lazy(
        "Somebody signs in with this address already. Sign in with it instead."
    ),
    "way_of_somebody_else": gettext_lazy(
        "Another account signs in this way already. Sign in with it instead."
    ),
    "provider_unreachable": gettext_lazy(
        "The other site does not answer just now. Use a code by e-mail, or try again later."
    ),
    "sign_in_failed": gettext_lazy("Signing in did not work. Please begin again."),
    "sign_in_cancelled": gettext_lazy("You did not agree at the other site, so you are not signed in here."),
    "sign_in_took_too_long": gettext_lazy("That took longer than 15 minutes. Please begin again."),
    "level_too_low": gettext_lazy("This needs surer proof of who you are. Sign in at a higher level."),
    "proof_too_old": gettext_lazy("Please prove again that it is you."),
    "citizens_only": gettext_lazy(
        "The law lets only Thai citizens do this, and your sign-in does not show that you are one."
    ),
    "unknown_purpose": gettext_lazy("This purpose is not known here."),
    "nobody_looked_at": gettext_lazy("Say whose data it is."),
    "asked_already": gettext_lazy("You have asked about this already."),
    "answered_already": gettext_lazy("This question has been answered already."),
    "no_consent": gettext_lazy("Not everybody whose data this is has agreed to this use."),
    "consent_in_force": gettext_lazy("You have agreed to this already."),
    "give_back_roles_first": gettext_lazy(
        "You still work for an agency here. Have your role ended first, then erase your account."
    ),
}
HELD = {
    "reference": gettext_lazy("Number"),
    "status": gettext_lazy("Status"),
    "contact": gettext_lazy("Contact"),
    "name": gettext_lazy("Name"),
    "text": gettext_lazy("Text"),
    "at": gettext_lazy("When"),
    "exported_at": gettext_lazy("Made at"),
    "account": gettext_lazy("Account"),
    "person_id": gettext_lazy("Number of the account"),
    "display_name": gettext_lazy("Name shown in public"),
    "language": gettext_lazy("Language of letters to you"),
    "told": gettext_lazy("How often may we write to you?"),
    "email": gettext_lazy("E-mail address"),
    "phone": gettext_lazy("Phone number"),
    "assurance_level": gettext_lazy("How surely we know you (IAL)"),
    "created_at": gettext_lazy("Since"),
    "since": gettext_lazy("Since"),
    "ways_to_sign_in": gettext_lazy("Ways to sign in"),
    "way": gettext_lazy("Way"),
    "sign_ins": gettext_lazy("Sign-ins"),
    "started_at": gettext_lazy("Began"),
    "ended_at": gettext_lazy("Ended"),
    "consents": gettext_lazy("What I agreed to"),
    "id": gettext_lazy("Number"),
    "purpose": gettext_lazy("Why"),
    "wording": gettext_lazy("Wording"),
    "given_at": gettext_lazy("Given"),
    "withdrawn_at": gettext_lazy("Withdrawn"),
    "looks_at_my_data": gettext_lazy("Who looked at my data"),
    "agency": gettext_lazy("Agency"),
    "role": gettext_lazy("As what"),
    "matter": gettext_lazy("About which matter"),
    "occurred_at": gettext_lazy("When"),
    "entry_id": gettext_lazy("Entry in the public ledger"),
}


def role_name(role: str) -> str:
    """A role in words; a role we do not know keeps its code."""
    return str({key.value: name for key, name in ROLES.items()}.get(role, role))


def purpose_name(purpose: str) -> str:
    """Why staff looked, in words; a purpose without words keeps its code."""
    return str(slots.purpose_words.get(purpose, purpose))


def basis_name(purpose: str) -> str:
    """On which legal basis staff may look for this purpose; empty for a purpose that is gone."""
    known = slots.purposes.get(purpose)
    return str(BASES[known.basis]) if known else ""


def consent_name(purpose: str) -> str:
    """What was agreed to, in the words of the box that asked."""
    asked = slots.consents_asked.get(purpose)
    return str(asked.name) if asked else purpose


def agency_name(code: str) -> str:
    """An agency's name in the reader's language; its code if it has none."""
    return slots.agency_name(code) or code


def provider_title(provider: Provider) -> str:
    """An OpenID provider's name in the reader's language."""
    return provider.title_en if get_language() == "en" else provider.title_th


def way_name(way: str) -> str:
    """A way of signing in, in words."""
    if way == rules.Way.EMAIL:
        return _("code by e-mail")
    if way == rules.Way.DEMO:
        return _("invented person")
    titles = {rules.Way.openid(provider.name): provider_title(provider) for provider in list_providers()}
    return titles.get(way, way.removeprefix("openid:"))


def held_name(name: str) -> str | Promise:
    """The name of a piece of held data in words; a box above may send its own words as names."""
    return slots.held_names.get(name, name.replace("_", " "))


# Pieces of held data that are codes, by name, and how to say them; other boxes add theirs (`slots.held_codes`).
CODES: dict[str, Callable[[str], str]] = {
    "agency": agency_name,
    "role": role_name,
    "purpose": lambda code: purpose_name(code) if code in slots.purposes else consent_name(code),
    "way": way_name,
    "told": lambda code: str(dict(TOLD).get(code, code)),
    "language": lambda code: {"th": "ไทย", "en": "English"}.get(code, code),
}


def held_value(value: object, name: str = "") -> object:
    """A piece of held data called `name`, for reading: times to the minute, codes in words, nothing as a dash."""
    if isinstance(value, datetime):
        return format_instant(value, language=get_language() or "th")
    if value in (None, ""):
        return "–"
    say = slots.held_codes.get(name)
    return say(str(value)) if say else value
