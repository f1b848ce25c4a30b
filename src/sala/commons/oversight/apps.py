"""Django's name for this box."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Those who oversee offices, of every kind of matter."""

    name = "sala.commons.oversight"
    label = "oversight"
