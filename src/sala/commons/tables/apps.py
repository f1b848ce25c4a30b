"""Makes the box known to the framework."""

from django.apps import AppConfig


class TablesConfig(AppConfig):
    """Public tables and cached figures."""

    name = "sala.commons.tables"
    label = "tables"
