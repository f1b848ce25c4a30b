"""Addresses of places; the page of an area with who answers there is with the agencies."""

from django.urls import path

from sala.commons.places import views

app_name = "places"
urlpatterns = [
    path("areas/suggest", views.suggest, name="suggest"),
    path("areas/at", views.at, name="at"),
    path("areas/names.json", views.names, name="names"),
]
