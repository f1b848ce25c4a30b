"""One complaint: for its person, for staff, for everyone; its types; the draft being written."""

from collections.abc import Sequence
from typing import Literal

from sala.commons.agencies import queries as agencies
from sala.commons.drafts.queries import Proof, is_sender
from sala.commons.matters import queries as matters
from sala.commons.places import queries as places
from sala.core import references
from sala.core.actors import Actor
from sala.core.errors import NotFound
from sala.engines.thai import mask
from sala.engines.thai.topics import Topic, complaint_topics
from sala.services.complaints import permissions
from sala.services.complaints.models import Complaint
from sala.services.complaints.queries import loading


def get_complaint(reference: str) -> Complaint:
    """The complaint with a reference as typed, with its matter, whoever asks. Raises NotFound."""
    try:
        complaint = loading.find_complaint(str(references.parse_reference(reference)))
    except ValueError:
        complaint = None
    if complaint is None:
        raise NotFound("matter_not_found", reference=reference)
    return complaint


def find_complaint(reference: str) -> Complaint | None:
    """The complaint with a reference as typed, or None for one that is not there. Raises NotFound for no reference."""
    try:
        asked = str(references.parse_reference(reference))
    except ValueError:
        raise NotFound("matter_not_found", reference=reference) from None
    return loading.find_complaint(asked)


def get_for_staff(reference: str, actor: Actor) -> Complaint:
    """The complaint for someone who works on it, helps with it or oversees it. Raises NotFound."""
    complaint = get_complaint(reference)
    permissions.require_may_read(actor, complaint)
    return complaint


def find_by_key(reference: str, actor: Actor, proof: Proof) -> Complaint:
    """The complaint for the person who filed it. Raises NotFound if that is not shown."""
    complaint = get_complaint(reference)
    if not is_sender(actor, complaint, proof):
        raise NotFound("matter_not_found", reference=reference)
    return complaint


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
    rows = Complaint.objects.filter(pk__in=[matter.pk for matter in told])
    known = {row[0]: row[1:] for row in rows.values_list("pk", "public_text", "source_id")}
    return {matter.pk: _search_parts(matter, *known[matter.pk]) for matter in told if matter.pk in known}


def _search_parts(matter: matters.Matter, public_text: str, old_number: str) -> SearchParts:
    # The number that an earlier system gave, unless it is a telephone or a citizen's number in disguise.
    old: SearchParts = [(old_number, "A")] if old_number and mask(old_number).text == old_number else []
    agency, path = agencies.find_agency(matter.agency), places.area_path(matter.area)
    names = [topic_name(matter.topic, "th"), topic_name(matter.topic, "en")]
    around = [f"{area.name_th} {area.name_en}" for area in path.areas] if path else []
    return [
        (matter.title, "A"),
        (public_text, "B"),
        (" ".join([matter.place, *around]), "C"),
        (" ".join([*names, agency.name_th if agency else ""]), "D"),
        *old,
    ]


def matters_named(names: Sequence[str]) -> dict[str, int]:
    """The keys of the matters behind hidden names in the ledger, by name, for telling who follows. One query."""
    return dict(Complaint.objects.filter(hidden_name__in=names).values_list("hidden_name", "pk"))
