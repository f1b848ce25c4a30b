"""The door of files that came by letter: for the office that reads the letter and, of theirs, for who asked."""

from django.http import HttpResponse
from django.utils.text import get_valid_filename
from django.views.decorators.http import require_GET

from sala.commons.drafts import views as drafting
from sala.commons.drafts.queries import is_sender, shows_digits_alone
from sala.commons.files import queries as files
from sala.core import clock
from sala.core.errors import NotFound
from sala.core.gates import open_to_all
from sala.platform.requests import Request
from sala.services.information import permissions
from sala.services.information.queries import law, letters
from sala.services.information.queries import request as requests
from sala.services.information.views.looks import LOOKS


@open_to_all
@require_GET
def letter_file(request: Request, reference: str, stored_as: str) -> HttpResponse:
    """A file of a letter: never public. The office's look is recorded; four digits of a telephone do not open it."""
    asked = requests.get_request(reference)
    file, is_persons = letters.get_file(asked, stored_as)
    proof = drafting.proof_for(request, reference)
    is_theirs = is_sender(request.actor, asked, proof) and not shows_digits_alone(request.actor, asked, proof)
    if not (is_persons and is_theirs):
        if not permissions.may_read(request.actor, asked, board=law.find_board(law.day_of(clock.now()))):
            raise NotFound("file_gone")
        LOOKS.record_once(request, asked)
    response = HttpResponse(files.read_file(file.stored_as), content_type=file.media_type)
    name = get_valid_filename(f"{asked.matter.reference}-{file.stored_as}")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
