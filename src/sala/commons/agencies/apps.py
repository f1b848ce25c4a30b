"""Django's name for this box."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """The bodies of the state: their tree, areas, mandates, calendars, desks, and who works for them."""

    name = "sala.commons.agencies"
    label = "agencies"
