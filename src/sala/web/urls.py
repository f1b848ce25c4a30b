"""Root URLs. Thai has no prefix, English lives under /en/; machines' addresses have no language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from sala.web import views

handler404 = "sala.web.views.not_found"
handler500 = "sala.web.views.broken"

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("", include("sala.commons.identity.urls")),
        prefix_default_language=False,
    ),
]
