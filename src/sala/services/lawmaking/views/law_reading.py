"""Doors of the law library: looking for a law, reading it on a day, one provision, two versions beside each other."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.http import urlencode
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from sala.core import clock
from sala.core.characters import clean
from sala.core.dates import parse_date
from sala.core.digits import find_whole_number
from sala.core.errors import NotFound
from sala.core.gates import open_to_all
from sala.engines.legislation.comparing import KINDS_OF_CHANGE
from sala.engines.legislation.pairing import words_of_unit
from sala.engines.legislation.wording import Span
from sala.platform.requests import Request
from sala.services.lawmaking.models import Expression, Provision, Work
from sala.services.lawmaking.queries import laws
from sala.services.lawmaking.queries.laws import Wanted, label_of
from sala.services.lawmaking.rules.laws import address_name
from sala.services.lawmaking.views.law_metadata import describe, describe_provision
from sala.services.lawmaking.words.law_names import CHANGES, KINDS

ON_PAGE, MOST_PAGES = 20, 500
_ASKED = ("q", "kind", "year", "agency", "day")
_MARKS = {"added": "ins", "removed": "del"}
public_for_seconds = cache_control(public=True, max_age=10, stale_while_revalidate=30)


def _today() -> date:
    return clock.day_of(clock.now())


@open_to_all
@public_for_seconds
@require_GET
def start(request: Request) -> HttpResponse:
    """Every law of the library; narrowed by words, kind, year, office, and to texts of a day."""
    asked = {name: clean(request.GET.get(name, ""))[:200].strip() for name in _ASKED}
    page = find_whole_number(request.GET.get("page", ""), least=1, most=MOST_PAGES) or 1
    year = find_whole_number(asked["year"], least=2300, most=2999)
    day = _day(asked["day"])
    wanted = Wanted(
        words=asked["q"],
        kind=asked["kind"][:40],
        agency=asked["agency"][:40],
        year=year,
        day=day or _today(),
        is_dated=day is not None,
    )
    found = laws.search_laws(wanted, page=page, size=ON_PAGE)
    carried: dict[str, str | int] = {name: value for name, value in asked.items() if value}
    context = {
        **asked,
        "found": [(work, KINDS.get(work.kind, work.kind), hits) for work, hits in found.laws],
        "count": found.count,
        "is_search": bool(carried),
        "is_no_day": bool(asked["day"]) and day is None,
        "on": f"@{day.isoformat()}" if day else "",
        "agencies": laws.agencies(),
        "kinds": [(code, KINDS.get(code, code)) for code in laws.kinds()],
        "newer": f"?{urlencode({**carried, 'page': page - 1})}" if page > 1 else "",
        "older": f"?{urlencode({**carried, 'page': page + 1})}" if page * ON_PAGE < found.count else "",
    }
    return render(request, "lawmaking/laws/start.html", context)


@open_to_all
@public_for_seconds
@require_GET
def law(request: Request, code: str, day: date | None = None) -> HttpResponse:
    """A law as it holds on a day, today unless told: table of contents, text, versions."""
    work, versions, version = _read(code, day)
    provisions = laws.list_provisions(version)
    context = _of_law(work, versions, version, day) | {
        "eli": describe(work, versions, version),
        "whole": laws.get_whole(version),
        "units": [(one, label_of(one), address_name(one.eid)) for one in provisions],
        "sections": sum(one.kind in ("section", "clause_kho") for one in provisions),
    }
    return render(request, "lawmaking/laws/law.html", context)


@open_to_all
@public_for_seconds
@require_GET
def provision(request: Request, code: str, name: str, day: date | None = None) -> HttpResponse:
    """One provision under its permanent address: its words, and how they were in each version."""
    work, versions, version = _read(code, day)
    found = laws.get_provision(versions, version, name)
    parted = _told_by_version(found.versions)
    stands = day or version.holds_from or _today()
    context = _of_law(work, versions, version, day) | {
        "eli": describe_provision(work, version, found.here, label_of(found.here)),
        "one": found.here,
        "label": label_of(found.here),
        "name": address_name(found.here.eid),
        "near": [
            (label_of(one), _address(work, one, day)) if one else None for one in (found.before, found.after)
        ],
        "history": parted,
        "address": settings.SITE_URL + reverse("laws:provision_on", args=[work.code, name, stands]),
    }
    return render(request, "lawmaking/laws/provision.html", context)


@open_to_all
@public_for_seconds
@require_GET
def compare(request: Request, code: str) -> HttpResponse:
    """Two versions: each provision that was added, removed, moved, renumbered or changed, by word."""
    work = laws.get_work(code)
    versions = laws.list_versions(work)
    older, newer = (
        _chosen(versions, request.GET.get("from", "")),
        _chosen(versions, request.GET.get("to", "")),
    )
    if older is None or newer is None:
        older, newer = versions[max(len(versions) - 2, 0)], versions[-1]
    compared = laws.compare(older, newer)
    context = _of_law(work, versions, newer, None) | {
        "older": older,
        "newer": newer,
        "counts": [
            (*CHANGES[what], compared.count(what)) for what in KINDS_OF_CHANGE if compared.count(what)
        ],
        "unchanged": compared.unchanged,
        "changes": [
            {
                "label": label_of(unit),
                "was": label_of(one.before) if one.before and "renumbered" in one.what else "",
                "tags": [CHANGES[what] for what in one.what],
                "words": _marked(one.words or (Span(_what(one.what), words_of_unit(unit)),)),
            }
            for one in compared.changes
            if (unit := one.after or one.before) is not None
        ],
    }
    return render(request, "lawmaking/laws/compare.html", context)


@open_to_all
@public_for_seconds
@require_GET
def akn(request: Request, code: str, day: date | None = None) -> HttpResponse:
    """A version as Akoma Ntoso 3.0."""
    work, _versions, version = _read(code, day)
    answer = HttpResponse(laws.get_whole(version).akn, content_type="application/akn+xml; charset=utf-8")
    stem = work.code if work.code.isascii() else f"law-{work.pk}"
    answer["Content-Disposition"] = f'attachment; filename="{stem}.xml"'
    return answer


@open_to_all
@public_for_seconds
@require_GET
def document(request: Request, code: str, day: date | None = None) -> HttpResponse:
    """A version as JSON: its headings and provisions with their ids."""
    work, _versions, version = _read(code, day)
    told = laws.to_document(work, laws.get_whole(version), laws.list_provisions(version))
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def _day(typed: str) -> date | None:
    """A day as people write it, here or in ISO 8601; None for what is no day."""
    try:
        return parse_date(typed)
    except ValueError:
        return None


def _what(whole: tuple[str, ...]) -> str:
    return whole[0] if whole[0] in _MARKS else "same"


def _marked(spans: Iterable[Span]) -> str:
    """Words that came and went, marked; what stays as it is."""
    parts = ((_MARKS.get(span.what, "span"), span.text) for span in spans)
    return format_html_join("", "<{0}>{1}</{0}>", parts)


def _read(code: str, day: date | None) -> tuple[Work, list[Expression], Expression]:
    work = laws.get_work(code)
    versions = laws.list_versions(work)
    if day is not None:
        return work, versions, laws.version_on(versions, day)
    try:
        return work, versions, laws.version_on(versions, _today())
    except NotFound:
        return work, versions, versions[0]  # not in force yet: its page says from which day


def _chosen(versions: Iterable[Expression], told: str) -> Expression | None:
    """The version of a day as an address has it; `first` is the one without a day."""
    return next((one for one in versions if _mark(one) == told), None)


def _mark(version: Expression) -> str:
    return version.holds_from.isoformat() if version.holds_from else "first"


def _address(work: Work, one: Provision, day: date | None) -> str:
    name = address_name(one.eid)
    if day is None:
        return reverse("laws:provision", args=[work.code, name])
    return reverse("laws:provision_on", args=[work.code, name, day])


def _told_by_version(found: Iterable[tuple[Expression, Provision | None]]) -> list[dict[str, Any]]:
    """What each version says, and whether its words are those of the version before."""
    told, last = [], None
    for version, one in found:
        text = one.text if one else None
        told.append({"version": version, "one": one, "is_new": text != last})
        last = text
    return told[::-1]


def _of_law(work: Work, versions: list[Expression], version: Expression, day: date | None) -> dict[str, Any]:
    today = _today()
    return {
        "law": work,
        "kind": KINDS.get(work.kind, work.kind),
        "version": version,
        "versions": [(one, _mark(one), one.pk == version.pk) for one in versions],
        "day": day,
        "is_past": version.holds_until is not None and version.holds_until < today,
        "is_to_come": version.holds_from is not None and version.holds_from > today,
        "on": f"@{day.isoformat()}" if day else "",
        "ask": f"{reverse('questions:new')}?{urlencode({'about_law': work.title[:200]})}",
        "answers": f"{reverse('questions:answers')}?{urlencode({'q': work.title[:200]})}",
    }
