"""Doors for signing in and out."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from sala.commons.identity import actions, letters, openid, queries, rules, sessions, slots
from sala.commons.identity.forms import CodeForm, EmailForm, posted
from sala.core import clock
from sala.core.errors import Conflict, Invalid, NotFound, Refused
from sala.core.gates import actor_of, open_to_all
from sala.platform import limits, seals

PENDING = "login_code"

# A village may share one address; one mailbox must not be flooded with letters.
ASK_CODE = limits.Policy(
    "sign-in.ask-code",
    {
        limits.Key.CONTACT: limits.Rate(5, 3600),
        limits.Key.ADDRESS: limits.Rate(60, 3600),
        limits.Key.ANYBODY: limits.Rate(20_000, 3600),
    },
    is_strict=True,
)
TRY_CODE = limits.Policy("sign-in.try-code", {limits.Key.ADDRESS: limits.Rate(200, 3600)}, is_strict=True)


def following(request: HttpRequest) -> str:
    """Where the person wanted to go: a path of this site."""
    return rules.safe_return(request.POST.get("next") or request.GET.get("next"), fallback=reverse("home"))


def enter(request: HttpRequest, bearer: sessions.Bearer, address: str) -> HttpResponse:
    """Open the session for the bearer and go on."""
    sessions.open_session(request.session, bearer)
    actions.note_sign_in(
        actor=actor_of(request),
        bearer=bearer,
        session_key=request.session.session_key or "",
    )
    if address == reverse("home") and (work := slots.work_of(queries.actor_of_session(request.session))):
        address = work[0][1]  # staff begin where they work, unless they were on their way elsewhere
    return HttpResponseRedirect(address)


@open_to_all
@never_cache
@require_GET
def sign_in(request: HttpRequest) -> HttpResponse:
    """The page that offers every way to sign in."""
    context = {"next": following(request), "providers": openid.list_providers(), "form": EmailForm()}
    return render(request, "identity/sign_in.html", context)


@open_to_all
@never_cache
def ask_code(request: HttpRequest) -> HttpResponse:
    """Send a code to an e-mail address; the same answer whether we know the address or not."""
    if request.method != "POST":  # the language was changed on a page with mistakes
        return redirect("identity:sign_in")
    form = EmailForm(request.POST)
    if form.is_valid() and send_code(request, form):
        return redirect(f"{reverse('identity:enter_code')}?{urlencode({'next': following(request)})}")
    context = {"next": following(request), "providers": openid.list_providers(), "form": form}
    return render(request, "identity/sign_in.html", context, status=422)


def send_code(request: HttpRequest, form: EmailForm, *, adds_address: bool = False) -> bool:
    """Send a code to the address in the form; False, with the error in the form, if that failed."""
    now = clock.now()
    address = rules.normal_email(form.cleaned_data["email"]) or ""
    contact = seals.digest("contact", address) if address else ""
    limits.require_room_for(request, ASK_CODE, now=now, contact=contact)
    actor = actor_of(request)
    try:
        sent = actions.request_code(actor=actor, email=address, now=now, adds_address=adds_address)
        letters.send_code(sent, now=now)
    except Invalid as wrong:
        for name, code in wrong.fields.items():
            form.add_error(name, code)
        return False
    except Conflict as failed:
        form.add_error(None, failed.code)
        return False
    request.session[PENDING] = {"id": sent.code_id, "adds": adds_address}
    return True


@open_to_all
@never_cache
def enter_code(request: HttpRequest) -> HttpResponse:
    """Take the code from the letter, in the browser that asked for it."""
    pending = request.session.get(PENDING)
    if pending is None:
        return redirect("identity:sign_in")
    form = CodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        now = clock.now()
        limits.require_room_for(request, TRY_CODE, now=now)
        tried = actions.confirm_code(
            actor=actor_of(request),
            code_id=pending["id"],
            code=form.cleaned_data["code"],
            language=get_language() or "th",
            now=now,
        )
        if tried.bearer is not None:
            return _entered(request, tried.bearer, adds=pending["adds"])
        form.add_error("code", tried.refusal or "code_wrong")
    context = {"form": form, "next": following(request)}
    return render(request, "identity/code.html", context, status=422 if form.errors else 200)


def _entered(request: HttpRequest, bearer: sessions.Bearer, *, adds: bool) -> HttpResponse:
    """A right code: sign in, or keep the present sign-in when it only confirmed a new address."""
    del request.session[PENDING]
    if adds:
        return redirect("identity:settings")
    return enter(request, bearer, following(request))


@open_to_all
@never_cache
@require_GET
def start_openid(request: HttpRequest, name: str) -> HttpResponse:
    """Go to an OpenID provider. `purpose` asks it to prove more, `add` makes it one more way to sign in."""
    provider = openid.get_provider(name)
    person_id = actor_of(request).person_id
    if request.GET.get("add") and person_id is None:
        raise Refused("sign_in_first")
    address = openid.begin(
        request.session,
        provider,
        back=_back(name),
        following=following(request),
        step_up=_step_up(request.GET.get("purpose", "")),
        is_for=person_id if request.GET.get("add") else None,
        language=get_language() or "th",
        now=clock.now(),
    )
    return HttpResponseRedirect(address)


@open_to_all
@never_cache
@require_GET
def finish_openid(request: HttpRequest, name: str) -> HttpResponse:
    """Back from an OpenID provider: sign in with what it proved, or say what went wrong."""
    now = clock.now()
    provider = openid.get_provider(name)
    flow = openid.take_flow(request.session, provider, state=request.GET.get("state", ""), now=now)
    step_up = _step_up(flow.purpose)
    proof = openid.finish(
        provider,
        flow,
        request.GET.dict(),
        back=_back(name),
        needs_pid=step_up is not None and step_up.needs_pid,
        now=now,
    )
    if step_up is not None and (refusal := rules.refusal_of_proof(proof, step_up, now=now)):
        raise Refused(refusal)
    return _proven(request, flow, proof, step_up)


def _proven(
    request: HttpRequest, flow: openid.Flow, proof: rules.Proof, step_up: rules.StepUp | None
) -> HttpResponse:
    """Sign in with a proof, and keep for a while what it proves for a purpose."""
    now, actor = clock.now(), actor_of(request)
    if flow.is_for is not None and flow.is_for != actor.person_id:
        raise Refused("sign_in_failed")
    bearer = actions.sign_in_openid(
        actor=actor, proof=proof, language=flow.language, now=now, adds_way=flow.is_for is not None
    )
    response = enter(request, bearer, flow.following)
    if step_up is not None:
        digest = queries.digest_of_proof(proof, step_up)
        sessions.keep_proof(request.session, step_up.code, digest, now=now)
    return response


def _back(name: str) -> str:
    """Our one address to return to, without a language, as it is registered with the provider."""
    return f"{settings.SITE_URL}{reverse('openid_back', args=[name])}"


def _step_up(purpose: str) -> rules.StepUp | None:
    if not purpose:
        return None
    if purpose not in slots.step_ups:
        raise NotFound("not_found")
    return slots.step_ups[purpose]


@open_to_all
@never_cache
def sign_in_demo(request: HttpRequest) -> HttpResponse:
    """The invented people of the demonstration, one click each."""
    if not settings.DEMO:
        raise Http404
    if request.method != "POST":
        cast = queries.list_demo_identities()
        return render(request, "identity/demo.html", {"cast": cast, "next": following(request)})
    bearer = actions.sign_in_demo(
        actor=actor_of(request),
        key=request.POST.get("key", ""),
        now=clock.now(),
    )
    return enter(request, bearer, following(request))


@open_to_all
@never_cache
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session; everything it held is gone."""
    if request.method != "POST":  # the language was changed on the page that says so
        signed_in = actor_of(request).is_signed_in
        return redirect("identity:me") if signed_in else render(request, "identity/signed_out.html")
    actor, bearer = actor_of(request), sessions.bearer_of(request.session)
    actions.note_sign_out(actor=actor, session_key=request.session.session_key or "", now=clock.now())
    request.session.flush()
    return render(request, "identity/signed_out.html", _elsewhere(bearer))


def _elsewhere(bearer: sessions.Bearer | None) -> dict[str, object]:
    """Where else the person may still be signed in: the provider they came from, and its way out."""
    for provider in openid.list_providers():
        if bearer is not None and bearer.way == rules.Way.openid(provider.name):
            try:
                address = openid.sign_out_address(provider, back=f"{settings.SITE_URL}/", now=clock.now())
            except Conflict:
                address = ""
            return {"provider": provider, "address": address}
    return {}
