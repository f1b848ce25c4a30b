"""The WSGI application that serves pages, public ones from this process's own memory."""

import os

from django.core.wsgi import get_wsgi_application
from psycopg_pool.base import AttemptWithBackoff

from sala.web.page_cache import PageCache, cached

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sala.web.settings")
# By itself the pool tries a restarted database again after 1, 2, 4, 8 seconds, and people would wait as long.
AttemptWithBackoff.INITIAL_DELAY, AttemptWithBackoff.DELAY_BACKOFF = 0.1, 1.2
kept_pages = PageCache()
application = cached(get_wsgi_application(), kept_pages)
