"""Addresses of imports."""

from django.urls import path

from sala.commons.imports import views

app_name = "imports"
urlpatterns = [
    path("work/imports", views.runs, name="runs"),
    path("work/imports/<int:run_id>", views.run, name="run"),
    path("work/imports/<int:run_id>/report.csv", views.report, name="report"),
    path("work/imports/<int:run_id>/undo", views.undo, name="undo"),
    path("work/imports/new/<slug:name>", views.bring_in, name="bring_in"),
]
