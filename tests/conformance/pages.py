"""Every page of the site as a file, rendered for each kind of visitor, for other people's checkers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.translation import override
from tests.journeys.visit import BY_FORM, FILER, LEAVER, OFFICER, PERSON, Visit

from journeys import addresses, world
from journeys.fault_pages import FAULTS
from journeys.full_desk import full_desk
from journeys.people import session_of
from sala.core.actors import Role

FIELDS = ("input", "textarea", "select")
NOT_SENT = ("checkbox", "radio", "file", "submit")  # unless somebody ticks, chooses or presses it


@dataclass(slots=True)
class Form:
    """A form of a page: where it goes, and what it sends if nobody types anything."""

    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)


class Forms(HTMLParser):
    """The forms in the main part of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._is_main = self._is_open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note forms, and the fields inside them."""
        given = {name: value or "" for name, value in attrs}
        if tag == "main":
            self._is_main = True
        elif tag == "form" and self._is_main:
            self._is_open = True
            self.found.append(Form(given.get("action", ""), given.get("method", "get").lower()))
        elif self._is_open and tag in FIELDS and ("checked" in given or given.get("type") not in NOT_SENT):
            self.found[-1].values[given.get("name", "")] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        """Fields after a form are not of it."""
        if tag == "form":
            self._is_open = False


@dataclass(slots=True)
class Visitors:
    """A browser without scripts for each kind of visitor of a world."""

    values: Mapping[str, object]
    browsers: dict[str, Client] = field(default_factory=dict)

    def go(self, visit: Visit, language: str) -> HttpResponse:
        """The page after the visit."""
        who = "sender" if visit.visitor == "anybody" and visit.fills is not None else visit.visitor
        browser = self.browsers.get(who) or self.browsers.setdefault(who, self._arrive(who))
        path = visit.path(self.values, language)
        answer = browser.get(path, follow=True)
        if visit.fills is None:
            return answer
        form = _form_for(answer, visit)
        return browser.post(urljoin(path, form.action), {**form.values, **visit.fills}, follow=True)

    def _arrive(self, who: str) -> Client:
        browser = Client()
        if who == FILER:
            for name in ("received", "worked", "done", "closed", "rejected", "secret", "set_aside"):
                browser.get(f"/complaints/{self.values[name]}/own?key={self.values[f'key_{name}']}")
            for service in addresses.every_world():
                for link in service.own_links(self.values):
                    browser.get(link)
        elif who == PERSON:
            browser.cookies["sala_session"] = str(self.values["session"])
        elif who == LEAVER:
            browser.cookies["sala_session"] = str(self.values["session_leaving"])
        elif "@" in who:
            role, _, agency = who.partition("@")
            browser.cookies["sala_session"] = session_of(agency, Role(role))
        return browser


def _form_for(answer: HttpResponse, visit: Visit) -> Form:
    reader = Forms()
    reader.feed(answer.content.decode())
    wanted = visit.fills or {}
    part = visit.press.partition("action*=")[2].partition("]")[0]
    fitting = [
        f
        for f in reader.found
        if f.method == "post" and part in f.action and wanted.keys() <= f.values.keys()
    ]
    assert fitting, f"no form for {visit} at {answer.request['PATH_INFO']}"
    return fitting[0]


def _visits(language: str) -> Iterator[tuple[str, HttpResponse]]:
    """Each page in a language with the visit that shows it."""
    visitors = Visitors({**full_desk(), **world.build()})
    for visit in (*addresses.CITIZEN_PAGES, *addresses.DESK_PAGES):
        if visit.visitor != BY_FORM:
            yield f"{visit.visitor} {visit}", visitors.go(visit, language)
    yield from _by_form(visitors, language)


def _by_form(visitors: Visitors, language: str) -> Iterator[tuple[str, HttpResponse]]:
    """What only a form opens: acts that were refused, what is covered, a slip."""
    with override(language):
        page = reverse("complaints:work_page", kwargs={"reference": visitors.values["reference"]})
        intake = reverse("complaints:intake")
    officer = visitors.browsers[OFFICER]
    for act in ("resolve", "forward", "share", "reject", "reply", "contact", "original"):
        yield f"officer {act}", officer.post(f"{page}/{act}", {"purpose": "handle_complaint"})
    operator = visitors.browsers["operator@opm-1111"]
    yield "operator intake, nothing written", operator.post(intake, {})


def _faults(language: str) -> Iterator[tuple[str, HttpResponse]]:
    """Pages that say what went wrong."""
    for name, answer_to in FAULTS.items():
        with override(language):
            yield name, answer_to(RequestFactory().get(f"/{name}"))


def write_all(folder: Path, language: str) -> dict[str, str]:
    """Write every page in a language into a folder, as NUMBER.html; what each shows, by the name of its file."""
    told: dict[str, str] = {}
    for number, (what, answer) in enumerate([*_visits(language), *_faults(language)]):
        assert answer["Content-Type"].startswith("text/html"), what
        name = f"{number:03}.html"
        (folder / name).write_bytes(answer.content)
        told[name] = f"{what} ({language})"
    return told
