"""Addresses of oversight."""

from django.urls import path

from sala.commons.oversight import views

app_name = "oversight"
urlpatterns = [
    path("work/executive", views.executive, name="executive"),
    path("work/executive/<slug:part>.csv", views.executive_file, name="executive_file"),
    path("work/supervisor", views.supervisor, name="supervisor"),
    path("work/auditor", views.auditor, name="auditor"),
    path("work/auditor/sample.csv", views.sample_file, name="sample_file"),
    path("work/auditor/looks.csv", views.looks_file, name="looks_file"),
]
