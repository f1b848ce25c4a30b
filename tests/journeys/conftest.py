"""A real browser on a live site, for journeys: phone and desk, with and without scripts, and axe."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import TransactionTestCase, override_settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer
from tests.letters_at_once import letters_leaving_at_once
from tests.small_state import forgotten, found_small_state, state

__all__ = ["forgotten", "state"]

# Playwright's loop runs in the test's own thread; Django would otherwise refuse that thread the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A live site empties the database after each test; what the migrations put there must come back."""
    for item in items:
        if {"site", "visitors"}.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True))


@pytest.fixture
def _django_db_helper(request: pytest.FixtureRequest) -> None:
    """pytest-django's own, but for looks: their database is emptied once, by `visitors`, and not after each."""
    if "visitors" not in request.fixturenames:
        request.getfixturevalue("_django_db_helper")


@pytest.fixture(scope="session")
def browser(django_db_setup: None) -> Iterator[Browser]:
    """One Chromium for the whole run; tools/browser finds or fetches it.

    Playwright's loop makes Django take a new connection in this thread; what the migrations wrote goes with it.
    """
    written = getattr(connections["default"], "_test_serialized_contents", None)
    found = subprocess.run([ROOT / "tools" / "browser"], check=True, capture_output=True, text=True)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found.stdout.strip(), args=FLAGS)
        if written is not None:
            connections["default"]._test_serialized_contents = written
        yield started
        started.close()


@dataclass
class Site:
    """A running site and ways to look at it. Paths are Thai unless they begin with /en/."""

    url: str
    browser: Browser
    contexts: list[BrowserContext]

    def open(
        self, path: str = "/", *, on: dict[str, int] = PHONE, javascript: bool = True, **options: Any
    ) -> Page:
        """A page in a fresh browser (no cookies), at `path`. Options go to the browser: color_scheme, …"""
        context = self.browser.new_context(
            base_url=self.url, viewport=on, java_script_enabled=javascript, reduced_motion="reduce", **options
        )
        context.set_default_timeout(10_000)
        self.contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page


@pytest.fixture
def site(live_server: Any, browser: Browser, settings: Any) -> Iterator[Site]:
    """The whole site on a port of its own, with static files and a real database that the test shares."""
    settings.SITE_URL = live_server.url
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    contexts: list[BrowserContext] = []
    yield Site(live_server.url, browser, contexts)
    for context in contexts:
        context.close()


@pytest.fixture(scope="module", params=["th", "en"])
def visitors(
    request: pytest.FixtureRequest,
    browser: Browser,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Any]:
    """A running site with the world in it, made once for all looks in a language, and a browser for each visitor.

    A look changes nothing that another one sees, so the database is emptied after the last of them and not after
    each; a hundred worlds would take longer than the looks themselves.
    """
    from journeys import full_desk, world  # they need the models
    from journeys.visitors import Visitors

    with django_db_blocker.unblock(), letters_leaving_at_once(), _database_of_its_own():
        found_small_state()
        server = LiveServer("localhost")
        contexts: list[BrowserContext] = []
        site = Site(server.url, browser, contexts)
        with override_settings(DEMO=True, SITE_URL=server.url, CSRF_TRUSTED_ORIGINS=[server.url]):
            yield Visitors(site, request.param, {**full_desk.full_desk(), **world.build()})
            for context in contexts:
                context.close()
        server.stop()


@contextmanager
def _database_of_its_own() -> Iterator[None]:
    """The test database with what the migrations wrote; emptied at the end, as after a test with transactions."""

    class Case(TransactionTestCase):
        serialized_rollback = True

    Case.setUpClass()
    case = Case(methodName="__init__")
    case._pre_setup()
    try:
        yield
    finally:
        case._post_teardown()
        Case.tearDownClass()
        Case.doClassCleanups()


@pytest.fixture(scope="session")
def check_axe() -> Callable[..., None]:
    """`check_axe(page)` fails with what axe-core finds wrong, in words; `but=("rule",)` leaves rules out."""
    if not AXE.exists():
        pytest.fail("axe-core is not there; run tools/assets dev")
    source = AXE.read_text(encoding="utf-8")

    def check(page: Page, *, but: tuple[str, ...] = ()) -> None:
        page.evaluate(source)
        options = {
            "runOnly": {"type": "tag", "values": WCAG},
            "rules": {rule: {"enabled": False} for rule in but},
            "resultTypes": ["violations", "incomplete"],
        }
        options["rules"]["target-size"] = {"enabled": True}  # type: ignore[index]  # 24 pixels (WCAG 2.5.8)
        result = page.evaluate("options => axe.run(document, options)", options)
        # Incomplete are ids that stand twice, links inside an image and so on; of contrasts only what axe's eyes
        # cannot see through (a drawn arrow, a single sign): those it could decide are decided.
        found = result["violations"] + [
            rule for rule in result["incomplete"] if rule["id"] not in LEFT_TO_EYES
        ]
        assert not found, f"{page.url}\n" + "\n".join(_in_words(finding) for finding in found)

    return check


# Where these are left open, axe cannot see: a drawn arrow or a picture below words, a name for the sign "+".
LEFT_TO_EYES = {"color-contrast", "label-content-name-mismatch"}
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
COLOURS = (("dark", "no-preference"), ("light", "more"), ("dark", "more"))


@pytest.fixture(scope="session")
def check_colours() -> Callable[[Page], None]:
    """`check_colours(page)` after `check_axe(page)`: contrasts in dark, in high contrast, and in both."""

    def check(page: Page) -> None:
        try:
            for scheme, contrast in COLOURS:
                page.emulate_media(color_scheme=scheme, contrast=contrast)  # type: ignore[arg-type]  # both are names of modes
                found = page.evaluate("rules => axe.run(document, {runOnly: rules})", COLOUR_RULES)[
                    "violations"
                ]
                assert not found, f"{page.url} {scheme} {contrast}\n" + "\n".join(map(_in_words, found))
        finally:
            page.emulate_media(color_scheme="light", contrast="no-preference")

    return check


def _in_words(finding: dict[str, Any]) -> str:
    places = [
        f"    {node['html'][:200]}\n      {node.get('failureSummary', '')}" for node in finding["nodes"][:4]
    ]
    return "\n".join([f"{finding['id']} ({finding['impact']}): {finding['help']}", *places])


def tab_to(page: Page, name: str, *, at_most: int = 60) -> None:
    """Press Tab until the focus is on the thing with this name; fails where it cannot be reached."""
    passed = []
    for _ in range(at_most):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "(e => (e.labels && e.labels[0] ? e.labels[0].innerText : '')"
            " || e.getAttribute('aria-label') || e.innerText || e.value || '')(document.activeElement)"
        ).strip()
        if name in focused:
            return
        passed.append(focused.split("\n")[0])
    pytest.fail(f"{name!r} is not reached by Tab; passed {passed}")


def shows_focus(page: Page) -> bool:
    """Whether a person sees where the focus is: the focused thing has an outline or a ring."""
    return bool(
        page.evaluate(
            "(style => style.outlineStyle !== 'none' || style.boxShadow !== 'none')"
            "(getComputedStyle(document.activeElement))"
        )
    )
