"""The published rules of moderation: what may not stand here, and how one appeals."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from sala.commons.moderation import queries, words
from sala.core.gates import open_to_all


@open_to_all
@cache_control(public=True, max_age=3600)
@require_GET
def rulebook(request: HttpRequest) -> HttpResponse:
    """Every reason a moderator may give, what they may do, and by when one appeals and is answered."""
    context = {
        "breaches": words.BREACHES.values(),
        "whats": words.WHATS.values(),
        "appeal_days": queries.APPEAL_WITHIN.days,
        "decide_days": queries.DECIDE_WITHIN.days,
    }
    return render(request, "moderation/rules.html", context)
