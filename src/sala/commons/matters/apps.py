"""Django's name for this box."""

from django.apps import AppConfig


class MattersConfig(AppConfig):
    """The public spine: one record, number, timeline, follow and search for every kind of matter."""

    name = "sala.commons.matters"
    label = "matters"
