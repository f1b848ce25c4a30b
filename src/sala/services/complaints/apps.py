"""Django's name for this box."""

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    """Complaints and grievances: filed once, routed to the agency that can act, worked, confirmed."""

    name = "sala.services.complaints"
    label = "complaints"
