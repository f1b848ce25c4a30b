"""Doors of the ledger: what was recorded and the proof for people, C2SP files for programs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from sala.commons.ledger import keys, pages, queries
from sala.core.errors import NotFound
from sala.core.gates import open_to_all
from sala.engines import merkle

SHOWN = 20
FOREVER = 365 * 24 * 3600
LEVELS = frozenset(str(level) for level in range(64))


def _public(response: HttpResponse, seconds: int, *, immutable: bool = False) -> HttpResponse:
    patch_cache_control(response, public=True, max_age=seconds, **({"immutable": True} if immutable else {}))
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _text(text: str, seconds: int) -> HttpResponse:
    return _public(HttpResponse(text, content_type="text/plain; charset=utf-8"), seconds)


@require_safe
@open_to_all
def home(request: HttpRequest) -> HttpResponse:
    """The ledger's first page: how long it is, what was recorded last, how to check it."""
    return _public(render(request, "ledger/home.html", pages.home(SHOWN)), 2)


@require_safe
@open_to_all
def entry(request: HttpRequest, position: int) -> HttpResponse:
    """One entry: what was recorded, and the proof."""
    return _public(render(request, "ledger/entry.html", pages.entry(position)), 30)


@require_safe
@open_to_all
def entry_file(request: HttpRequest, position: int) -> HttpResponse:
    """The exact bytes that were recorded, which hash to the leaf."""
    body = queries.get_entry(position).body
    return _public(HttpResponse(body, content_type="application/json"), FOREVER, immutable=True)


@require_safe
@open_to_all
def proof_file(request: HttpRequest, position: int) -> HttpResponse:
    """The proof to keep (C2SP tlog-proof): it can be checked without asking us again."""
    response = _text(queries.get_evidence(position).to_keep(position), 30)
    response["Content-Disposition"] = f'attachment; filename="sala-{position}.tlog-proof"'
    return response


@require_safe
@open_to_all
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The published checkpoint (C2SP tlog-checkpoint)."""
    return _text(queries.get_checkpoint(), 1)


@require_safe
@open_to_all
def key(request: HttpRequest) -> HttpResponse:
    """The log's public key. Who checks the log should have it from elsewhere."""
    return _text(f"{keys.log_key()}\n", 60)


@require_safe
@open_to_all
def tile(request: HttpRequest, level: str, path: str) -> HttpResponse:
    """A tile of the tree (C2SP tlog-tiles)."""
    if level not in LEVELS:
        raise NotFound("not_found")
    return _file(queries.get_tile(int(level), *_index_and_width(path)))


@require_safe
@open_to_all
def bundle(request: HttpRequest, path: str) -> HttpResponse:
    """An entry bundle (C2SP tlog-tiles)."""
    return _file(queries.get_bundle(*_index_and_width(path)))


def _file(content: bytes) -> HttpResponse:
    return _public(HttpResponse(content, content_type="application/octet-stream"), FOREVER, immutable=True)


def _index_and_width(path: str) -> tuple[int, int]:
    try:
        index, width = merkle.parse_tile_path(path)
    except ValueError:
        raise NotFound("not_found") from None
    if index >= 2**55:
        raise NotFound("not_found")
    return index, width
