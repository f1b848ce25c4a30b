"""The site's own doors: first page, health, and the pages for when something is missing or broken."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sala.core.gates import open_to_all


@open_to_all
def home(request: HttpRequest) -> HttpResponse:
    """The first page: one box, four doors, what is happening now, how the state is doing."""
    return render(request, "web/home.html")


@open_to_all
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: the process answers. Says nothing about the database; /readyz does."""
    return HttpResponse("ok\n", content_type="text/plain")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for an address that is not there."""
    return render(request, "web/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """The page for a fault of ours; needs no database and no session."""
    return render(request, "web/500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form that was open too long or came from elsewhere."""
    return render(request, "web/csrf.html", status=403)
