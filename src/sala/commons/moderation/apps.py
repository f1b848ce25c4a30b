"""Django's name for this box."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    """What everyone may read of what people tell: covered, set aside, decided with a reason, appealed against."""

    name = "sala.commons.moderation"
    label = "moderation"
