"""Root URLs. Thai has no prefix, English lives under /en/; machines' addresses have no language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from sala.commons.identity import urls as identity
from sala.commons.ledger import urls as ledger
from sala.services.complaints import urls as complaints
from sala.web import api, pages, views
from sala.web.health import views as health

handler400 = "sala.web.views.not_understood"
handler404 = "sala.web.views.not_found"
handler500 = "sala.web.views.broken"

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.figures, name="metrics"),
    path("figures.json", views.figures, name="figures"),
    path("robots.txt", pages.robots, name="robots"),
    path("site.webmanifest", pages.manifest, name="manifest"),
    path("favicon.ico", pages.favicon, name="favicon"),
    *identity.machine_urlpatterns,
    *ledger.machine_urlpatterns,
    *complaints.machine_urlpatterns,
    path("api/", api.api.urls),
    *i18n_patterns(
        path("api/docs", api.docs, name="api_docs"),
        path("", views.home, name="home"),
        path("now/", views.happening_now, name="happening_now"),
        path("help/", pages.help_page, name="help"),
        path("privacy/", pages.privacy, name="privacy"),
        path("accessibility/", pages.accessibility, name="accessibility"),
        path("coming/<slug:key>/", pages.coming, name="coming"),
        path("style/", pages.style, name="style"),
        path("", include("sala.commons.identity.urls")),
        path("", include("sala.commons.agencies.urls")),
        path("", include("sala.commons.matters.urls")),
        path("complaints/", include("sala.services.complaints.urls")),
        path("", include("sala.commons.ledger.urls")),
        prefix_default_language=False,
    ),
]
