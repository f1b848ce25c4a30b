"""Start-up of the wired site: fills the slots that lower boxes offer."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The site as a whole; owns its own pages and the subscriptions."""

    name = "sala.site"
    label = "site"

    def ready(self) -> None:
        from sala.site import subscriptions  # models are loaded only now

        subscriptions.connect()
        subscriptions.listen_all()
