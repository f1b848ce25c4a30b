"""Django's name for this box."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Files that people and offices add to a matter: cleaned, kept, shown, taken back, swept up."""

    name = "sala.commons.files"
    label = "files"
