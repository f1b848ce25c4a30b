"""The WSGI application that serves pages, public ones from this process's own memory."""

import os

from django.core.wsgi import get_wsgi_application

from sala.web.page_cache import cached

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sala.web.settings")
application = cached(get_wsgi_application())
