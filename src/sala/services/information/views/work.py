"""Staff's doors: the list, the page of one request, each act on it, the Board's list, intake by telephone and paper."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from sala.commons.correspondence import queries as correspondence
from sala.commons.drafts.queries import unsealed_contact
from sala.commons.files import actions as files
from sala.commons.identity.actions import repeats
from sala.commons.moderation.actions import require_not_set_aside
from sala.commons.moderation.queries import is_set_aside
from sala.commons.worklist import queries as inbox
from sala.core import clock
from sala.core.actors import Actor
from sala.core.errors import Conflict, Invalid, NotFound, Refused, SalaError
from sala.core.gates import admits
from sala.platform import seals
from sala.platform.requests import Request as Visit
from sala.platform.worklist import Act, offered
from sala.services.information import actions, permissions
from sala.services.information.acts import ACTS, BY_CODE
from sala.services.information.forms.acts import ActForm, GrantForm
from sala.services.information.models import Request
from sala.services.information.queries import law, page
from sala.services.information.queries import request as requests
from sala.services.information.views.looks import LOOKS
from sala.services.information.views.reading import context_of
from sala.services.information.words import desk
from sala.services.information.words.names import refusal
from sala.services.information.words.road import steps


def is_reader(actor: Actor) -> bool:
    """Whoever works on requests, oversees them, or works for the Board."""
    return actor.holds_any(permissions.READERS)


staff_only = admits(is_reader)


@staff_only
@never_cache
@require_GET
def worklist(request: Visit) -> HttpResponse:
    """Requests in the officer's list of every kind; addresses that somebody kept lead there."""
    asked = {name: request.GET[name] for name in ("agency", "page", *inbox.KEPT_NAMES) if name in request.GET}
    return redirect(inbox.list_address(law.KIND, **asked))


@staff_only
@never_cache
@require_GET
def work_page(request: Visit, reference: str) -> HttpResponse:
    """One request for those who answer it: the words, which ways are open to the person, what can be done."""
    asked = requests.get_for_staff(reference, request.actor, law.day_of(clock.now()))
    return _work_page(request, asked)


def _work_page(
    request: Visit, asked: Request, failed: tuple[str, ActForm] | None = None, status: int = 200
) -> HttpResponse:
    works = permissions.may_work(request.actor, asked) and not is_set_aside(asked)
    shown = page.get_page(asked, now=clock.now(), is_own=True, with_notes=True, is_answering=works)
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
        "third_parties": desk.third_parties(asked),
        "transfers": sorted(asked.transfers.all(), key=lambda step: step.pk),
        "letter": _letter(request, asked),
        "may_work": works,
        "is_set_aside": is_set_aside(asked),
        "may_compare": shown.hides_words and bool(LOOKS.purposes(request.actor, asked)),
        "needs_signer": _needs_signer(request, asked, {act.code for act in acts}),
    }
    return render(request, "information/work/page.html", context, status=status)


def _needs_signer(request: Visit, asked: Request, offered_codes: set[str]) -> bool:
    """Whether somebody who may answer sees no way to refuse only because another has to sign that."""
    is_signer = request.actor.holds_any(permissions.SIGNERS, asked.matter.agency)
    return "grant" in offered_codes and not is_signer


def _letter(request: Visit, asked: Request) -> dict[str, Any]:
    """The letter to whoever was asked last, with the address of their own page: shown once. {} if nobody was."""
    kept = request.session.pop(f"third {asked.matter.reference}", None)
    return desk.letter(asked, *kept) if kept else {}


def _form(act: Act, asked: Request, failed: tuple[str, ActForm] | None) -> ActForm:
    if failed and failed[0] == act.code:
        return failed[1]
    form: ActForm = act.form(request=asked, act=act.code)
    return form


@staff_only
@never_cache
@require_POST
def act(request: Visit, reference: str, name: str) -> HttpResponse:
    """Do one thing; a refusal comes back beside its field with everything that was typed."""
    if name not in BY_CODE:
        raise NotFound("not_found")
    asked = requests.get_for_staff(reference, request.actor, law.day_of(clock.now()))
    if "insert" in request.POST:
        return _work_page(request, asked, (name, _with_ready_words(request, name, asked)))
    form, status = BY_CODE[name].form(request.POST, request=asked, act=name), Invalid.status
    if form.is_valid():
        try:
            _do(request, BY_CODE[name], asked, form)
        except (Invalid, Conflict, Refused) as refused:
            if refused.code == "not_allowed":
                raise
            # Somebody else may have been faster: the page shows how it stands now, with all that was typed.
            asked = requests.get_for_staff(reference, request.actor, law.day_of(clock.now()))
            status = refused.status
            _say_refused(form, refused)
        else:
            messages.success(request, str(BY_CODE[name].done))
            return _after(request, asked, BY_CODE[name])
    return _work_page(request, asked, (name, form), status)


def _with_ready_words(request: Visit, name: str, asked: Request) -> ActForm:
    """The form with words kept ready after what was typed, never over it: what the script does, without it."""
    data = request.POST.copy()
    data["text"] = correspondence.with_ready_words(
        asked.matter.agency, request.POST["insert"], request.POST.get("text", "")
    )
    form: ActForm = BY_CODE[name].form(data, request=asked, act=name)
    return form


def _say_refused(form: ActForm, refused: SalaError) -> None:
    """Say why it was refused beside the fields it names, else above the form."""
    fields = refused.fields if isinstance(refused, Invalid) else {}
    for field, code in (fields or {"": refused.code}).items():
        form.add_error(_beside(form, field), refusal(code))


def _beside(form: ActForm, field: str) -> str | None:
    """The field of a form beside which a refusal stands; None for the form as a whole."""
    places = {"grounds": "ground_1", "words": "reason_1"}
    name = places.get(field, field)
    return name if name in form.fields else None


def _do(request: Visit, this: Act, asked: Request, form: ActForm) -> None:
    """Do it, once for each form that was shown: a double click, or a page sent again, does nothing more."""
    now, reference = clock.now(), asked.matter.reference
    door = f"{this.code} {reference}"
    if repeats.was_form_sent(request, door=door, now=now):
        return
    values = form.values()
    values = this.values(request, asked, values) if this.values else values
    shared = {"actor": request.actor, "now": now, "reference": reference}
    if isinstance(form, GrantForm):
        _give(request, form, door, shared, values["decision"])
        return
    results: list[Any] = []
    do = partial(this.do, **shared, **values)
    repeats.do_form_once(request, door=door, now=now, act=lambda: results.append(do()))
    if this.code == "consult" and results:
        # The secret of their own page is shown once, to whoever writes the letter, and is kept nowhere.
        asked_one = results[0]
        request.session[f"third {reference}"] = [asked_one.id, asked_one.key]


def _give(
    request: Visit, form: GrantForm, door: str, shared: dict[str, Any], decision: actions.Decision
) -> None:
    """An answer with files: cleaned first, kept only if the answer was."""
    uploads = request.FILES.getlist("files")
    titles = form.title_lines()
    if len(titles) != len(uploads):
        raise Invalid("invalid", {"titles": "title_missing"})
    with files.kept_files(uploads) as kept:
        given = tuple(map(actions.NewDocument, titles, kept))
        whole = actions.Decision(
            how=decision.how,
            text=decision.text,
            reasons=decision.reasons,
            fee_baht=decision.fee_baht,
            documents=given,
            is_in_text=decision.is_in_text,
        )
        do = partial(actions.answer_request, **shared, decision=whole)
        repeats.do_form_once(request, door=door, now=shared["now"], act=do)


def _after(request: Visit, asked: Request, done: Act) -> HttpResponse:
    """Back to the page, to where the act leads, or to the list if it lies with another office now."""
    if done.after:
        return redirect(done.after(request, asked))
    try:
        requests.get_for_staff(asked.matter.reference, request.actor, law.day_of(clock.now()))
    except NotFound:
        return redirect(inbox.kept_address(request.session, request.actor))
    return redirect("information:work_page", reference=asked.matter.reference)


@staff_only
@never_cache
@require_POST
def show_contact(request: Visit, reference: str) -> HttpResponse:
    """How to reach the person, shown once and recorded: they can see who looked, and why."""
    asked = requests.get_for_staff(reference, request.actor, law.day_of(clock.now()))
    if not permissions.may_work(request.actor, asked):
        raise Refused("not_your_agency")
    require_not_set_aside(asked)
    LOOKS.record(request, asked, request.POST.get("purpose", ""))
    context = {
        "contact": unsealed_contact(asked),
        "original": asked.original,
        "address": seals.unseal(asked.address_sealed),
        "matter": asked.matter,
    }
    return render(request, "information/work/contact.html", context)


def takes_in(actor: Actor) -> bool:
    """Staff who write down what a person wants to know."""
    return permissions.may_take_in(actor)
