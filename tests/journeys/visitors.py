"""Browsers of visitors in a world that is built once for all the looks of a language."""

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, Page
from tests.journeys.visit import FILER, LEAVER, PERSON, Visit

from journeys import addresses
from journeys.conftest import PHONE, Site
from journeys.people import session_of
from sala.core.actors import Role


@dataclass
class Visitors:
    """A browser for each kind of visitor, and the world they visit."""

    site: Site
    language: str
    values: dict[str, object]
    pages: dict[str, Page] = field(default_factory=dict)
    titles: dict[tuple[str, str], str] = field(default_factory=dict)

    def go(self, visit: Visit) -> tuple[Page, int]:
        """The page after the visit, on a narrow phone, and the status of what was first answered."""
        who = "sender" if visit.visitor == "anybody" and visit.fills is not None else visit.visitor
        page = self.pages.get(who) or self.pages.setdefault(who, self._arrive(who))
        if visit.after is not None:
            self.go(visit.after)
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # width and height
        page.emulate_media(color_scheme="light", contrast="no-preference")
        answer = page.goto(visit.path(self.values, self.language))
        if visit.fills is not None:
            for name, words in visit.fills.items():
                page.locator(f"main [name={name}]").first.fill(words)
            page.locator(visit.press).first.click()
            page.wait_for_load_state()
        return page, answer.status if answer else 0

    def same_title_as(self, visit: Visit, page: Page) -> str:
        """The other address at which this visitor read the same title; nothing if it is the first."""
        first = self.titles.setdefault((visit.visitor, page.title()), page.url)
        return "" if first == page.url else first

    def _arrive(self, who: str) -> Page:
        page = self.site.open("/healthz")
        if who == FILER:
            for name in ("received", "worked", "done", "closed", "rejected", "secret", "set_aside"):
                page.goto(f"/complaints/{self.values[name]}/own?key={self.values[f'key_{name}']}")
            for service in addresses.every_world():
                for link in service.own_links(self.values):
                    page.goto(link)
        elif who == PERSON:
            sign_in(page.context, self.site, str(self.values["session"]))
        elif who == LEAVER:
            sign_in(page.context, self.site, str(self.values["session_leaving"]))
        elif "@" in who:
            role, _, agency = who.partition("@")
            sign_in(page.context, self.site, session_of(agency, Role(role)))
        return page


def sign_in(context: BrowserContext, site: Site, session: str) -> None:
    """Put the cookie of a session into a browser."""
    context.add_cookies([{"name": "sala_session", "value": session, "url": site.url}])
