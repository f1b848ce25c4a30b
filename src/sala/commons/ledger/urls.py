"""Addresses of the ledger: pages for people, and the files of a C2SP log for programs."""

from django.urls import path, re_path

from sala.commons.ledger import views

app_name = "ledger"

urlpatterns = [
    path("ledger/", views.home, name="home"),
    path("ledger/<int:position>", views.entry, name="entry"),
]

# Without a language, and exactly where the specifications say.
machine_urlpatterns = [
    path("ledger/checkpoint", views.checkpoint),
    path("ledger/key", views.key),
    re_path(r"^ledger/tile/entries/(?P<path>[x0-9./p]+)$", views.bundle),
    re_path(r"^ledger/tile/(?P<level>0|[1-9][0-9]?)/(?P<path>[x0-9./p]+)$", views.tile),
    path("ledger/<int:position>/entry.json", views.entry_file),
    path("ledger/<int:position>/entry.tlog-proof", views.proof_file),
    path("api/entries", views.feed),
]
