"""Root URLs. Thai has no prefix, English lives under /en/; machines' addresses have no language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from sala.site import api, boxes, pages, views

handler400 = "sala.site.views.not_understood"
handler404 = "sala.site.views.not_found"
handler500 = "sala.site.views.broken"

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    # By name: processes and their health stand above the site, which serves their doors all the same.
    path("", include("sala.serving.health.urls")),
    path("figures.json", views.figures, name="figures"),
    path("robots.txt", pages.robots, name="robots"),
    path("site.webmanifest", pages.manifest, name="manifest"),
    path("favicon.ico", pages.favicon, name="favicon"),
    *(pattern for box in boxes.every_box() for pattern in box.machine_addresses),
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
        *(path(prefix, include(module)) for box in boxes.every_box() for prefix, module in box.addresses),
        prefix_default_language=False,
    ),
]
