"""Open311 GeoReport v2, reading and posting: hand-shaped as the standard is, errors included."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.utils.dateparse import parse_datetime
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from sala.core import clock
from sala.core.digits import whole_number
from sala.core.errors import Invalid, NotFound, SalaError, TooMany
from sala.core.gates import open_to_all
from sala.core.languages import LANGUAGES, preferred
from sala.platform.requests import Request
from sala.services.complaints import exporters, queries, words
from sala.services.complaints.queries.outward import MOST, Asked, list_outward
from sala.services.complaints.views import open311_posting as posting
from sala.services.complaints.views.open311_posting import BadRequest

BASE = "/open311/"
SPAN = timedelta(days=90)
View = Callable[..., HttpResponse]


def _answer(root: str, values: Any, form: str, status: int = 200) -> HttpResponse:
    if form == "json":
        return JsonResponse(values, safe=False, status=status, json_dumps_params={"ensure_ascii": False})
    return HttpResponse(exporters.to_xml(root, values), content_type="text/xml; charset=utf-8", status=status)


def _errors(form: str, status: int, descriptions: Sequence[str]) -> HttpResponse:
    values = [{"code": status, "description": description} for description in descriptions]
    return _answer("errors", values, form, status)


def refuse(path: str, status: int, description: str) -> HttpResponse:
    """The standard's list of errors for an address that no view of ours answers; 400 for what is merely wrong."""
    return _errors(
        "json" if path.endswith(".json") else "xml", 400 if status == 422 else status, [description]
    )


def _require_text(request: Request) -> None:
    """Raises BadRequest for characters that are no text: the person's words would be lost or cut."""
    for values in (request.GET, request.POST):
        for name, texts in values.lists():
            if any("\0" in text or "\ufffd" in text for text in (name, *texts)):
                raise BadRequest(400, f"{name[:40]!r} is not text in UTF-8")


def as_the_standard_says(view: View) -> View:
    """Refusals become the standard's list of errors, in the format that was asked for."""

    @wraps(view)
    def answered(request: Request, *args: Any, form: str, **kwargs: Any) -> HttpResponse:
        try:
            _require_text(request)
            with override("th"):
                return view(request, *args, form=form, **kwargs)
        except BadRequest as refusal:
            return _errors(form, refusal.status, [refusal.description])
        except TooMany:
            raise  # told as the standard says by the site, which knows how to say when to come back
        except SalaError as refusal:
            with override(preferred(request.headers.get("Accept-Language", ""), LANGUAGES)):
                return _refused(form, refusal)

    return answered


def _refused(form: str, refusal: SalaError) -> HttpResponse:
    """A refusal of ours as the standard's list of errors, in the language that is active."""
    if isinstance(refusal, NotFound):
        return _errors(form, 404, ["service_request_id was not found"])
    if isinstance(refusal, Invalid):
        told = [f"{posting.name_outside(name)}: {_sentence(code)}" for name, code in refusal.fields.items()]
        # A key sent with other words is 422 wherever it happens (draft-ietf-httpapi-idempotency-key-header).
        status = refusal.status if refusal.code == "key_used_otherwise" else 400
        return _errors(form, status, told or [_sentence(refusal.code)])
    return _errors(form, refusal.status, [_sentence(refusal.code)])


def _sentence(code: str) -> str:
    return words.refusal(code)


@open_to_all
@cache_control(public=True, max_age=300)
@require_GET
@as_the_standard_says
def discovery(request: Request, *, form: str) -> HttpResponse:
    """Where the service is and what it speaks."""
    formats = ["text/xml", "application/json"]
    values = {
        "changeset": "2026-11-22T00:00:00+07:00",
        "contact": settings.SITE_URL,
        "key_service": f"{settings.SITE_URL}/api/docs#open311",
        "endpoints": [
            {
                "specification": "http://wiki.open311.org/GeoReport_v2",
                "url": f"{settings.SITE_URL}/open311/v2",
                "changeset": "2026-11-22T00:00:00+07:00",
                # In the standard's own word: what is sent to a demonstration reaches no office.
                "type": "test" if settings.DEMO else "production",
                "formats": formats,
            }
        ],
    }
    return _answer("discovery", values, form)


@open_to_all
@cache_control(public=True, max_age=60)
@require_GET
@as_the_standard_says
def services(request: Request, *, form: str) -> HttpResponse:
    """The types of complaint."""
    language = request.GET.get("locale", "th")[:2]
    return _answer("services", [exporters.service(t, language) for t in queries.complaint_types()], form)


@open_to_all
@cache_control(public=True, max_age=60)
@require_GET
@as_the_standard_says
def service(request: Request, code: str, *, form: str) -> HttpResponse:
    """What a type of complaint asks besides words and place."""
    topic = next((t for t in queries.complaint_types() if t.code == code), None)
    if topic is None:
        raise BadRequest(404, "service_code was not found")
    return _answer("service_definition", exporters.service_definition(topic), form)


@open_to_all
@csrf_exempt
@as_the_standard_says
def requests(request: Request, *, form: str) -> HttpResponse:
    """Public complaints as service requests; posting files a new one."""
    if request.method == "POST":
        return _post(request, form)
    if request.method != "GET":
        response = _errors(form, 405, ["Use GET or POST"])
        response["Allow"] = "GET, POST"
        return response
    values = _shapes(list_outward(_asked(request), now=clock.now()))
    response = _answer("service_requests", values, form)
    response["Cache-Control"] = "public, max-age=10"
    return response


def _shapes(found: list[Any]) -> list[dict[str, Any]]:
    names = {t.code: t.name_th for t in queries.complaint_types()}
    return [exporters.service_request(one, shown, names, settings.SITE_URL) for one, shown in found]


def _asked(request: Request) -> Asked:
    start, end = _instant(request, "start_date"), _instant(request, "end_date")
    if start and end and end < start:
        raise BadRequest(400, "end_date must not be before start_date")
    start, end = _span(request, start, end)
    return Asked(
        references=_list(request, "service_request_id"),
        topics=_list(request, "service_code"),
        statuses=_list(request, "status"),
        start=start,
        end=end,
        updated_after=_instant(request, "updated_after"),
        page=_number(request, "page", 1),
        size=_number(request, "page_size", MOST),
    )


def _span(
    request: Request, start: datetime | None, end: datetime | None
) -> tuple[datetime | None, datetime | None]:
    """As the standard says: 90 days from the start, or up to the end, or up to now."""
    try:
        if start is not None:
            return start, end or start + SPAN
        if end is not None:
            return end - SPAN, end
    except OverflowError:
        raise BadRequest(
            400, "start_date and end_date must lie in years 1 to 9999, and 90 days around"
        ) from None
    return (None if request.GET.get("updated_after") else clock.now() - SPAN), None


def _list(request: Request, name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in request.GET.get(name, "").split(",") if part.strip())


def _number(request: Request, name: str, default: int) -> int:
    try:
        return whole_number(request.GET.get(name, str(default)), least=1, most=100_000)
    except ValueError:
        raise BadRequest(400, f"{name} must be a number from 1 to 100000") from None


def _instant(request: Request, name: str) -> datetime | None:
    text = request.GET.get(name, "").replace(" ", "+")
    if not text:
        return None
    try:
        at = parse_datetime(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise BadRequest(
            400, f"{name} must be a W3C date and time with a zone, like 2026-11-22T09:00:00+07:00"
        )
    return at


@open_to_all
@require_GET
@as_the_standard_says
def request_by_id(request: Request, reference: str, *, form: str) -> HttpResponse:
    """One or several service requests by number, comma separated; the sender's token stands for its number."""
    wanted = tuple(part.strip() for part in reference.split(",") if part.strip())
    held = posting.held_by_tokens(wanted)
    shown = list_outward(Asked(references=tuple(held.get(part, part) for part in wanted)), now=clock.now())
    values = _shapes(shown) + posting.rows_of_hidden(
        set(held.values()) - {c.matter.reference for c, _files in shown}
    )
    if not values:
        raise BadRequest(404, "service_request_id was not found")
    response = _answer("service_requests", values, form)
    # What a token opens is its sender's alone, so it is kept by nobody on the way.
    response["Cache-Control"] = "private, no-store" if held else "public, max-age=10"
    return response


@open_to_all
@require_GET
@as_the_standard_says
def token(request: Request, value: str, *, form: str) -> HttpResponse:
    """The number behind a token. We number at once, so a public number is a token of its own too."""
    held = posting.held_by_tokens((value,))
    reference = held.get(value) or next(
        (c.matter.reference for c, _files in list_outward(Asked(references=(value,)), now=clock.now())), None
    )
    if reference is None:
        raise BadRequest(404, "token was not found")
    response = _answer("service_requests", [{"service_request_id": reference, "token": value}], form)
    response["Cache-Control"] = "private, no-store"
    return response


def _post(request: Request, form: str) -> HttpResponse:
    values, room = posting.file(request)
    response = _answer("service_requests", [values], form, 201)
    room.write_on(response)
    return response
