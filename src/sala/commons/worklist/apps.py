"""Django's name for this box."""

from django.apps import AppConfig


class WorklistConfig(AppConfig):
    """Lists of work, of every kind of matter."""

    name = "sala.commons.worklist"
    label = "worklist"
