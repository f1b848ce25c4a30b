"""An officer's doors: the list, the page of one complaint, and each act on it."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from sala.commons.agencies import queries as agencies
from sala.commons.identity.requests import Request
from sala.commons.matters import uploads
from sala.core import clock
from sala.core.actors import STAFF
from sala.core.errors import Conflict, Invalid, NotFound, Refused, SalaError
from sala.core.gates import admits
from sala.services.complaints import actions, desk_words, queries, words
from sala.services.complaints.forms.staff import ActForm, agency_choices, topic_choices
from sala.services.complaints.permissions import READERS
from sala.services.complaints.queries import desk, inbox
from sala.services.complaints.queries.counting import MANY
from sala.services.complaints.views import looks
from sala.services.complaints.views.acts import ACTS
from sala.services.complaints.views.moderation import is_reader

staff_only = admits(is_reader)
_LIST = "complaint_list"


@staff_only
@never_cache
@require_GET
def work(request: Request) -> HttpResponse:
    """The officer's day: what must be done today first, by deadline, dense and keyboard first."""
    agency = inbox.require_agency(request.actor, request.GET.get("agency", ""))
    wanted = _wanted(request.GET)
    _remember_list(request, agency, wanted)
    found = inbox.get_inbox(request.actor, agency, wanted, now=clock.now())
    language = get_language() or "th"
    this = agencies.get_agency(agency)
    context = {
        "agency": this,
        "areas": [(area.code, area.name(language)) for area in agencies.areas_within(this.area)],
        "offices": agency_choices(but=agency),
        "kept": urlencode({"agency": agency, **wanted.filters()}),
        "agencies": [a for code in request.actor.agencies if (a := agencies.find_agency(code))],
        "inbox": found,
        "many": f"{MANY:,}",
        "newest": f"{inbox.NEWEST:,}",
        "wanted": wanted,
        "views": [(view, desk_words.VIEWS[view], found.counts.get(view)) for view in inbox.VIEWS],
        "rows": desk_words.lines(found.rows, language),
        "may_work": request.actor.holds_any(STAFF, agency),
        "saved": inbox.list_saved_views(request.actor, agency),
        "desks": [(desk.pk, desk.name(language)) for desk in agencies.desks_of(agency)],
        "topics": topic_choices(),
    }
    return render(request, "complaints/work/inbox.html", context)


def _wanted(given_by: Mapping[str, str]) -> inbox.Wanted:
    given = {name: given_by.get(name, "")[:200].strip() for name in ("topic", "area", "desk", "q")}
    page = given_by.get("page", "1")
    view = given_by.get("view", "today")
    return inbox.Wanted(
        **given, view=view if view in inbox.VIEWS else "today", page=int(page) if page.isdigit() else 1
    )


def _remember_list(request: Request, agency: str, wanted: inbox.Wanted) -> None:
    """Keep which list the officer works through, so that a complaint's page knows the next one."""
    kept = {"agency": agency, **wanted.filters()}
    if request.session.get(_LIST) != kept:
        request.session[_LIST] = kept


def _list_of(request: Request) -> dict[str, str]:
    """The list the officer works through: its agency and filters; the first of theirs if they came another way."""
    mine = [grant.agency for grant in request.actor.grants if grant.role in READERS]
    kept = request.session.get(_LIST, {})
    return dict(kept) if kept.get("agency") in mine else {"agency": mine[0], "view": "open"}


@staff_only
@never_cache
@require_POST
def save_view(request: Request) -> HttpResponse:
    """Keep the present filters under a name."""
    agency = inbox.require_agency(request.actor, request.POST.get("agency", ""))
    filters = {name: request.POST.get(name, "")[:200] for name in ("view", "topic", "area", "desk", "q")}
    actions.save_view(actor=request.actor, agency=agency, name=request.POST.get("name", ""), filters=filters)
    messages.success(request, _("The view is kept."))
    return redirect("complaints:work")


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
    forms_of = {name: _form(name, complaint, failed) for name in page.acts}
    if failed and failed[0] not in page.acts:  # not possible any more; what was typed is still theirs
        forms_of = {failed[0]: failed[1], **forms_of}
    context = {
        "page": page,
        "takable": page.takable,
        "complaint": complaint,
        "matter": complaint.matter,
        "status": words.status(complaint),
        "time_left": words.time_left(page.clock),
        "steps": words.steps(page.steps),
        "acts": [
            (name, desk_words.ACTS[name], desk_words.KEYS.get(name, ""), form)
            for name, form in forms_of.items()
        ],
        "failed": failed[0] if failed else request.GET.get("act", ""),
        "templates": inbox.list_templates(complaint.matter.agency),
        "purposes": looks.purposes(request.actor, complaint),
        "holder": desk_words.holder(complaint, get_language() or "th"),
        **_around(request, complaint),
    }
    return render(request, "complaints/work/page.html", context, status=status)


def _around(request: Request, complaint: Any) -> dict[str, object]:
    """The way back to the list, and its next and previous complaint."""
    kept = _list_of(request)
    around = inbox.get_neighbours(request.actor, kept["agency"], _wanted(kept), complaint, now=clock.now())
    return {"around": around, "list_address": f"{reverse('complaints:work')}?{urlencode(kept)}"}


def _form(name: str, complaint: Any, failed: tuple[str, ActForm] | None) -> ActForm:
    return failed[1] if failed and failed[0] == name else ACTS[name].form(complaint=complaint)


@staff_only
@never_cache
@require_POST
def act(request: Request, reference: str, name: str) -> HttpResponse:
    """Do one thing; a refusal comes back beside its field with everything that was typed."""
    if name not in ACTS:
        raise NotFound("not_found")
    complaint = queries.get_for_staff(reference, request.actor)
    if "insert" in request.POST:
        return _work_page(request, complaint, (name, _with_ready_words(request, name, complaint)))
    form, status = ACTS[name].form(request.POST, complaint=complaint), Invalid.status
    if form.is_valid():
        try:
            values = _values(request, name, complaint, form)
            ACTS[name].do(
                actor=request.actor, now=clock.now(), reference=complaint.matter.reference, **values
            )
        except (Invalid, Conflict, Refused) as refusal:
            if refusal.code == "not_allowed":
                raise
            # Somebody else may have been faster: the page shows how it stands now, with all that was typed.
            complaint, status = queries.get_for_staff(reference, request.actor), refusal.status
            _tell(form, refusal, complaint)
        else:
            messages.success(request, str(desk_words.DONE[name]))
            return _after(request, complaint.matter.reference, name)
    return _work_page(request, complaint, (name, form), status)


def _with_ready_words(request: Request, name: str, complaint: Any) -> ActForm:
    """The form with words kept ready after what was typed, never over it: what the script does, without it."""
    kept = {str(ready.pk): ready.text for ready in inbox.list_templates(complaint.matter.agency)}
    typed, words_ready = request.POST.get("text", "").rstrip(), kept.get(request.POST["insert"], "")
    data = request.POST.copy()
    data["text"] = "\n\n".join(part for part in (typed, words_ready) if part)
    return ACTS[name].form(data, complaint=complaint)


def _tell(form: ActForm, refusal: SalaError, complaint: Any) -> None:
    """Put a refusal beside its field, and let the form know how the complaint stands now."""
    form.refresh(complaint)
    fields = refusal.fields if isinstance(refusal, Invalid) else {}
    for field, code in (fields or {"": refusal.code}).items():
        form.add_error(field if field in form.fields else None, words.refusal(code))


def _values(request: Request, name: str, complaint: Any, form: ActForm) -> dict[str, Any]:
    values = form.values()
    if name == "resolve":
        _attach_evidence(request, complaint.matter.reference)
    if name == "assign" and values.pop("take"):
        values["officer_id"] = request.actor.person_id
    return values


def _attach_evidence(request: Request, reference: str) -> None:
    for file in request.FILES.getlist("files"):
        kept = uploads.keep_file(file.read(uploads.LARGEST_BYTES + 1), file.name or "")
        actions.attach_evidence(actor=request.actor, now=clock.now(), reference=reference, kept=kept)


def _after(request: Request, reference: str, name: str) -> HttpResponse:
    """Back to the page; to the list if it lies with another office now, or a moderator has others to look at."""
    if name in ("release", "keep"):
        found = queries.get_complaint(reference)
        was_aside = name == "release" or found.matter.visibility == "quarantined"
        return redirect("complaints:quarantined" if was_aside else "complaints:covered")
    try:
        queries.get_for_staff(reference, request.actor)
    except NotFound:
        return redirect("complaints:work")
    return redirect("complaints:work_page", reference=reference)


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
    if name not in ("start", "assign", "forward", "reply"):
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
    if name == "forward" and not (given.get("agency") and given.get("reason", "").strip()):
        return _("Choose the office and give the reason first.")
    if name == "reply" and not given.get("text", "").strip():
        return _("Write what the people should read first.")
    return ""


def _done(request: Request, name: str, reference: str) -> bool:
    """Do an act on one of many; a refusal is told with its number."""
    try:
        complaint = queries.get_for_staff(reference, request.actor)
        form = ACTS[name].form(request.POST, complaint=complaint)
        if not form.is_valid():
            return False
        values = _values(request, name, complaint, form)
        ACTS[name].do(actor=request.actor, now=clock.now(), reference=reference, **values)
    except SalaError as refusal:
        messages.error(request, f"{reference}: {words.refusal(refusal.code)}")
        return False
    return True


def _back(request: Request) -> str:
    """The list as it was, if the address given is one of ours."""
    back = request.POST.get("back", "")
    ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if ours else reverse("complaints:work")
