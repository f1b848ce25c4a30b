"""Doors of identity: signing in and out."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from sala.commons.identity import actions, demo, rules, sessions
from sala.core import clock
from sala.core.gates import open_to_all


def _next(request: HttpRequest) -> str:
    return rules.safe_return(request.POST.get("next") or request.GET.get("next"))


def _enter(request: HttpRequest, bearer: sessions.Bearer) -> HttpResponse:
    """Open the session and go where the person wanted to go."""
    address = _next(request)
    sessions.open_session(request.session, bearer)
    actions.note_sign_in(bearer, session_key=request.session.session_key or "")
    return HttpResponseRedirect(address)


@open_to_all
@never_cache
@require_GET
def sign_in(request: HttpRequest) -> HttpResponse:
    """The page that offers every way to sign in."""
    return render(request, "identity/sign_in.html", {"next": _next(request)})


@open_to_all
@never_cache
def sign_in_demo(request: HttpRequest) -> HttpResponse:
    """The invented people of the demonstration, one click each."""
    if not settings.DEMO:
        raise Http404
    if request.method != "POST":
        return render(request, "identity/demo.html", {"cast": demo.CAST, "next": _next(request)})
    key = request.POST.get("key", "")
    return _enter(request, actions.sign_in_demo(actor=request.actor, key=key, now=clock.now()))  # type: ignore[attr-defined]  # KnowActor puts it there


@open_to_all
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session; everything it held is gone."""
    actions.note_sign_out(request.session.session_key or "", now=clock.now())
    request.session.flush()
    return redirect("home")
