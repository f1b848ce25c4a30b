"""Every address, whatever is sent and whoever sends it: no fault, the headers that protect, no needless cookie."""

from html import escape
from html.parser import HTMLParser
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse
from tests.journeys.visit import patterns
from tests.small_state import NOW

from sala.commons.agencies import actions as agencies
from sala.commons.drafts import actions as drafts
from sala.commons.identity.models import Person
from sala.commons.ledger import sequencer
from sala.core.actors import ANONYMOUS, SYSTEM, Role
from sala.platform import limits
from sala.services.complaints import actions
from sala.services.complaints.actions import Filing
from sala.services.complaints.queries import Contact

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("state")]

ROUTES = sorted(name for name in patterns() if not name.startswith("static"))
CODES = {"agencies": "kk-muni", "budget": "0" * 16}
NAMES = {"complaints:step": ("what", "where", "when", "privacy", "contact"), "complaints:act": (
    "start", "reply", "note", "forward", "share", "split", "hand-back", "hand_back", "route", "assign", "pause",
    "resume", "resolve", "reject", "mask", "quarantine", "release",
)}  # fmt: skip


@pytest.fixture
def world() -> dict[str, Any]:
    """What addresses need: a complaint with its secret, a draft, an entry of the ledger."""
    contact = Contact(name="สมหญิง", phone="081-234-5678")
    filing = Filing(text="ไฟทางดับทั้งซอย", topic="street_light", area="400101", contact=contact)
    filed = actions.file_complaint(actor=ANONYMOUS, now=NOW, filing=filing)
    draft = drafts.save_draft(
        kind="complaint", actor=ANONYMOUS, now=NOW, token="", answers={"text": "ไฟทางดับ"}
    )
    sequencer.sequence_now()
    return {"reference": filed.reference, "key": filed.key, "draft": draft}


def paths(route: str, world: dict[str, Any]) -> list[str]:
    """The addresses of a route: with what is there, and with what is not."""
    pattern = patterns()[route]
    found = []
    for name in NAMES.get(route, ("demo",)):
        known = {
            "reference": world["reference"], "token": world["draft"], "name": name, "position": 0, "level": "0",
            "path": "000.p/1", "code": CODES.get(route.partition(":")[0], "4001"), "key": "budget", "form": "json",
            "stored_as": "0" * 32 + ".jpg", "value": world["reference"], "purpose": "letters",
            "day": NOW.date(), "year": 2569,
        }  # fmt: skip
        odd = {"reference": "²", "token": "\u202e", "name": "x", "code": "๕", "path": "x/../..", "value": "x"}
        for values in (known, known | odd):
            wanted = {argument: values.get(argument, 1) for argument in pattern.pattern.regex.groupindex}
            try:
                found.append(reverse(route, kwargs=wanted))
            except NoReverseMatch:
                continue
    return list(dict.fromkeys(found))


def browser(roles: tuple[Role, ...] = (), world: dict[str, Any] | None = None) -> Client:
    """Someone's browser: nobody known, or somebody signed in with roles, who also filed the complaint."""
    client = Client(raise_request_exception=False)
    if not roles and world is None:
        return client
    person = Person.objects.create(created_at=NOW)
    for role in roles:
        agencies.grant_role(actor=SYSTEM, now=NOW, person_id=person.pk, agency="kk-muni", role=role)
    session = client.session
    signed = {
        "person_id": person.pk,
        "assurance_level": 2,
        "authenticated_at": int(NOW.timestamp()),
        "way": "demo",
    }
    session.update(signed)
    session.save()
    if world is not None:
        client.get(f"/complaints/{world['reference']}/own?key={world['key']}")
    return client


EVERY_ROLE = tuple(role for role in Role if role not in (Role.CITIZEN, Role.SYSTEM))


class Fields(HTMLParser):
    """The names of what can be filled in on a page."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if (
            tag in {"input", "textarea", "select"}
            and given.get("name")
            and given["name"] != "csrfmiddlewaretoken"
        ):
            self.names.append(str(given["name"]))


def fields_of(response: HttpResponse) -> list[str]:
    """Names of the fields of a page, and those that any door of ours may read."""
    reader = Fields()
    if not response.streaming and response["Content-Type"].startswith("text/html"):
        reader.feed(response.content.decode())
    always = [
        "text",
        "reason",
        "reference",
        "email",
        "phone",
        "agency",
        "topic",
        "next",
        "desk_id",
        "pk",
        "action",
        "q",
    ]
    return list(dict.fromkeys([*reader.names, *always]))


BAD: dict[str, Any] = {
    "nothing": "",
    "spaces": " \u200b\u2060 ",
    "NUL": "a\0b",
    "digits that are none": "²",
    "a huge number": "9" * 400,
    "less than nothing": "-1",
    "turned round": "\u202e\u2066ไฟ<script>alert(1)</script>\u200d👩\u200d👧",
    "markup": '"><img src=x onerror=alert(1)>{{ 7*7 }}{% csrf_token %}%s%(x)s',
    "no UTF-8": b"\xff\xfe",
    "long": "ก" * 5_000,
    "twice": ["1", "นี่", "2"],
}


def sent(client: Client, path: str, names: list[str], value: Any) -> HttpResponse:
    """Post one bad value in every field, at once."""
    limits.forget_everything()
    return client.post(path, dict.fromkeys(names, value))  # type: ignore[return-value]  # a response


def keeps_what_was_typed(response: HttpResponse, names: list[str], value: Any) -> bool:
    """Whether a form that comes back holds what was typed, where it has a place for it."""
    body = response.content.decode()
    has_place = any(f'name="{name}"' in body and f'<textarea name="{name}"' in body for name in names)
    return not has_place or escape(value) in body or escape(value.strip()) in body


@pytest.mark.parametrize("route", ROUTES)
def test_what_opens_says_how_long_it_may_be_kept(route: str, world: dict[str, Any]) -> None:
    """Where nothing is said, a browser or a proxy keeps it for as long as it guesses (RFC 9111, 4.2.2)."""
    for path in paths(route, world):
        told = browser().get(path)
        assert told.status_code != 200 or "Cache-Control" in told, path


@pytest.mark.parametrize("route", ROUTES)
def test_no_door_faults_whatever_is_sent(route: str, world: dict[str, Any]) -> None:
    client = browser(EVERY_ROLE, world)
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    known, *odd = paths(route, world)
    for path in odd:
        assert client.get(path).status_code != 500, path
        assert sent(client, path, fields_of(client.get(path)), "²").status_code != 500, path
    names = fields_of(client.get(known))
    takes = browser().post(known).status_code != 405
    for kind, value in BAD.items():
        client.cookies.load(cookies)
        told = sent(client, known, names, value) if takes else client.get(known, dict.fromkeys(names, value))
        assert told.status_code != 500, (known, kind)
        if told.status_code == 422 and kind in {"markup", "digits that are none"}:
            assert keeps_what_was_typed(told, names, value), (known, kind)
            assert "<img src=x" not in told.content.decode()


def every_path(world: dict[str, Any]) -> list[tuple[str, str]]:
    """Every route with each of its addresses."""
    return [(route, path) for route in ROUTES for path in paths(route, world)]


PROTECTING = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",
}
POLICY = (
    "default-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
)


def unprotected(response: HttpResponse) -> list[str]:
    """Which of the headers that protect an answer lacks."""
    lacking = [name for name, value in PROTECTING.items() if response.get(name) != value]
    policy = response.get("Content-Security-Policy", "")
    lacking += [rule for rule in POLICY if rule not in policy]
    return [*lacking, *(["unsafe"] if "unsafe" in policy else [])]


def test_every_answer_carries_the_headers_that_protect(world: dict[str, Any], settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    client = browser()
    for _, path in every_path(world):
        for response in (client.get(path), client.put(path)):
            assert not unprotected(response), path
            assert "geolocation=(self)" in response["Permissions-Policy"]


# Doors that other programs post to without our form: each has its own proof (a key, the secret of a link), or
# does only what anybody may do, and none of them looks at the session.
WITHOUT_FORM = ("complaints:open311_", "matters:unfollow_link", "api:")


def test_nothing_is_written_without_our_own_form(world: dict[str, Any]) -> None:
    stranger = Client(enforce_csrf_checks=True, raise_request_exception=False)
    stranger.cookies = browser(EVERY_ROLE, world).cookies
    for route, path in every_path(world):
        for method in ("POST", "DELETE"):
            answer = stranger.generic(method, path)
            if route.startswith(WITHOUT_FORM):
                assert "sala_session" not in answer.cookies, path
            else:
                assert answer.status_code in {403, 404, 405}, (path, method)


def test_what_may_be_kept_for_all_sets_no_cookie_and_varies_by_nobody(world: dict[str, Any]) -> None:
    client = browser()
    public = 0
    for _, path in every_path(world):
        response = client.get(path)
        if "public" in response.get("Cache-Control", ""):
            public += 1
            assert not response.cookies, path
            # A page says by its mark that the cookie decides; only the cookie's presence may: no session is read.
            assert not response.wsgi_request.session.accessed, path
            is_page = response["Content-Type"].startswith("text/html")
            assert ("Cookie" in response.get("Vary", "")) is is_page, path
    assert public > 25
