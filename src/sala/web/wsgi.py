"""The WSGI application that serves pages, public ones from this process's own memory."""

import os

from django.core.wsgi import get_wsgi_application

from sala.web.page_cache import PageCache, cached

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sala.web.settings")
kept_pages = PageCache()
application = cached(get_wsgi_application(), kept_pages)
