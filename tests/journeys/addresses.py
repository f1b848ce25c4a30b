"""Addresses for the pages of the URL table: found by themselves, or given here when they need a value."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

# name of an address that needs values -> the path to look at (Thai); add yours with a fixture in mind.
EXAMPLES: dict[str, str] = {
    "coming": "/coming/laws/",
}
# Not pages: files, machines' addresses, parts of pages, and addresses that only lead on.
NO_PAGES = frozenset({"healthz", "readyz", "metrics", "robots", "manifest", "favicon", "happening_now"})


def _patterns(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _patterns(pattern, inner)
        else:
            yield ":".join((*spaces, pattern.name or "")), pattern


def every_address() -> list[tuple[str, URLPattern]]:
    """Every address of the URL table with its full name ("identity:sign_in"), in order."""
    return list(_patterns(get_resolver()))
