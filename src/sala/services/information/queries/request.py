"""One request: for its person, for staff, for everyone; what it is found by."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from sala.commons.drafts.queries import Proof, is_sender
from sala.commons.matters.queries import Matter
from sala.commons.places import queries as places
from sala.core import references
from sala.core.actors import Actor
from sala.core.errors import NotFound
from sala.platform.registration import Weight
from sala.services.information import permissions
from sala.services.information.models import Answer, Document, Request
from sala.services.information.queries.law import find_board
from sala.services.information.rules.wishes import Openness

__all__ = ["Request", "find_public", "find_request", "get_for_staff", "get_own", "get_request"]


def whole() -> QuerySet[Request]:
    """Requests with everything the rules and a page ask of them. Seven queries for any number of requests."""
    return Request.objects.select_related("matter", "desk", "officer").prefetch_related(
        "answers__grounds", "proceedings", "third_parties__proceedings", "transfers"
    )


def find_request(reference: str) -> Request | None:
    """The request with a reference as typed, whoever asks; None if there is none."""
    try:
        typed = str(references.parse_reference(reference))
    except ValueError:
        return None
    return whole().filter(matter__reference=typed).first()


def get_request(reference: str) -> Request:
    """As `find_request`. Raises NotFound."""
    request = find_request(reference)
    if request is None:
        raise NotFound("matter_not_found", reference=reference)
    return request


def find_public(reference: str) -> Request | None:
    """The request if everyone may read it; None for one that is hidden and for a number that is none, alike."""
    request = find_request(reference)
    return request if request is not None and request.matter.is_public else None


def get_own(reference: str, actor: Actor, proof: Proof) -> Request:
    """The request for the person who asked. Raises NotFound if that is not shown."""
    request = get_request(reference)
    if not is_sender(actor, request, proof):
        raise NotFound("matter_not_found", reference=reference)
    return request


def get_for_staff(reference: str, actor: Actor, on: Any) -> Request:
    """The request for those who work on it, had it, or decide above. Raises NotFound."""
    request = get_request(reference)
    permissions.require_may_read(actor, request, board=find_board(on))
    return request


def matters_named(names: Sequence[str]) -> dict[str, int]:
    """The keys of the matters behind hidden names in the ledger, by name. One query."""
    return dict(Request.objects.filter(hidden_name__in=names).values_list("hidden_name", "pk"))


def search_parts(told: Sequence[Matter]) -> dict[int, list[tuple[str, Weight]]]:
    """What public requests are found by, by key: titles of what was given, their words, the answer's. Three queries."""
    keys = [matter.pk for matter in told]
    found = Request.objects.filter(pk__in=keys, privacy=Openness.PUBLIC.value).in_bulk()
    answers: dict[int, list[str]] = {}
    for key, text in Answer.objects.filter(request_id__in=list(found)).values_list(
        "request_id", "public_text"
    ):
        answers.setdefault(key, []).append(text)
    titles: dict[int, list[str]] = {}
    given = Document.objects.filter(answer__request_id__in=list(found), answer__released_at__isnull=False)
    for key, title in given.values_list("answer__request_id", "public_title"):
        titles.setdefault(key, []).append(title)
    return {
        matter.pk: _parts(matter, found[matter.pk], titles.get(matter.pk, []), answers.get(matter.pk, []))
        for matter in told
        if matter.pk in found
    }


def _parts(
    matter: Matter, request: Request, titles: list[str], answers: list[str]
) -> list[tuple[str, Weight]]:
    path = places.area_path(matter.area)
    around = [f"{area.name_th} {area.name_en}" for area in path.areas] if path else []
    return [
        (matter.title, "A"),
        (" ".join(titles), "A"),
        (request.public_text, "B"),
        (" ".join(answers), "C"),
        (" ".join([request.public_where, *around]), "D"),
    ]
