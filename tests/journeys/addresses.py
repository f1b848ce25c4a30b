"""Addresses for the pages of the URL table: found by themselves, or filled with values of a small world."""

from collections.abc import Iterator, Mapping

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override

# Not pages: files, machines' addresses, parts of pages, and addresses that only lead on.
NO_PAGES = frozenset(
    {"healthz", "readyz", "metrics", "robots", "manifest", "favicon", "happening_now", "figures"}
)


def _patterns(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _patterns(pattern, inner)
        elif pattern.name:
            yield ":".join((*spaces, pattern.name)), pattern


def public_pages(world: Mapping[str, object]) -> list[str]:
    """Thai paths of the pages open to all whose values the world knows, in the order of the table."""
    paths = []
    for name, pattern in _patterns(get_resolver()):
        wanted = pattern.pattern.regex.groupindex
        is_open = getattr(pattern.callback, "gate", "") == "open to all"
        if is_open and name not in NO_PAGES and wanted.keys() <= world.keys():
            with override("th"):
                paths.append(reverse(name, kwargs={value: world[value] for value in wanted}))
    return paths
