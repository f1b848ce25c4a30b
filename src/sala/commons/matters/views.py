"""Doors of the spine: the short address of any matter, the public list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from sala.commons.matters import queries, slots
from sala.core.errors import NotFound
from sala.core.gates import open_to_all


@open_to_all
@require_GET
def short(request: HttpRequest, reference: str) -> HttpResponse:
    """The short address of a matter of any kind, as printed on slips: leads to its page."""
    matter = queries.find_matter(reference)
    if matter is None or matter.kind not in slots.page_of:
        raise NotFound("matter_not_found", reference=reference)
    return redirect(slots.page_of[matter.kind](matter.reference))


@open_to_all
@cache_control(public=True, max_age=10)
@require_GET
def public_list(request: HttpRequest) -> HttpResponse:
    """Public matters, the newest first, narrowed by filters."""
    wanted = queries.Filter(
        **{n: request.GET.get(n, "") for n in ("kind", "agency", "area", "topic", "stage")}
    )
    before = request.GET.get("before", "")
    page = queries.list_public(wanted, before=int(before) if before.isdigit() else None)
    return render(request, "matters/list.html", {"page": page, "wanted": wanted})
