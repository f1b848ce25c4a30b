"""The ledger's pages and files: people read what was recorded, programs get exactly what the standard says."""

import json
from xml.etree import ElementTree

import pytest
from django.utils.translation import override

from sala.commons.ledger import keys, pages, queries, slots
from sala.commons.ledger.sequencer import sequence_now
from sala.core.actors import Role
from sala.core.events import Event
from sala.engines import merkle

ATOM = "{http://www.w3.org/2005/Atom}"
pytestmark = [pytest.mark.django_db, pytest.mark.req("TRU-2")]


@pytest.fixture
def log(ring_many):
    """A log of 300 entries: one full tile, one partial."""
    first = ("rung", {"mark": 0, "matter": "C69-0001234-7", "agency": "BKK", "area": "10"})
    ring_many([first, *(("rung" if mark % 10 else "mended", {"mark": mark}) for mark in range(1, 300))])
    sequence_now()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_page_of_an_entry_tells_what_was_recorded_and_the_proof(log, client, prefix):
    page = client.get(f"{prefix}/ledger/0")
    text = page.content.decode()
    leaf = merkle.leaf_hash(queries.get_entry(0).body)
    assert page.status_code == 200
    assert f'href="{prefix}/m/C69-0001234-7"' in text
    assert merkle.write_hash(leaf) in text.replace("&#x2B;", "+")
    assert "19" in text
    assert "public" in page["Cache-Control"]
    assert not page.cookies


def test_kinds_have_words_where_a_box_named_them(log, client, monkeypatch):
    assert "bell.rung" in client.get("/ledger/1").content.decode()
    monkeypatch.setitem(
        slots.describe_entry, "bell", lambda kind, entry: (f"ระฆังใบที่ {entry['content']['mark']}", "")
    )
    monkeypatch.setitem(slots.event_words, "bell.mended", "ระฆังซ่อมแล้ว")
    assert "ระฆังใบที่ 1" in client.get("/ledger/1").content.decode()
    assert "ระฆังซ่อมแล้ว" in client.get("/ledger/10").content.decode()


def test_every_fact_has_words(settings):
    ours = {kind for kind, event in Event.known.items() if event.__module__.startswith("sala.")}
    for kind in ours:
        if kind.partition(".")[0] not in slots.describe_entry:
            assert kind in slots.event_words, kind


def test_the_first_page_lists_what_was_recorded_last(log, client):
    text = client.get("/ledger/").content.decode()
    assert "/ledger/299" in text
    assert "/ledger/279" not in text
    assert str(keys.log_key()) in text.replace("&#x2B;", "+")


def test_an_empty_log_has_a_page_and_no_checkpoint(client):
    assert client.get("/ledger/").status_code == 200
    assert client.get("/ledger/checkpoint").status_code == 404
    assert client.get("/ledger/0").status_code == 404


def test_the_files_of_the_log_are_as_tlog_tiles_says(log, client):
    checkpoint = client.get("/ledger/checkpoint")
    assert checkpoint["Content-Type"] == "text/plain; charset=utf-8"
    signed = merkle.open_checkpoint(checkpoint.content.decode(), keys.log_key())
    full, rest = client.get("/ledger/tile/0/000"), client.get("/ledger/tile/0/001.p/44")
    above = client.get("/ledger/tile/1/000.p/1")
    assert full["Content-Type"] == "application/octet-stream"
    assert "immutable" in full["Cache-Control"]
    hashes = merkle.split_tile(full.content) + merkle.split_tile(rest.content)
    assert (signed.size, signed.root) == (300, merkle.root_over(hashes))
    assert above.content == merkle.root_over(hashes[:256])
    entries = merkle.read_bundle(client.get("/ledger/tile/entries/000").content)
    entries += merkle.read_bundle(client.get("/ledger/tile/entries/001.p/44").content)
    assert [merkle.leaf_hash(entry) for entry in entries] == hashes


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/001",
        "tile/0/001.p/45",
        "tile/0/002.p/1",
        "tile/0/1",
        "tile/00/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/9/000.p/1",
        "tile/entries/001",
        "tile/entries/x999/x999/x999/x999/x999/x999/x999/999",
        "300",
        "300/entry.json",
        "300/entry.tlog-proof",
        "99999999999999999999",
    ],
)
def test_what_the_log_does_not_have_is_not_found(log, client, path):
    assert client.get(f"/ledger/{path}").status_code == 404


def test_a_partial_tile_stays_readable_when_the_log_has_grown(log, client):
    partial = client.get("/ledger/tile/0/000.p/7").content
    assert partial == client.get("/ledger/tile/0/000").content[: 7 * 32]
    assert len(merkle.read_bundle(client.get("/ledger/tile/entries/000.p/7").content)) == 7


def test_a_kept_proof_convinces_without_us(log, client):
    body = client.get("/ledger/123/entry.json").content
    position, proof, note = merkle.read_proof(client.get("/ledger/123/entry.tlog-proof").content.decode())
    checkpoint = merkle.open_checkpoint(note, keys.log_key())
    merkle.verify_inclusion(
        leaf=merkle.leaf_hash(body),
        position=position,
        size=checkpoint.size,
        proof=proof,
        root=checkpoint.root,
    )
    assert position == 123


def test_the_feed_gives_entries_after_a_cursor(log, client):
    page = client.get("/api/entries", {"after": 297}).json()
    assert [entry["position"] for entry in page["entries"]] == [298, 299]
    assert page["entries"][0]["entry"] == json.loads(queries.get_entry(298).body)
    assert (page["next_after"], page["size"]) == (299, 300)
    found = client.get("/api/entries", {"kind": "bell.mended", "limit": 2}).json()
    assert [entry["position"] for entry in found["entries"]] == [10, 20]
    assert client.get("/api/entries", {"after": 299}).json() == {
        "entries": [],
        "next_after": 299,
        "size": 300,
    }


@pytest.mark.parametrize("query", ["after=x", "limit=0", "limit=1001", "limit=1.5", "after=1" + "0" * 30])
def test_the_feed_refuses_what_it_cannot_read(log, client, query):
    refused = client.get(f"/api/entries?{query}")
    assert refused.status_code == 422
    assert refused.json()["code"] == "invalid"


@pytest.mark.parametrize("query", ["kind=%3Cb%3E", "matter=" + "x" * 61, "area=a%20b", "after=-2"])
@pytest.mark.parametrize("door", ["/api/entries", "/api/entries.atom"])
def test_a_refusal_of_the_feed_is_a_code_a_sentence_and_fields(log, client, door, query):
    refused = client.get(f"{door}?{query.replace('after', 'before') if 'atom' in door else query}")
    assert refused.status_code == 422
    assert refused["Content-Type"].startswith("application/json")
    assert refused.json().keys() == {"code", "message", "fields"}
    assert refused.json()["fields"] == {
        query.partition("=")[0].replace("after", "before" if "atom" in door else "after"): "invalid"
    }


@pytest.mark.parametrize(
    "door", ["/api/entries?after=290", "/api/entries.atom?limit=3", "/api/entries?kind=no.kind"]
)
def test_who_asks_again_is_told_only_what_is_new(log, ring, client, door, django_assert_num_queries):
    first = client.get(door)
    assert "max-age=1" in first["Cache-Control"]
    assert "public" in first["Cache-Control"]
    assert first["Access-Control-Allow-Origin"] == "*"
    with django_assert_num_queries(1):
        again = client.get(door, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    ring(301)
    sequence_now()
    news = client.get(door, headers={"If-None-Match": first["ETag"]})
    assert news.status_code == 200
    assert news["ETag"] != first["ETag"]


def entries_of(feed):
    root = ElementTree.fromstring(feed.content)
    ids = [entry.find(f"{ATOM}id").text for entry in root.iter(f"{ATOM}entry")]
    older = [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "next"]
    return [int(key.rpartition("/")[2]) for key in ids], older


@pytest.mark.parametrize(
    ("query", "positions"),
    [
        ("limit=100", list(range(299, -1, -1))),
        ("kind=bell.mended&limit=7", list(range(290, 0, -10))),
        ("matter=C69-0001234-7", [0]),
        ("agency=BKK&area=10", [0]),
        ("kind=no.kind", []),
    ],
)
def test_the_atom_feed_leads_back_to_the_first_entry_by_its_links(log, client, monkeypatch, query, positions):
    monkeypatch.setattr(queries, "WINDOW", 90)
    found, address = [], f"/api/entries.atom?{query}"
    while address:
        feed = client.get(address)
        assert feed["Content-Type"].startswith("application/atom+xml")
        page, older = entries_of(feed)
        found += page
        address = older[0].removeprefix("http://testserver") if older else ""
    assert found == positions


def test_the_atom_feed_tells_in_the_readers_language(log, client):
    thai, english = (
        client.get(f"/api/entries.atom?limit=1&language={code}").content.decode() for code in ("th", "en")
    )
    assert "บันทึก" in thai
    assert "The public ledger" in english
    assert "http://testserver/en/ledger/299" in english
    assert "http://testserver/ledger/299" in thai


def test_every_role_has_words_in_both_languages():
    for role in Role:
        with override("th"):
            thai = str(pages.ROLES[role])
        with override("en"):
            assert str(pages.ROLES[role]) != thai
