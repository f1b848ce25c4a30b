"""What every template may know: the actor, the site, the address of this page in the other language."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language


def site(request: HttpRequest) -> dict[str, object]:
    """Context for every page; reads no table, so that cached public pages stay without queries."""
    language = get_language() or "th"
    other = "en" if language == "th" else "th"
    return {
        "language": language,
        "other_language": other,
        "other_language_url": translate_url(request.get_full_path(), other),
        "is_demo": settings.DEMO,
        "site_url": settings.SITE_URL,
    }
