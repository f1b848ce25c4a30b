"""An officer's doors: the list, the page of one complaint, and each act on it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from sala.commons.agencies import queries as agencies
from sala.commons.identity.requests import Request
from sala.commons.matters import uploads
from sala.core import clock
from sala.core.errors import Conflict, Invalid, NotFound, Refused, SalaError
from sala.core.gates import admits
from sala.services.complaints import actions, forms, queries, words
from sala.services.complaints.forms.staff import ActForm, agency_choices, topic_choices
from sala.services.complaints.queries import desk, inbox
from sala.services.complaints.views.moderation import is_reader, record_look

staff_only = admits(is_reader)


@staff_only
@never_cache
@require_GET
def work(request: Request) -> HttpResponse:
    """The officer's day: what must be done today first, by deadline, dense and keyboard first."""
    agency = inbox.require_agency(request.actor, request.GET.get("agency", ""))
    wanted = _wanted(request)
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
        "wanted": wanted,
        "views": [(view, words.VIEWS[view], found.counts.get(view)) for view in inbox.VIEWS],
        "rows": [(row, words.stage(row.complaint.status), words.time_left(row.clock)) for row in found.rows],
        "saved": inbox.list_saved_views(request.actor, agency),
        "desks": [(desk.pk, desk.name(language)) for desk in agencies.desks_of(agency)],
        "topics": topic_choices(),
    }
    return render(request, "complaints/work/inbox.html", context)


def _wanted(request: Request) -> inbox.Wanted:
    given = {name: request.GET.get(name, "")[:200].strip() for name in ("topic", "area", "desk", "q")}
    page = request.GET.get("page", "1")
    view = request.GET.get("view", "today")
    return inbox.Wanted(
        **given, view=view if view in inbox.VIEWS else "today", page=int(page) if page.isdigit() else 1
    )


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


@dataclass(frozen=True, slots=True)
class Act:
    """One thing an officer can do: its form, its action, the words when it is done."""

    form: type[ActForm]
    do: Callable[..., Any]
    label: Promise
    done: Promise


ACTS: dict[str, Act] = {
    "route": Act(
        forms.RouteForm,
        actions.route_complaint,
        gettext_lazy("Confirm office and type"),
        gettext_lazy("Office and type are confirmed."),
    ),
    "assign": Act(
        forms.AssignForm,
        actions.assign_complaint,
        gettext_lazy("Give to a desk"),
        gettext_lazy("It is assigned."),
    ),
    "start": Act(
        forms.EmptyForm,
        actions.start_work,
        gettext_lazy("Start work"),
        gettext_lazy("The person sees that work has begun."),
    ),
    "reply": Act(
        forms.ReplyForm,
        actions.reply_to_person,
        gettext_lazy("Write to the person"),
        gettext_lazy("Your words have been sent."),
    ),
    "resolve": Act(
        forms.ResolveForm,
        actions.resolve_complaint,
        gettext_lazy("Done, with evidence"),
        gettext_lazy("The person is asked to confirm."),
    ),
    "note": Act(
        forms.NoteForm, actions.add_note, gettext_lazy("Internal note"), gettext_lazy("The note is kept.")
    ),
    "forward": Act(
        forms.AgencyForm,
        actions.forward_complaint,
        gettext_lazy("Send to another office"),
        gettext_lazy("It lies with the other office now. The date stays the same."),
    ),
    "hand_back": Act(
        forms.ReasonForm,
        actions.hand_back_complaint,
        gettext_lazy("Hand back"),
        gettext_lazy("It went back. The date stays the same."),
    ),
    "share": Act(
        forms.AgencyForm,
        actions.share_complaint,
        gettext_lazy("Ask another office to help"),
        gettext_lazy("The other office sees it and helps. You stay responsible."),
    ),
    "split": Act(
        forms.SplitForm,
        actions.split_complaint,
        gettext_lazy("Split off a part"),
        gettext_lazy("The part goes its own way under its own number."),
    ),
    "pause": Act(
        forms.PauseForm,
        actions.pause_clock,
        gettext_lazy("Pause the clock"),
        gettext_lazy("The clock stands still, and everyone sees why."),
    ),
    "resume": Act(
        forms.EmptyForm,
        actions.resume_clock,
        gettext_lazy("Let the clock run"),
        gettext_lazy("The clock runs again."),
    ),
    "reject": Act(
        forms.RejectForm,
        actions.reject_complaint,
        gettext_lazy("Do not take up"),
        gettext_lazy("The person is told why, and what they can do."),
    ),
    "mask": Act(
        forms.MaskForm,
        actions.mask_text,
        gettext_lazy("Cover personal data"),
        gettext_lazy("Everyone reads your version now."),
    ),
    "release": Act(
        forms.EmptyForm,
        actions.release_complaint,
        gettext_lazy("It is a real complaint"),
        gettext_lazy("It goes its way now."),
    ),
    "quarantine": Act(
        forms.EmptyForm,
        actions.quarantine_complaint,
        gettext_lazy("Set aside as spam"),
        gettext_lazy("It is set aside."),
    ),
}


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
    offered = [(name, ACTS[name].label, _form(name, complaint, failed)) for name in page.acts]
    if failed and failed[0] not in page.acts:  # not possible any more; what was typed is still theirs
        offered.insert(0, (failed[0], ACTS[failed[0]].label, failed[1]))
    context = {
        "page": page,
        "complaint": complaint,
        "matter": complaint.matter,
        "status": words.status(complaint),
        "time_left": words.time_left(page.clock),
        "steps": words.steps(page.steps),
        "acts": offered,
        "failed": failed[0] if failed else request.GET.get("act", ""),
        "templates": inbox.list_templates(complaint.matter.agency),
    }
    return render(request, "complaints/work/page.html", context, status=status)


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
            messages.success(request, str(ACTS[name].done))
            return _after(request, complaint.matter.reference, name)
    return _work_page(request, complaint, (name, form), status)


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
    if name == "assign":
        values["officer_id"] = request.actor.person_id if values.pop("take") else None
    return values


def _attach_evidence(request: Request, reference: str) -> None:
    for file in request.FILES.getlist("files"):
        kept = uploads.keep_file(file.read(uploads.LARGEST_BYTES + 1), file.name or "")
        actions.attach_evidence(actor=request.actor, now=clock.now(), reference=reference, kept=kept)


def _after(request: Request, reference: str, name: str) -> HttpResponse:
    """Back to the page; to the list if it lies with another office now, or a moderator has others to look at."""
    if name == "release":
        return redirect("complaints:quarantined")
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
    record_look(request, complaint, "handle_complaint")
    contact = queries.unsealed_contact(complaint)
    context = {"contact": contact, "matter": complaint.matter, "complaint": complaint}
    return render(request, "complaints/work/contact.html", context)


@staff_only
@never_cache
@require_POST
def bulk(request: Request) -> HttpResponse:
    """The same act on several complaints; each is its own step, and what could not be done is told."""
    name, done = request.POST.get("act", ""), 0
    if name not in ("start", "assign", "forward"):
        raise NotFound("not_found")
    if name == "forward" and not (request.POST.get("agency") and request.POST.get("reason", "").strip()):
        messages.error(request, _("Choose the office and give the reason first."))
        return redirect(_back(request))
    for reference in request.POST.getlist("reference")[:100]:
        try:
            complaint = queries.get_for_staff(reference, request.actor)
            form = ACTS[name].form(request.POST, complaint=complaint)
            if form.is_valid():
                values = _values(request, name, complaint, form)
                ACTS[name].do(actor=request.actor, now=clock.now(), reference=reference, **values)
                done += 1
        except SalaError as refusal:
            messages.error(request, f"{reference}: {words.refusal(refusal.code)}")
    messages.success(
        request, ngettext("Done for %(n)d complaint.", "Done for %(n)d complaints.", done) % {"n": done}
    )
    return redirect(_back(request))


def _back(request: Request) -> str:
    """The list as it was, if the address given is one of ours."""
    back = request.POST.get("back", "")
    ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if ours else reverse("complaints:work")
