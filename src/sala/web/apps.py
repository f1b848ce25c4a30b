"""Start-up of the wired site: fills the slots that lower boxes offer."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The site as a whole; owns templates, static files and the subscriptions."""

    name = "sala.web"
    label = "web"

    def ready(self) -> None:
        from sala.web import subscriptions  # models are loaded only now

        subscriptions.connect()
