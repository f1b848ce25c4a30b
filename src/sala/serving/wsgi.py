"""The WSGI application that serves pages, public ones from this process's own memory."""

import os
from collections.abc import Callable
from typing import Any

from django.core.wsgi import get_wsgi_application
from psycopg_pool.base import AttemptWithBackoff

from sala.serving import reference_news
from sala.serving.page_cache import PageCache, cached

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sala.site.settings")
# By itself the pool tries a restarted database again after 1, 2, 4, 8 seconds, and people would wait as long.
AttemptWithBackoff.INITIAL_DELAY, AttemptWithBackoff.DELAY_BACKOFF = 0.1, 1.2
kept_pages = PageCache()
_pages = get_wsgi_application()


def _informed(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
    """The pages, in a process that hears of changed reference data from its first request on, forked or not."""
    reference_news.listen()
    return _pages(environ, start)


application = cached(_informed, kept_pages)
