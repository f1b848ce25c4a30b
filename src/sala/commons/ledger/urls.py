"""Addresses of the ledger: pages for people, and the files of a C2SP log for programs."""

from django.urls import path

from sala.commons.ledger import views

app_name = "ledger"

urlpatterns = [
    path("ledger/", views.home, name="home"),
    path("ledger/<int:position>", views.entry, name="entry"),
]

# Without a language, and exactly where the specifications say.
machine_urlpatterns = [
    path("ledger/checkpoint", views.checkpoint, name="ledger_checkpoint"),
    path("ledger/key", views.key, name="ledger_key"),
    path("ledger/tile/entries/<path:path>", views.bundle, name="ledger_bundle"),
    path("ledger/tile/<str:level>/<path:path>", views.tile, name="ledger_tile"),
    path("ledger/<int:position>/entry.json", views.entry_file, name="ledger_entry_file"),
    path("ledger/<int:position>/entry.tlog-proof", views.proof_file, name="ledger_proof_file"),
]
