"""Django's name for this box."""

from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    """Signatures and those who say "me too": gathered without one row that all of them wait for."""

    name = "sala.commons.participation"
    label = "participation"
