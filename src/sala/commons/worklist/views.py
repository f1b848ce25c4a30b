"""An officer's doors: the one list of every kind of matter, its saved views and keys, and where one's day begins."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from sala.commons.agencies import queries as agencies
from sala.commons.identity import slots as identity
from sala.commons.matters import slots as matters
from sala.commons.places import queries as places
from sala.commons.worklist import actions, permissions, queries, words
from sala.core import clock
from sala.core.actors import STAFF, Actor
from sala.core.gates import admits
from sala.platform.counts import MANY
from sala.platform.requests import Request
from sala.platform.worklist import offered


def works_somewhere(actor: Actor) -> bool:
    """Whoever holds any role."""
    return bool(actor.grants)


desk_only = admits(permissions.has_desk)


@admits(works_somewhere)
@never_cache
@require_GET
def home(request: Request) -> HttpResponse:
    """Lead on to the first of this person's pages of work; those are in the order of their role's day."""
    places = identity.work_of(request.actor)
    address = places[0][1] if places else "/"
    asked = request.GET.get("agency", "")
    is_theirs = asked in request.actor.agencies
    return redirect(f"{address}?agency={asked}" if is_theirs else address)


@desk_only
@never_cache
@require_GET
def inbox(request: Request) -> HttpResponse:
    """The officer's day: what must be done first, of every kind they work on or of one, dense and keyboard first."""
    agency = queries.require_agency(request.actor, request.GET.get("agency", ""))
    kind, now, language = request.GET.get("kind", ""), clock.now(), get_language() or "th"
    kept = queries.Kept(kind, agency, queries.wanted_of(kind, request.GET))
    queries.remember_list(request.session, kept)
    found = queries.get_inbox(kind, request.actor, agency, kept.wanted, now=now)
    names = words.view_names(kind)
    context = {
        "kept": kept,
        "wanted": kept.wanted,
        "inbox": found,
        "many": f"{MANY:,}",
        "newest": f"{queries.NEWEST:,}",
        "views": [
            (code, name, found.counts.get(code), _address(kept, code))
            for code, name in names
            if code != queries.NEAR or code == kept.wanted.view
        ],
        "view_name": dict(names)[kept.wanted.view],
        "saved": [(view, _saved(view)) for view in queries.list_saved_views(kind, request.actor, agency)],
        "rows": words.lines(found.rows, language, now),
        "kinds": [
            (
                known,
                found.kinds[known.code],
                known.code in found.many_of,
                queries.list_address(known.code, agency=agency),
            )
            for known in queries.kinds_worked_on()
        ],
        "whole": queries.list_address(agency=agency),
        "all_open": _address(kept, "open"),
        "may_work": request.actor.holds_any(STAFF, agency),
        "act_keys": words.act_keys(kind),
        **_bulk(kind, request.actor, agency),
        **_narrowing(kind, agency, language),
    }
    return render(request, "worklist/inbox.html", context | _opened(request, language, now))


def _address(kept: queries.Kept, view: str) -> str:
    return queries.list_address(kept.kind, agency=kept.agency, view=view)


def _saved(view: Any) -> str:
    """Where a saved view leads; what it holds was ours when it was kept, so only known names go into the address."""
    filters = {name: str(value) for name, value in view.filters.items() if name in queries.KEPT_NAMES}
    return queries.list_address(view.kind, agency=view.agency, **filters)


def _bulk(kind: str, actor: Actor, agency: str) -> dict[str, object]:
    """Where several of one kind are dealt with at once: nothing in the list of every kind, whose acts differ."""
    work = queries.worklist_of(kind) if kind else None
    if work is None or not work.bulk_template or not actor.holds_any(STAFF, agency):
        return {}
    return {"bulk_template": work.bulk_template, "bulk_address": reverse(work.bulk_url_name)}


def _narrowing(kind: str, agency: str, language: str) -> dict[str, object]:
    """What the list can be narrowed to."""
    this = agencies.get_agency(agency)
    return {
        "agency": this,
        "areas": [(area.code, area.name(language)) for area in places.areas_within(this.area)],
        "desks": [(desk.pk, desk.name(language)) for desk in agencies.desks_of(agency)],
        "topics": matters.kinds[kind].topics(language) if kind else (),
    }


def _opened(request: Request, language: str, now: datetime) -> dict[str, object]:
    """What stands beside the list: one matter at a glance, with what is covered covered, and the first acts."""
    reference = request.GET.get("open", "")
    if not reference:
        return {}
    work = queries.worklist_of(queries.kind_of(reference))
    row = work.find(reference, request.actor, now)
    (listed,) = words.lines([row], language, now)
    acts = [act for act in offered(work.acts, row, request.actor) if act.key][:3]
    return {"opened": listed.line, "opened_kind": listed.name, "told": work.told(row), "acts": acts}


@desk_only
@never_cache
@require_POST
def save_view(request: Request) -> HttpResponse:
    """Keep the present filters under a name."""
    agency = queries.require_agency(request.actor, request.POST.get("agency", ""))
    kind = request.POST.get("kind", "")
    kept = queries.Kept(kind, agency, queries.wanted_of(kind, request.POST))
    actions.save_view(
        actor=request.actor,
        kind=kind,
        agency=agency,
        name=request.POST.get("name", ""),
        filters=kept.wanted.filters(),
    )
    messages.success(request, _("The queue is saved."))
    return redirect(kept.address)


@desk_only
@never_cache
@require_POST
def drop_view(request: Request, view_id: int) -> HttpResponse:
    """An own view is gone."""
    actions.drop_view(actor=request.actor, view_id=view_id)
    messages.success(request, _("The queue is deleted."))
    kept = queries.kept_list(request.session, request.actor)
    return redirect(kept.address if kept else "worklist:inbox")


@desk_only
@never_cache
@require_GET
def keys(request: Request) -> HttpResponse:
    """Which key does what; and the switch for those whom single letters disturb."""
    return render(request, "worklist/keys.html", {"act_keys": words.act_keys()})
