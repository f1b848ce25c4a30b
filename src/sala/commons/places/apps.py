"""Django's name for this box."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Areas with their codes, names and middles; what a point or a few words mean; the base map."""

    name = "sala.commons.places"
    label = "places"
