"""One complaint: for its person, for staff, for everyone; its types; the draft being written."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sala.commons.agencies import queries as agencies
from sala.commons.identity import seals
from sala.commons.matters import queries as matters
from sala.core import references
from sala.core.actors import Actor
from sala.core.errors import NotFound
from sala.engines.thai.topics import Topic, complaint_topics
from sala.services.complaints import permissions
from sala.services.complaints.models import Complaint, Draft
from sala.services.complaints.queries import loading


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach the person who filed; each may be empty."""

    name: str = ""
    phone: str = ""
    email: str = ""

    def sealed(self) -> str:
        """The contact, encrypted for storage; empty if there is nothing to keep."""
        if not (self.name or self.phone or self.email):
            return ""
        return seals.seal(json.dumps([self.name, self.phone, self.email], ensure_ascii=False))


def unsealed_contact(complaint: Complaint) -> Contact:
    """The contact of a complaint in clear; doors that show it to staff record the look first."""
    return (
        Contact(*json.loads(seals.unseal(complaint.contact_sealed)))
        if complaint.contact_sealed
        else Contact()
    )


def get_complaint(reference: str) -> Complaint:
    """The complaint with a reference as typed, with its matter, whoever asks. Raises NotFound."""
    try:
        complaint = loading.find_complaint(str(references.parse_reference(reference)))
    except ValueError:
        complaint = None
    if complaint is None:
        raise NotFound("matter_not_found", reference=reference)
    return complaint


def get_for_staff(reference: str, actor: Actor) -> Complaint:
    """The complaint for someone who works on it, helps with it or oversees it. Raises NotFound."""
    complaint = get_complaint(reference)
    permissions.require_may_read(actor, complaint)
    return complaint


def find_by_key(reference: str, actor: Actor, proof: permissions.Proof) -> Complaint:
    """The complaint for the person who filed it. Raises NotFound if that is not shown."""
    complaint = get_complaint(reference)
    if not permissions.is_complainant(actor, complaint, proof):
        raise NotFound("matter_not_found", reference=reference)
    return complaint


def version_of(complaint: Complaint) -> str:
    """A short digest of what everyone reads now: a form made from other words is stale."""
    return hashlib.sha256(f"words {complaint.public_text}".encode()).hexdigest()[:16]


def find_draft(token: str) -> Draft | None:
    """The draft whose secret this is, or None; one that was sent is no draft any more."""
    draft = _kept_draft(token)
    return None if draft is None or is_sent(draft) else draft


def _kept_draft(token: str) -> Draft | None:
    return Draft.objects.filter(token_digest=token_digest(token)).first() if token else None


def is_sent(draft: Draft) -> bool:
    """Whether this draft has become a complaint."""
    return "sent" in answers_of(draft)


def sent_as(token: str) -> tuple[str, str] | None:
    """What a draft became within the last week: the complaint's reference and the key of its link; else None."""
    draft = _kept_draft(token)
    sent = answers_of(draft).get("sent") if draft else None
    return (str(sent[0]), str(sent[1])) if isinstance(sent, list) else None


def answers_of(draft: Draft) -> dict[str, object]:
    """What was typed into a draft so far."""
    return dict(json.loads(seals.unseal(draft.answers_sealed)))


def token_digest(token: str) -> str:
    """The digest under which a draft's secret is kept."""
    return hashlib.sha256(f"draft {token}".encode()).hexdigest()


def complaint_types() -> tuple[Topic, ...]:
    """What people complain about: the topics of the text engine, "other" last."""
    return complaint_topics()


def topic_name(code: str, language: str) -> str:
    """The name of a type of complaint in "th" or "en"; the code itself if it is not known any more."""
    topic = next((t for t in complaint_types() if t.code == code), None)
    if topic is None:
        return code
    return topic.name_en if language == "en" else topic.name_th


def topic_names(language: str) -> list[tuple[str, str]]:
    """Every type of complaint with its name in "th" or "en"."""
    return [(t.code, t.name_en if language == "en" else t.name_th) for t in complaint_types()]


SearchParts = list[tuple[str, Literal["A", "B", "C", "D"]]]


def search_parts(told: Sequence[matters.Matter]) -> dict[int, SearchParts]:
    """What public complaints are found by, by key: their words first, then what, where and who. One query."""
    texts = Complaint.objects.filter(pk__in=[matter.pk for matter in told]).values_list("pk", "public_text")
    known = dict(texts)
    return {matter.pk: _search_parts(matter, known[matter.pk]) for matter in told if matter.pk in known}


def _search_parts(matter: matters.Matter, public_text: str) -> SearchParts:
    agency, path = agencies.find_agency(matter.agency), agencies.area_path(matter.area)
    names = [topic_name(matter.topic, "th"), topic_name(matter.topic, "en")]
    places = [f"{area.name_th} {area.name_en}" for area in path.areas] if path else []
    return [
        (matter.title, "A"),
        (public_text, "B"),
        (" ".join([matter.place, *places]), "C"),
        (" ".join([*names, agency.name_th if agency else ""]), "D"),
    ]


def matters_named(names: Sequence[str]) -> dict[str, int]:
    """The keys of the matters behind hidden names in the ledger, by name, for telling who follows. One query."""
    return dict(Complaint.objects.filter(hidden_name__in=names).values_list("hidden_name", "pk"))
