"""Doors to one's own pages: settings, who looked at my data, consent, export, erasure."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from sala.commons.identity import actions, openid, queries, slots
from sala.commons.identity.actions.accounts import Wishes
from sala.commons.identity.forms import EmailForm, EraseForm, SettingsForm, TextForm, posted
from sala.commons.identity.views.entrance import send_code
from sala.core import clock
from sala.core.errors import Invalid, NotFound
from sala.core.gates import actor_of, signed_in
from sala.platform import limits

ASK_WHY = limits.Policy("access.question", {limits.Key.PERSON: limits.Rate(10, 86_400)})


@signed_in
@never_cache
@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """My page: what I filed and follow, and the doors to my settings and my data."""
    actor = actor_of(request)
    account = queries.get_account(actor)
    lists = [(heading, found) for heading, rows in slots.own_lists if (found := rows(account.person_id))]
    context = {
        "account": account,
        "lists": lists,
        "has_sleeping_roles": queries.has_sleeping_roles(actor),
        "providers": openid.list_providers(),
        "work": slots.work_of(actor),
    }
    return render(request, "identity/me.html", context)


@signed_in
@never_cache
def settings(request: HttpRequest) -> HttpResponse:
    """My name in public, language, and how often I am told."""
    actor = actor_of(request)
    account = queries.get_account(actor)
    fields = ("display_name", "phone", "language", "told")
    form = SettingsForm(posted(request), initial={name: getattr(account, name) for name in fields})
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_settings(actor=actor, wishes=Wishes(**form.cleaned_data))
        except Invalid as wrong:
            for name, code in wrong.fields.items():
                form.add_error(name, code)
        else:
            messages.success(request, _("Your settings are saved."))
            return redirect("identity:settings")
    here = request.session.session_key or ""
    context = {
        "form": form,
        "account": account,
        "providers": openid.list_providers(),
        "sign_ins": queries.list_sign_ins(actor, session_key=here, now=clock.now()),
    }
    return render(request, "identity/settings.html", context, status=422 if form.errors else 200)


@signed_in
@never_cache
def change_email(request: HttpRequest) -> HttpResponse:
    """Another e-mail address, once a code sent there comes back."""
    form = EmailForm(posted(request))
    if request.method == "POST" and form.is_valid() and send_code(request, form, adds_address=True):
        return redirect("identity:enter_code")
    return render(request, "identity/email.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
@require_POST
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """Sign me out everywhere but here."""
    ended = actions.end_other_sign_ins(
        actor=actor_of(request),
        session_key=request.session.session_key or "",
        now=clock.now(),
    )
    messages.success(request, _("Ended elsewhere: %(count)s") % {"count": ended})
    return redirect("identity:settings")


@signed_in
@never_cache
@require_GET
def access_record(request: HttpRequest) -> HttpResponse:
    """Who looked at my data: agency, as what, why, when, about which matter; newest first."""
    looks = queries.list_looks(actor_of(request), now=clock.now())
    return render(request, "identity/access_record.html", {"looks": looks})


@signed_in
@never_cache
def question_access(request: HttpRequest, record_id: int) -> HttpResponse:
    """Ask an agency why it looked at my data."""
    actor, now = actor_of(request), clock.now()
    shown = queries.get_look(actor, record_id, now=now)
    form = TextForm(posted(request))
    if request.method == "POST" and form.is_valid():
        limits.require_room_for(request, ASK_WHY, now=now)
        actions.question_access(actor=actor, record_id=record_id, text=form.cleaned_data["text"], now=now)
        messages.success(request, _("Your question was sent. The agency has 30 days to answer."))
        return redirect("identity:access_record")
    context = {"form": form, "look": shown}
    return render(request, "identity/question.html", context, status=422 if form.errors else 200)


@signed_in
@never_cache
@require_GET
def consents(request: HttpRequest) -> HttpResponse:
    """What I agreed to, with a way to take each back."""
    actor = actor_of(request)
    context = {"consents": queries.list_consents(actor), "asked": queries.list_consents_asked(actor)}
    return render(request, "identity/consents.html", context)


@signed_in
@require_POST
def give_consent(request: HttpRequest, purpose: str) -> HttpResponse:
    """Agree to a use of my data, in the wording shown."""
    asked = slots.consents_asked.get(purpose)
    if asked is None:
        raise NotFound("not_found")
    actor = actor_of(request)
    actions.give_consent(actor=actor, purpose=purpose, wording=asked.wording, now=clock.now())
    messages.success(request, _("You agreed. You can take it back here at any time."))
    return redirect("identity:consents")


@signed_in
@require_POST
def withdraw_consent(request: HttpRequest, consent_id: int) -> HttpResponse:
    """Take a consent back, from now on."""
    actor = actor_of(request)
    actions.withdraw_consent(actor=actor, consent_id=consent_id, now=clock.now())
    messages.success(request, _("Your consent is withdrawn from now on."))
    return redirect("identity:consents")


@signed_in
@never_cache
@require_GET
def own_data(request: HttpRequest) -> HttpResponse:
    """Everything held of me, to read."""
    held = queries.export_own_data(actor_of(request), now=clock.now())
    return render(request, "identity/own_data.html", {"held": held})


@signed_in
@never_cache
@require_GET
def own_data_file(request: HttpRequest) -> HttpResponse:
    """Everything held of me, as a JSON file (Personal Data Protection Act, sections 30 and 31)."""
    held = queries.export_own_data(actor_of(request), now=clock.now())
    response = JsonResponse(held, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="sala-my-data.json"'
    return response


@signed_in
@never_cache
def erase(request: HttpRequest) -> HttpResponse:
    """Erase my account and contact data, after a conscious yes."""
    form = EraseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        actions.erase_person(actor=actor_of(request), now=clock.now())
        request.session.flush()
        return render(request, "identity/erased.html")
    return render(request, "identity/erase.html", {"form": form}, status=422 if form.errors else 200)
