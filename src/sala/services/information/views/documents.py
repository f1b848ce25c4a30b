"""The doors of what was given: each document a page of its own, its file, and the list of all."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import urlencode
from django.utils.text import get_valid_filename
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from sala.commons.agencies import queries as agencies
from sala.commons.drafts import views as drafting
from sala.commons.drafts.queries import is_sender, shows_digits_alone
from sala.commons.files import queries as files
from sala.core import clock
from sala.core.errors import NotFound
from sala.core.gates import open_to_all
from sala.platform import limits
from sala.platform.requests import Request
from sala.services.information import permissions
from sala.services.information.models import Document
from sala.services.information.queries import documents, law, page
from sala.services.information.queries import request as requests
from sala.services.information.views import rates

public_for_seconds = cache_control(public=True, max_age=10, stale_while_revalidate=30)
PAGE = 20


def _get(request: Request, reference: str, number: int, order: int) -> tuple[Document, bool]:
    """A document and whether everyone may fetch it. Raises NotFound for what this visitor may not know of."""
    asked, now = requests.find_request(reference), clock.now()
    document = page.find_document(asked, number, order) if asked else None
    if asked is None or document is None:
        raise NotFound("file_gone")
    if asked.matter.is_public and document.file.is_seen(now):
        return document, True
    is_released = document.answer.released_at is not None
    proof = drafting.find_proof(request, reference)
    # What an office holds about somebody is among these files: guessed digits must not open them.
    is_theirs = is_sender(request.actor, asked, proof) and not shows_digits_alone(request.actor, asked, proof)
    board = law.find_board(law.day_of(now))
    if (is_theirs and is_released) or permissions.may_read(request.actor, asked, board=board):
        return document, False
    raise NotFound("file_gone")


@open_to_all
@require_GET
def document(request: Request, reference: str, number: int, order: int) -> HttpResponse:
    """One given document: its title, whose it is, who asked for it, how to check a copy; and the file."""
    found, is_public = _get(request, reference, number, order)
    asked = found.answer.request
    context = {
        "document": found,
        # As people name it: PDF, JPEG.
        "format": found.file.media_type.rpartition("/")[2].upper(),
        "title": found.public_title if is_public else found.title,
        "matter": asked.matter,
        "office": agencies.find_agency(found.answer.agency),
        "is_public": is_public,
    }
    response = render(request, "information/document.html", context)
    response["Cache-Control"] = "public, max-age=10" if is_public else "private, no-store"
    return response


@open_to_all
@require_GET
def file(request: Request, reference: str, number: int, order: int) -> HttpResponse:
    """The file itself, under a name that says whose answer it is; what it is decides its content, never a name."""
    found, is_public = _get(request, reference, number, order)
    response = HttpResponse(files.read_file(found.file.stored_as), content_type=found.file.media_type)
    ending = found.file.stored_as.rpartition(".")[2]
    name = get_valid_filename(f"{reference}-{number}-{order}.{ending}")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "public, max-age=60" if is_public else "private, no-store"
    etag = f'"{found.file.sha256}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


@open_to_all
@public_for_seconds
@require_GET
def every(request: Request) -> HttpResponse:
    """Everything that was given, the newest first, by words and by office."""
    words = request.GET.get("q", "").strip()[:200]
    typed = request.GET.get("agency", "").strip()[:200]
    office = agencies.find_agency(agencies.read_agency(typed) or typed)
    before = request.GET.get("before", "")
    if words:
        limits.require_room_for(request, rates.SEARCH, now=clock.now())
    found, after = documents.list_documents(
        agency=office.code if office else "",
        words=words,
        before=int(before[:15]) if before.isascii() and before.isdigit() else None,
        size=PAGE,
    )
    onward = {"before": str(after), "q": words, "agency": office.code if office else ""}
    context = {
        "documents": found,
        "asked": words,
        "office": office,
        "office_name": agencies.agency_label(office, get_language() or "th") if office else typed,
        "older": f"?{urlencode(onward)}" if after else "",
    }
    return render(request, "information/documents.html", context)
