"""Every feed is one by feedparser, and by what the W3C's feed checker asks beyond RFC 4287, on each of its pages."""

from datetime import datetime
from xml.etree import ElementTree

import feedparser
import pytest
from django.test import Client
from tests.small_state import NOW

from sala.commons.ledger import sequencer, subscriptions
from sala.commons.tables import slots
from sala.core import clock
from sala.core.actors import ANONYMOUS
from sala.services.complaints import actions
from sala.services.complaints.actions import Filing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("state"), pytest.mark.req("ODP")]

ATOM = "{http://www.w3.org/2005/Atom}"
HERE = "http://testserver"


@pytest.fixture
def filed() -> list[str]:
    """Three public complaints in the ledger, the first the oldest."""
    given = [Filing(text=f"ไฟทางดับ ซอย {n}", topic="street_light", area="400101") for n in range(3)]
    told = [actions.file_complaint(actor=ANONYMOUS, now=NOW, filing=filing).reference for filing in given]
    sequencer.sequence_now()
    subscriptions.catch_up()
    return told


def links(element: ElementTree.Element, relation: str) -> list[str]:
    found = element.findall(f"{ATOM}link")
    return [link.get("href", "") for link in found if link.get("rel", "alternate") == relation]


def checked(client: Client, address: str) -> ElementTree.Element:
    """The feed at an address, which nothing can be held against."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    read = feedparser.parse(answer.content, response_headers={"content-type": answer["Content-Type"]})
    assert not read.bozo, f"{address}: {read.get('bozo_exception')}"
    feed = ElementTree.fromstring(answer.content)
    assert links(feed, "self") == [f"{HERE}{address}"]
    [page] = links(feed, "alternate")
    assert client.get(page.removeprefix(HERE), follow=True)["Content-Type"].startswith("text/html")
    language = "en" if "language=en" in address else "th"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    entries = feed.findall(f"{ATOM}entry")
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert (element.findtext(f"{ATOM}{name}") or "").strip(), f"{address}: {name}"
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated") or "").tzinfo
    keys = [entry.findtext(f"{ATOM}id") or "" for entry in entries]
    assert len(set(keys)) == len(keys)
    assert all(link.startswith("http") for link in [*keys, *(links(e, "alternate")[0] for e in entries)])
    return feed


def test_every_feed_is_one(client: Client, filed: list[str]) -> None:
    tables = [f"/data/{name}.atom" for name, table in slots.tables.items() if table.feed]
    assert len(tables) > 2
    ledger = ["/api/entries.atom", "/api/entries.atom?language=en&kind=complaint.filed"]
    with clock.frozen(NOW):
        for address in (*tables, *ledger, f"/m/{filed[0]}/steps.atom", "/data/matters.atom?kind=complaint"):
            checked(client, address)


@pytest.mark.parametrize("first", ["/data/matters.atom?kind=complaint&size=1", "/api/entries.atom?limit=2"])
def test_the_pages_of_a_feed_are_of_one_feed(client: Client, filed: list[str], first: str) -> None:
    """A reader that follows "next" would else take each page for a feed of its own (RFC 5005)."""
    address, names, pages = first, set(), 0
    while address:
        feed = checked(client, address)
        names.add(feed.findtext(f"{ATOM}id"))
        pages += 1
        address = (links(feed, "next") or [""])[0].removeprefix(HERE)
    assert pages > 1
    assert len(names) == 1
