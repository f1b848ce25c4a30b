"""Makes the frame, the parts and the tags known to the template engine of a site."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """Templates, tags and static files of every page."""

    name = "sala.design"
    label = "design"
