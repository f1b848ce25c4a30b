"""Django's name for this box."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Who people are, as little of it as possible: persons, sign-in, who looked at whose data."""

    name = "sala.commons.identity"
    label = "identity"
