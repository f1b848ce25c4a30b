"""Django's name for this box."""

from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    """Legal periods of every service, and the times in which a matter's clock stood still."""

    name = "sala.commons.deadlines"
    label = "deadlines"
