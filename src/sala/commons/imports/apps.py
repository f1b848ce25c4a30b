"""Makes the box known to the framework."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Tables that are brought in."""

    name = "sala.commons.imports"
    label = "imports"
