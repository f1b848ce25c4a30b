"""The doors of whoever reads: all conversations, a map in picture and words, its files."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from sala.commons.participation import exporters, queries
from sala.commons.participation.rules import maps as rules
from sala.core import clock
from sala.core.errors import NotFound
from sala.core.gates import open_to_all
from sala.platform.requests import Request

PAGE = 30


@open_to_all
@cache_control(public=True, max_age=10, stale_while_revalidate=30)
@require_GET
def start(request: Request) -> HttpResponse:
    """All conversations about public matters, the newest first."""
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 18 else 0
    found = queries.list_conversations(before=before, size=PAGE + 1)
    now = clock.now()
    shown = [(one, one.closes_at is not None and one.closes_at <= now) for one in found[:PAGE]]
    older = f"?before={found[PAGE - 1].pk}" if len(found) > PAGE else ""
    return render(request, "participation/opinions/start.html", {"shown": shown, "older": older})


@open_to_all
@require_GET
def shown(request: Request, reference: str) -> HttpResponse:
    """What all groups share, where they differ, the picture, every group, every statement."""
    conversation = queries.get_conversation(reference)
    drawn = queries.find_map(conversation)
    context: dict[str, Any] = {"conversation": conversation, "matter": conversation.matter, "drawn": drawn}
    if drawn is not None:
        told = rules.statements(drawn.document)
        standings = queries.count_standings(conversation)
        picture = drawn.picture_en if get_language() == "en" else drawn.picture_th
        texts = {one.number: one.text for one in told}
        context |= {
            "told": told,
            "shared": rules.shared(told),
            "apart": rules.apart(told),
            "picture": bytes(picture).decode(),
            "groups": [
                (one, [_said(texts, said) for said in one["representative"]])
                for one in drawn.document["groups"]
            ],
            "without_group": drawn.document["left_out"]["participants_without_group"],
            "waiting": standings.get("waiting", 0),
            "refused": standings.get("refused", 0),
            "files": [(name, f"{name}.csv") for name in exporters.FILES],
        }
    return render(request, "participation/opinions/map.html", context)


def _said(texts: dict[int, str], said: dict[str, object]) -> tuple[str, bool]:
    return texts.get(int(str(said["statement"])), ""), said["for"] == "agree"


@open_to_all
@require_GET
def file(request: Request, reference: str, name: str) -> HttpResponse:
    """One file of a conversation in Polis's layout. Raises NotFound for another name, Conflict for too few people."""
    conversation = queries.get_conversation(reference)
    if name not in exporters.FILES:
        raise NotFound("not_found")
    number = conversation.matter.reference
    address = f"{settings.SITE_URL}{reverse('opinions:vote', args=[number])}"
    response = HttpResponse(
        exporters.write(conversation, name, address), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{number}-{name}.csv"'
    return response
