"""Staff's doors: the list, the page of one legal question, each act on it, how to reach its person."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from sala.commons.correspondence import queries as correspondence
from sala.commons.drafts.queries import unsealed_contact
from sala.commons.identity.actions import repeats
from sala.commons.worklist import queries as inbox
from sala.core import clock
from sala.core.actors import Actor
from sala.core.errors import Conflict, Invalid, NotFound, Refused, SalaError
from sala.core.gates import admits
from sala.platform.requests import Request as Visit
from sala.platform.worklist import Act, offered
from sala.services.lawmaking import permissions
from sala.services.lawmaking.acts import ACTS, BY_CODE
from sala.services.lawmaking.forms.question_acts import ActForm
from sala.services.lawmaking.models import LegalQuestion
from sala.services.lawmaking.queries import question_page, questions
from sala.services.lawmaking.queries.question_law import KIND
from sala.services.lawmaking.views.question_looks import LOOKS
from sala.services.lawmaking.views.question_reading import context_of
from sala.services.lawmaking.words.question_names import refusal
from sala.services.lawmaking.words.question_telling import steps


def is_reader(actor: Actor) -> bool:
    """Whoever works on legal questions or oversees them."""
    return actor.holds_any(permissions.READERS)


staff_only = admits(is_reader)


@staff_only
@never_cache
@require_GET
def worklist(request: Visit) -> HttpResponse:
    """Questions in the officer's list of every kind; addresses that somebody kept lead there."""
    asked = {name: request.GET[name] for name in ("agency", "page", *inbox.KEPT_NAMES) if name in request.GET}
    return redirect(inbox.list_address(KIND, **asked))


@staff_only
@never_cache
@require_GET
def work_page(request: Visit, reference: str) -> HttpResponse:
    """One question for those who answer it: the words, what others were told, what can be done."""
    return _work_page(request, questions.get_for_staff(reference, request.actor))


def _work_page(
    request: Visit, asked: LegalQuestion, failed: tuple[str, ActForm] | None = None, status: int = 200
) -> HttpResponse:
    shown = question_page.get_page(asked, now=clock.now(), is_own=True, is_office=True)
    acts = offered(ACTS, asked, request.actor)
    if failed and failed[0] not in {act.code for act in acts}:
        acts.insert(0, BY_CODE[failed[0]])  # not possible any more; what was typed stays theirs
    context = context_of(shown) | {
        "around": inbox.around(request.session, request.actor, asked, now=clock.now()),
        "every_step": steps(shown.steps),
        "acts": [(act, _form(act, asked, failed)) for act in acts],
        "failed": failed[0] if failed else request.GET.get("act", ""),
        "templates": correspondence.list_templates(asked.matter.agency),
        "purposes": LOOKS.purposes(request.actor, asked),
        "passings": sorted(asked.passings.all(), key=lambda step: step.pk),
        "like": [one for one in questions.list_like(shown.text) if one[0].pk != asked.pk],
        "may_work": permissions.may_work(request.actor, asked),
    }
    return render(request, "lawmaking/questions/work/page.html", context, status=status)


def _form(act: Act, asked: LegalQuestion, failed: tuple[str, ActForm] | None) -> ActForm:
    if failed and failed[0] == act.code:
        return failed[1]
    form: ActForm = act.form(question=asked, act=act.code)
    return form


@staff_only
@never_cache
@require_POST
def act(request: Visit, reference: str, name: str) -> HttpResponse:
    """Do one thing; a refusal comes back beside its field with everything that was typed."""
    if name not in BY_CODE:
        raise NotFound("not_found")
    asked = questions.get_for_staff(reference, request.actor)
    if "insert" in request.POST:
        return _work_page(request, asked, (name, _with_ready_words(request, name, asked)))
    form, status = BY_CODE[name].form(request.POST, question=asked, act=name), Invalid.status
    if form.is_valid():
        try:
            _do(request, BY_CODE[name], asked, form)
        except (Invalid, Conflict, Refused) as refused:
            if refused.code == "not_allowed":
                raise
            # Somebody else may have been faster: the page shows how it stands now, with all that was typed.
            asked = questions.get_for_staff(reference, request.actor)
            status = refused.status
            _say_refused(form, refused)
        else:
            messages.success(request, str(BY_CODE[name].done))
            return _after(request, asked)
    return _work_page(request, asked, (name, form), status)


def _with_ready_words(request: Visit, name: str, asked: LegalQuestion) -> ActForm:
    """The form with words kept ready after what was typed, never over it: what the script does, without it."""
    data = request.POST.copy()
    data["text"] = correspondence.with_ready_words(
        asked.matter.agency, request.POST["insert"], request.POST.get("text", "")
    )
    form: ActForm = BY_CODE[name].form(data, question=asked, act=name)
    return form


def _say_refused(form: ActForm, refused: SalaError) -> None:
    """Say why it was refused beside the fields it names, else above the form."""
    fields = refused.fields if isinstance(refused, Invalid) else {}
    for field, code in (fields or {"": refused.code}).items():
        form.add_error(field if field in form.fields else None, refusal(code))


def _do(request: Visit, this: Act, asked: LegalQuestion, form: ActForm) -> None:
    """Do it, once for each form that was shown: a double click, or a page sent again, does nothing more."""
    now, reference = clock.now(), asked.matter.reference
    values: dict[str, Any] = form.values()
    values = this.values(request, asked, values) if this.values else values
    do = partial(this.do, actor=request.actor, now=now, reference=reference, **values)
    repeats.do_form_once(request, door=f"{this.code} {reference}", now=now, act=do)


def _after(request: Visit, asked: LegalQuestion) -> HttpResponse:
    """Back to the page, or to the list if it lies with another office now and this one may not read it."""
    try:
        questions.get_for_staff(asked.matter.reference, request.actor)
    except NotFound:
        return redirect(inbox.kept_address(request.session, request.actor))
    return redirect("questions:work_page", reference=asked.matter.reference)


@staff_only
@never_cache
@require_POST
def show_contact(request: Visit, reference: str) -> HttpResponse:
    """How to reach the person, shown once and recorded: they can see who looked, and why."""
    asked = questions.get_for_staff(reference, request.actor)
    if not permissions.may_work(request.actor, asked):
        raise Refused("not_your_agency")
    LOOKS.record(request, asked, request.POST.get("purpose", ""))
    context = {"contact": unsealed_contact(asked), "original": asked.original, "matter": asked.matter}
    return render(request, "lawmaking/questions/work/contact.html", context)
