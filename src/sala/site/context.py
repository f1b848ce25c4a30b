"""What every template may know: the site, the frame's links, this page's address in the other language."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sala.site import navigation


def site(request: HttpRequest) -> dict[str, object]:
    """Context for every page; reads no table, so that cached public pages stay without queries."""
    language = get_language() or "th"
    other = "en" if language == "th" else "th"
    addresses = navigation.addresses(language)
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    mine = {"address": addresses["sign_in"], "name": _("Sign in")}
    if has_session and addresses["mine"]:
        mine = {"address": addresses["mine"], "name": _("My pages")}
    return {
        "language": language,
        "other_language": other,
        "other_language_url": _in_language(request, other),
        "is_demo": settings.DEMO,
        "site_url": settings.SITE_URL,
        "tiles": settings.TILES,
        "tiles_by": settings.TILES_BY,
        "has_session": has_session,
        "addresses": addresses,
        "mine": mine,
    }


def _in_language(request: HttpRequest, language: str) -> str:
    """This page in the other language; the first page where this address leads nowhere."""
    here, match = request.get_full_path(), request.resolver_match
    if match is None or (match.route, language) not in _has_other:
        there = translate_url(here, language)
        if match is not None:
            _has_other[match.route, language] = there != here
    elif _has_other[match.route, language]:
        there = f"/en{here}" if language == "en" else here.removeprefix("/en")
    else:
        there = here
    return there if there != here else ("/en/" if language == "en" else "/")


# Whether pages of a route have an address in a language: finding out resolves and reverses an address, the rest is
# the prefix of English (`urls`).
_has_other: dict[tuple[str, str], bool] = {}
