"""Django's name for this box."""

from django.apps import AppConfig


class InformationConfig(AppConfig):
    """Information requests: asked, answered, refused with a section, and what the person may do then."""

    name = "sala.services.information"
    label = "information"
