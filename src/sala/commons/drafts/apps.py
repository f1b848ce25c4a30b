"""Django's name for this box."""

from django.apps import AppConfig


class DraftsConfig(AppConfig):
    """What people write before it is sent: one question a page, kept under a secret; what shows who sent it."""

    name = "sala.commons.drafts"
    label = "drafts"
