"""An administrator's doors: what was brought in, one import with its report, undoing it, bringing a table in."""

import csv
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sala.commons.identity import queries as people
from sala.commons.imports import actions, forms, permissions, queries, running, words
from sala.core import clock
from sala.core.errors import Conflict, NotFound, TooLarge
from sala.core.gates import admits
from sala.core.tables import safe_cell
from sala.engines import files as opener
from sala.platform.requests import Request

# So many batches are taken back before a page; what is left is taken by pressing again.
BATCHES = 20
KNOWN_ENDINGS = (".csv.gz", ".csv", ".tsv", ".txt", ".xlsx", ".gz")
administrators = admits(permissions.may_import)


@administrators
@never_cache
@require_GET
def runs(request: Request) -> HttpResponse:
    """What was brought in, the newest first, and what can be brought in."""
    found = queries.list_runs(request.actor)
    names = people.display_names([run.person_id for run in found if run.person_id])
    context = {
        "runs": [
            (run, words.title(run.importer), words.state(run), names.get(run.person_id or 0, ""))
            for run in found
        ],
        "importers": queries.list_importers(),
        "most": queries.PAGE,
    }
    return render(request, "imports/runs.html", context)


@administrators
@never_cache
@require_GET
def run(request: Request, run_id: int) -> HttpResponse:
    """One import: how it ended, rows by what became of them, what was noted, what of it stayed."""
    found = queries.get_run(request.actor, run_id)
    names = people.display_names([found.person_id] if found.person_id else [])
    refused = queries.list_refused(found)
    context = {
        "run": found,
        "title": words.title(found.importer),
        "state": words.state(found),
        "by": names.get(found.person_id or 0, ""),
        "notes": [words.note(code, what, rows) for code, what, rows in found.notes],
        "stayed": [(key, words.stayed(code)) for key, code in queries.list_stayed(found)],
        "header": next(refused, []),
        "first_bad": [row for row, _at in zip(refused, range(SHOWN), strict=False)],
        "may_undo": found.undone_at is None and queries.is_undoable(found),
    }
    return render(request, "imports/run.html", context)


SHOWN = 10


@administrators
@never_cache
@require_GET
def report(request: Request, run_id: int) -> HttpResponse:
    """The rows that could not be taken, with line, column, value and reason: mended, they can be brought in again."""
    found = queries.get_run(request.actor, run_id)
    rows = queries.list_refused(found)
    header = next(rows, None)
    if header is None:
        raise NotFound("not_found")
    answer = StreamingHttpResponse(_lines(header, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="sala-import-{found.pk}-report.csv"'
    return answer  # type: ignore[return-value]  # both are what a view answers


def _lines(header: list[str], rows: Iterator[list[str]]) -> Iterator[str]:
    """CSV with the mark by which spreadsheets know that it is UTF-8: whoever mends it opens it with one."""
    yield "\ufeff"
    for row in (header, *rows):
        line = io.StringIO()
        csv.writer(line).writerow([safe_cell(cell) for cell in row])
        yield line.getvalue()


@administrators
@never_cache
@require_POST
def undo(request: Request, run_id: int) -> HttpResponse:
    """What an import added is taken away again, except what somebody has touched since."""
    now = clock.now()
    try:
        for _batch in range(BATCHES):
            if not actions.take_back_some(actor=request.actor, now=now, run_id=run_id):
                gone, stayed = actions.close_undone(actor=request.actor, now=now, run_id=run_id)
                told = ngettext("%(n)s thing was taken away", "%(n)s things were taken away", gone)
                messages.success(
                    request, f"{told % {'n': f'{gone:,}'}}; {_('%(n)s stay') % {'n': f'{stayed:,}'}}"
                )
                return redirect("imports:run", run_id=run_id)
        messages.warning(request, _("A part is taken away. Press again for the rest."))
    except Conflict as refusal:
        messages.error(request, str(words.REFUSALS.get(refusal.code, refusal.code)))
    return redirect("imports:run", run_id=run_id)


@administrators
@never_cache
@require_http_methods(["GET", "POST"])
def bring_in(request: Request, name: str) -> HttpResponse:
    """A table to bring in: tried first, without changing anything, or landed at once."""
    importer = queries.find_importer(name)
    if request.method == "GET":
        return _asked(request, importer, forms.TableForm(importer=importer))
    form = forms.TableForm(request.POST, request.FILES, importer=importer)
    if not form.is_valid():
        return _asked(request, importer, form, status=422)
    is_rehearsal = "land" not in request.POST
    try:
        (landing, *_more) = _land(request, importer, form, is_rehearsal=is_rehearsal)
    except (running.BadMapping, running.BadTable, opener.FileError, UnicodeError) as problem:
        form.add_error("table", _("This table cannot be read: %(why)s") % {"why": problem})
        return _asked(request, importer, form, status=422)
    except (Conflict, TooLarge) as refusal:
        form.add_error(None, str(words.REFUSALS.get(refusal.code, refusal.code)))
        return _asked(request, importer, form, status=refusal.status)
    if is_rehearsal:
        return _asked(request, importer, form, landing)
    messages.success(request, _("The table has landed."))
    return redirect("imports:run", run_id=landing.run_id)


def _asked(
    request: Request,
    importer: Any,
    form: forms.TableForm,
    landing: running.Landing | None = None,
    status: int = 200,
) -> HttpResponse:
    """The form, with what would come of the table if it was tried."""
    context = {
        "importer": importer,
        "form": form,
        "landing": landing,
        "notes": [words.note(code, what, n) for (code, what), n in sorted(landing.notes.items())]
        if landing
        else [],
        "read_as": [words.read_as(code, what) for code, what in landing.read_as.items()] if landing else [],
        "first_bad": [(bad, words.reason(bad.reason)) for bad in landing.first_bad] if landing else [],
        "runs": reverse("imports:runs"),
    }
    return render(request, "imports/bring_in.html", context, status=status)


def _land(
    request: Request, importer: Any, form: forms.TableForm, *, is_rehearsal: bool
) -> list[running.Landing]:
    """Land the file that was sent, or only try it; it lies on the disk as long as that takes."""
    mapping, sent = running.mapping_of(importer, form.mapping), form.cleaned_data["table"]
    ending = next((end for end in KNOWN_ENDINGS if sent.name.lower().endswith(end)), ".csv")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"table{ending}"
        path.write_bytes(sent.read())
        encoding = form.cleaned_data["encoding"]
        try:
            with running.open_table(str(path), importer, mapping, encoding=encoding) as sheet:
                return running.land(
                    actor=request.actor,
                    now=clock.now(),
                    importer=importer,
                    mapping=mapping,
                    sheets=[sheet],
                    is_rehearsal=is_rehearsal,
                )
        except opener.FileError as problem:
            # Where it lay for a moment is nobody's business.
            raise running.BadTable(str(problem).replace(str(path), path.name)) from problem
