"""An officer's doors: the list, the page of one complaint, and each act on it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from sala.commons.correspondence import queries as correspondence
from sala.commons.identity.actions import repeats
from sala.commons.worklist import queries as inbox
from sala.core import clock
from sala.core.addresses import safe_back_address
from sala.core.errors import Conflict, Invalid, NotFound, Refused, SalaError
from sala.core.gates import admits
from sala.platform.requests import Request
from sala.platform.worklist import Act, offered
from sala.services.complaints import desk_words, permissions, queries, words
from sala.services.complaints.acts import ACTS, BY_CODE
from sala.services.complaints.forms.staff import ActForm
from sala.services.complaints.queries import desk
from sala.services.complaints.queries.clock import KIND
from sala.services.complaints.views import looks
from sala.services.complaints.views.moderation import is_reader

staff_only = admits(is_reader)


@staff_only
@never_cache
@require_GET
def work(request: Request) -> HttpResponse:
    """Complaints in the officer's list of every kind; addresses that somebody kept lead there."""
    asked = {name: request.GET[name] for name in ("agency", "page", *inbox.KEPT_NAMES) if name in request.GET}
    return redirect(inbox.list_address(KIND, **asked))


@staff_only
@never_cache
@require_GET
def work_page(request: Request, reference: str) -> HttpResponse:
    """One complaint for those who work on it: the words, the chain, colleagues' notes, and what can be done."""
    return _work_page(request, queries.get_for_staff(reference, request.actor))


def _work_page(
    request: Request, complaint: Any, failed: tuple[str, ActForm] | None = None, status: int = 200
) -> HttpResponse:
    page = desk.get_desk_page(complaint, request.actor, now=clock.now())
    acts = offered(ACTS, complaint, request.actor)
    if failed and failed[0] not in {
        act.code for act in acts
    }:  # not possible any more; what was typed stays theirs
        acts.insert(0, BY_CODE[failed[0]])
    context = {
        "page": page,
        "takable": page.takable,
        "moderates": permissions.may_moderate(request.actor, complaint) and complaint.privacy == "public",
        "complaint": complaint,
        "matter": complaint.matter,
        "status": words.status(complaint),
        "time_left": words.time_left(page.clock),
        "steps": words.steps(page.steps),
        "acts": [(act, _form(act, complaint, failed)) for act in acts],
        "failed": failed[0] if failed else request.GET.get("act", ""),
        "templates": correspondence.list_templates(complaint.matter.agency),
        "purposes": looks.purposes(request.actor, complaint),
        "holder": desk_words.holder(complaint, get_language() or "th"),
        "around": inbox.around(request.session, request.actor, complaint, now=clock.now()),
    }
    return render(request, "complaints/work/page.html", context, status=status)


def _form(act: Act, complaint: Any, failed: tuple[str, ActForm] | None) -> ActForm:
    if failed and failed[0] == act.code:
        return failed[1]
    asked: ActForm = act.form(complaint=complaint, act=act.code)
    return asked


@staff_only
@never_cache
@require_POST
def act(request: Request, reference: str, name: str) -> HttpResponse:
    """Do one thing; a refusal comes back beside its field with everything that was typed."""
    if name not in BY_CODE:
        raise NotFound("not_found")
    complaint = queries.get_for_staff(reference, request.actor)
    if "insert" in request.POST:
        return _work_page(request, complaint, (name, _with_ready_words(request, name, complaint)))
    form, status = BY_CODE[name].form(request.POST, complaint=complaint, act=name), Invalid.status
    if form.is_valid():
        try:
            _do(request, name, complaint, form)
        except (Invalid, Conflict, Refused) as refusal:
            if refusal.code == "not_allowed":
                raise
            # Somebody else may have been faster: the page shows how it stands now, with all that was typed.
            complaint, status = queries.get_for_staff(reference, request.actor), refusal.status
            _tell(form, refusal, complaint)
        else:
            messages.success(request, str(BY_CODE[name].done))
            return _after(request, complaint, BY_CODE[name])
    return _work_page(request, complaint, (name, form), status)


def _do(request: Request, name: str, complaint: Any, form: ActForm) -> None:
    """Do it, once for each form that was shown: a double click, or a page sent again, does nothing more."""
    now, reference = clock.now(), complaint.matter.reference
    door = f"{name} {reference}"
    if repeats.was_form_sent(request, door=door, now=now):
        return
    values = _values(request, name, complaint, form)
    act = partial(BY_CODE[name].do, actor=request.actor, now=now, reference=reference, **values)
    repeats.do_form_once(request, door=door, now=now, act=act)


def _with_ready_words(request: Request, name: str, complaint: Any) -> ActForm:
    """The form with words kept ready after what was typed, never over it: what the script does, without it."""
    data = request.POST.copy()
    data["text"] = correspondence.with_ready_words(
        complaint.matter.agency, request.POST["insert"], request.POST.get("text", "")
    )
    return BY_CODE[name].form(data, complaint=complaint, act=name)


def _tell(form: ActForm, refusal: SalaError, complaint: Any) -> None:
    """Put a refusal beside its field, and let the form know how the complaint stands now."""
    form.refresh(complaint)
    fields = refusal.fields if isinstance(refusal, Invalid) else {}
    for field, code in (fields or {"": refusal.code}).items():
        form.add_error(field if field in form.fields else None, words.refusal(code))


def _values(request: Request, name: str, complaint: Any, form: ActForm) -> dict[str, Any]:
    more, values = BY_CODE[name].values, form.values()
    return more(request, complaint, values) if more else values


def _after(request: Request, complaint: Any, act: Act) -> HttpResponse:
    """Where the act leads; else back to the page, or to the list if it lies with another office now.

    `complaint` is as it was before the act.
    """
    if act.after:
        return redirect(act.after(request, complaint))
    try:
        queries.get_for_staff(complaint.matter.reference, request.actor)
    except NotFound:
        return redirect(inbox.kept_address(request.session, request.actor))
    return redirect("complaints:work_page", reference=complaint.matter.reference)


@staff_only
@never_cache
@require_POST
def show_contact(request: Request, reference: str) -> HttpResponse:
    """Name, telephone and e-mail of the person, shown once and recorded: they can see who looked."""
    complaint = queries.get_for_staff(reference, request.actor)
    looks.record_look(request, complaint, request.POST.get("purpose", ""))
    contact = queries.unsealed_contact(complaint)
    context = {"contact": contact, "matter": complaint.matter, "complaint": complaint}
    return render(request, "complaints/work/contact.html", context)


@staff_only
@never_cache
@require_POST
def bulk(request: Request) -> HttpResponse:
    """The same act on several complaints; each is its own step, and what could not be done is told."""
    name = request.POST.get("act", "")
    if name not in BY_CODE or not BY_CODE[name].in_bulk:
        raise NotFound("not_found")
    if lacking := _lacking(request, name):
        messages.error(request, lacking)
        return redirect(_back(request))
    done = sum(_done(request, name, reference) for reference in request.POST.getlist("reference")[:100])
    if done:
        told = ngettext("Done for %(n)d complaint.", "Done for %(n)d complaints.", done)
        messages.success(request, told % {"n": done})
    return redirect(_back(request))


def _lacking(request: Request, name: str) -> str:
    """What is missing before anything can be done to many; "" if nothing is."""
    given = request.POST
    if not given.getlist("reference"):
        return _("Mark at least one complaint first.")
    lacking = BY_CODE[name].lacking
    return lacking(given) if lacking else ""


def _done(request: Request, name: str, reference: str) -> bool:
    """Do an act on one of many; a refusal is told with its number."""
    try:
        complaint = queries.get_for_staff(reference, request.actor)
        form = BY_CODE[name].form(request.POST, complaint=complaint, act=name)
        if not form.is_valid():
            messages.error(request, f"{reference}: {next(iter(form.errors.values()))[0]}")
            return False
        _do(request, name, complaint, form)
    except SalaError as refusal:
        messages.error(request, f"{reference}: {words.refusal(refusal.code)}")
        return False
    return True


def _back(request: Request) -> str:
    """The list as it was, if the address given is one of ours."""
    return safe_back_address(request.POST.get("back")) or inbox.kept_address(request.session, request.actor)
