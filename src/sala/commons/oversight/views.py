"""Doors of those who oversee: how offices do, what needs a supervisor, draws and looks for an audit."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from sala.commons.agencies import queries as agencies
from sala.commons.identity import queries as looks
from sala.commons.oversight import forms, permissions, queries, words
from sala.commons.oversight.rules import LOOKED_BACK
from sala.commons.worklist import queries as worklist
from sala.commons.worklist import words as worklist_words
from sala.core import clock
from sala.core.actors import Role
from sala.core.clock import BANGKOK
from sala.core.errors import NotFound
from sala.core.gates import admits
from sala.core.tables import csv_text
from sala.platform.requests import Request

# A nation's weeks take long to count; the page says as of when they are.
KEPT_SECONDS = 300
FIRST = 6
MOST_LOOKS = 30
MOST_IN_FILE = 10_000
SEEN_DAYS = 30


def _picture(request: Request) -> tuple[str, queries.Picture]:
    """The office asked for ("" for all that are overseen), and how they do, at most five minutes old."""
    asked, now = request.GET.get("agency", ""), clock.now()
    codes = permissions.require_overseen(request.actor, asked)
    whole = not asked and request.actor.holds(Role.AUDITOR)
    key = f"oversight.{sha256(','.join(codes).encode()).hexdigest()}.{int(now.timestamp()) // KEPT_SECONDS}"
    found: queries.Picture | None = cache.get(key)
    if found is None:
        found = queries.get_picture(None if whole else codes, now)
        cache.set(key, found, KEPT_SECONDS)
    return asked, found


@admits(permissions.may_oversee)
@never_cache
@require_GET
def executive(request: Request) -> HttpResponse:
    """How offices do: in and out, what changed, how far matters come, where it is late, office by office."""
    asked, picture = _picture(request)
    wide, narrow = words.lines(picture)
    said, colour = words.headline(picture.whole)
    rows = words.office_rows(picture, request.actor)
    context = {
        "asked": asked,
        "name": words.office_name(asked) if asked else "",
        "choices": _choices(request),
        "picture": picture,
        "headline": said,
        "colour": colour,
        "span": words.span(picture),
        "wide": wide,
        "narrow": narrow,
        "weeks": words.weeks(picture),
        "changes": words.changes(picture, request.actor),
        "rows": rows[: words.SHOWN_OFFICES],
        "more": rows[words.SHOWN_OFFICES :],
        "map": words.late_map(picture.provinces),
        "map_key": words.map_key(),
        "provinces": words.provinces(picture.provinces),
        "cohort": words.cohort(picture),
        "funnels": words.funnels(picture),
        "looked_back": LOOKED_BACK,
    }
    return render(request, "oversight/executive.html", context)


def _choices(request: Request) -> list[tuple[str, str]]:
    """Offices to choose from: the actor's own and those right below; a nation has too many for one list."""
    own = [code for code in request.actor.agencies if code in agencies.overseen_by(request.actor)]
    below = [agency.code for agency in agencies.agencies_by_code().values() if agency.parent in own]
    return [(code, words.office_name(code)) for code in dict.fromkeys([*own, *below])]


@admits(permissions.may_oversee)
@never_cache
@require_GET
def executive_file(request: Request, part: str) -> HttpResponse:
    """A table of the page as CSV."""
    _, picture = _picture(request)
    try:
        columns, rows = words.csv_rows(picture, part)
    except KeyError:
        raise NotFound("not_found") from None
    return _csv(f"sala-{part}-{picture.as_of.astimezone(BANGKOK):%Y-%m-%d}.csv", columns, rows)


def _csv(name: str, columns: Iterable[str], rows: Iterable[Mapping[str, object]]) -> HttpResponse:
    answer = StreamingHttpResponse(csv_text(list(columns), rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return answer  # type: ignore[return-value]  # both are what a view answers


@admits(permissions.may_supervise)
@never_cache
@require_GET
def supervisor(request: Request) -> HttpResponse:
    """What needs a supervisor: what is late, nearly late and with nobody, and what each officer has."""
    agency = permissions.require_supervised(request.actor, request.GET.get("agency", ""))
    now, language = clock.now(), get_language() or "th"
    counts, is_many = worklist.count_views("", request.actor, agency, now=now)
    loads = queries.list_loads(request.actor, agency, now)
    context = {
        "agency": agency,
        "name": words.office_name(agency),
        "offices": [
            (grant.agency, words.office_name(grant.agency))
            for grant in request.actor.grants
            if grant.role in agencies.OVERSEERS
        ],
        "is_many": is_many,
        "as_of": now,
        "needs": [
            (
                view,
                counts.get(view, 0),
                worklist.list_address(agency=agency, view=view),
                worklist_words.lines(_first(request, agency, view, now), language, now),
            )
            for view in ("overdue", worklist.NEAR, worklist.UNASSIGNED)
        ],
        "loads": [
            (load, worklist.list_address(agency=agency, view="open", officer=str(load.person_id or "")))
            for load in loads
        ],
        "most": max((load.open_now for load in loads), default=1),
    }
    return render(request, "oversight/supervisor.html", context)


def _first(request: Request, agency: str, view: str, now: datetime) -> tuple[Any, ...]:
    wanted = worklist.Wanted(view=view)
    return worklist.list_rows("", request.actor, agency, wanted, most=FIRST, now=now)


@admits(permissions.may_audit)
@never_cache
@require_GET
def auditor(request: Request) -> HttpResponse:
    """A draw that anybody can repeat, and the looks that staff took at personal data."""
    now = clock.now()
    today = now.astimezone(BANGKOK).date()
    usual = {"since": today - timedelta(days=SEEN_DAYS), "until": today}
    is_asked = "seed" in request.GET
    sample = forms.SampleForm(
        request.GET if is_asked else None, initial={**usual, "size": 20, "seed": today.isoformat()}
    )
    drawn = _drawn(request, sample) if is_asked and sample.is_valid() else None
    looked = [request.GET.get(f"looks_{name}") or day.isoformat() for name, day in usual.items()]
    span = forms.SpanForm(dict(zip(usual, looked, strict=True)))
    seen = (0, list[looks.StaffLook]())
    if span.is_valid():
        seen = looks.list_looks_of_staff(request.actor, *span.span(), most=MOST_LOOKS)
    context = {
        "sample": sample,
        "drawn": drawn,
        "rows": [_row(request, matter) for matter in drawn.matters] if drawn else [],
        "query": request.GET.urlencode(),
        "span": span,
        "looked": looked,
        "count": seen[0],
        "looks": seen[1],
        "most": MOST_LOOKS,
        "as_of": now,
    }
    return render(request, "oversight/auditor.html", context, status=422 if is_asked and not drawn else 200)


def _drawn(request: Request, form: forms.SampleForm) -> queries.Drawn:
    told, (since, until) = form.cleaned_data, form.span()
    return queries.draw_sample(
        request.actor,
        kind=told["kind"],
        since=since,
        until=until,
        seed=told["seed"],
        size=told["size"],
    )


def _row(request: Request, matter: Any) -> tuple[Any, str]:
    """A drawn matter with the page of it that the auditor may open; "" where there is none."""
    if request.actor.holds_any(worklist.READERS, matter.agency):
        return matter, worklist.page_of(matter.reference)
    return matter, worklist.public_page_of(matter.reference) if matter.is_public else ""


SAMPLE_COLUMNS = (
    "place",
    "reference",
    "kind",
    "agency",
    "visibility",
    "opened_at",
    "closed_at",
    "seed",
    "drawn_from",
)


@admits(permissions.may_audit)
@never_cache
@require_GET
def sample_file(request: Request) -> HttpResponse:
    """The draw as CSV, each row with the seed and from how many it was drawn."""
    form = forms.SampleForm(request.GET)
    if not form.is_valid():
        raise NotFound("not_found")
    drawn = _drawn(request, form)
    rows = (
        {
            "place": place,
            "reference": matter.reference,
            "kind": matter.kind,
            "agency": matter.agency,
            "visibility": matter.visibility,
            "opened_at": matter.opened_at.isoformat(),
            "closed_at": matter.closed_at.isoformat() if matter.closed_at else "",
            "seed": form.cleaned_data["seed"],
            "drawn_from": drawn.population,
        }
        for place, matter in enumerate(drawn.matters, start=1)
    )
    return _csv("sala-sample.csv", SAMPLE_COLUMNS, rows)


@admits(permissions.may_audit)
@never_cache
@require_GET
def looks_file(request: Request) -> HttpResponse:
    """Looks at personal data as CSV: by which office and role, why and when; never who looked, or at whom."""
    form = forms.SpanForm({name: request.GET.get(f"looks_{name}") for name in ("since", "until")})
    if not form.is_valid():
        raise NotFound("not_found")
    _, found = looks.list_looks_of_staff(request.actor, *form.span(), most=MOST_IN_FILE)
    columns = ("occurred_at", "agency", "role", "purpose", "matter")
    rows = ({**{name: getattr(look, name) for name in columns}} for look in found)
    return _csv("sala-looks.csv", columns, rows)
