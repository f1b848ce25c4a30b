"""Django's name for this box."""

from django.apps import AppConfig


class LawmakingConfig(AppConfig):
    """Lawmaking: legal questions that an office answers with the section it relies on."""

    name = "sala.services.lawmaking"
    label = "lawmaking"
