"""Django's name for this box."""

from django.apps import AppConfig


class CorrespondenceConfig(AppConfig):
    """Messages about matters, and words kept ready."""

    name = "sala.commons.correspondence"
    label = "correspondence"
