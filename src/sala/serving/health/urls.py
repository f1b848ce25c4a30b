"""Addresses for those who watch the site."""

from django.urls import path

from sala.serving.health import views

urlpatterns = [
    path("readyz", views.readyz, name="readyz"),
    path("metrics", views.figures, name="metrics"),
]
