"""Addresses of tables: pages below each language, files without one."""

from django.urls import path, re_path

from sala.commons.tables import views

app_name = "tables"
urlpatterns = [
    path("data/", views.catalogue, name="catalogue"),
    path("data/<slug:name>/", views.table_page, name="table"),
]

machine_urlpatterns = [
    re_path(
        r"^data/(?P<name>[a-z_]+)\.(?P<form>json|ndjson|csv|atom|schema\.json)$",
        views.file,
        name="table_file",
    ),
]
