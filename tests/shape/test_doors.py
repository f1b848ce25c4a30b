"""Every address has a gate: someone decided who may enter."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

# Other people's doors with checks of their own: the framework's own pages for describing the API.
OTHERS = ("ninja.", "django.views.i18n")


def doors(resolver: URLResolver) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every address of the site with its view."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield str(pattern.pattern), getattr(pattern.callback, "func", pattern.callback)
        else:
            yield from doors(pattern)


def test_every_address_has_a_gate() -> None:
    without = [
        f"{address} ({view.__module__}.{getattr(view, '__name__', view)})"
        for address, view in doors(get_resolver())
        if not hasattr(view, "gate") and not view.__module__.startswith(OTHERS)
    ]
    assert not without, "put @open_to_all, @signed_in or @admits(check) on:\n" + "\n".join(without)
