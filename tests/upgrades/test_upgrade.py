"""A site of an earlier version goes on: after `sala migrate` every page of it answers and the ledger still verifies."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.upgrades.conftest import Upgraded

from sala.cli.ledger import audit
from sala.commons.ledger import keys, queries, sequencer
from sala.commons.ledger import subscriptions as listeners
from sala.core import clock
from sala.platform import limits
from sala.serving.health import probes

pytestmark = pytest.mark.slow

SOME = 3
OF_STAFF = ("/complaints/work", "/desk/", "/me/")


def rows(sql: str) -> list[tuple[object, ...]]:
    """What the upgraded database says, without any model: models change, the old rows stay what they were."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def column(sql: str) -> list[object]:
    return [row[0] for row in rows(sql)]


@dataclass
class Visitor:
    """Somebody who looks at pages: `who` for the failure's words, `client` with their session."""

    who: str
    client: Client
    faults: list[str] = field(default_factory=list)

    def look(self, address: str) -> int:
        """The status at an address; a fault of ours is kept with its reason."""
        limits.forget_everything()
        answer = self.client.get(address)
        if answer.status_code >= 500:
            fault = answer.exc_info[1] if answer.exc_info else ""
            self.faults.append(f"{answer.status_code} {address} ({self.who}): {fault!r}")
        return int(answer.status_code)


def visitor(who: str, person: object = None) -> Visitor:
    """A visitor; `person` is the row id of somebody who is signed in."""
    client = Client(raise_request_exception=False)
    if person is not None:
        session = SessionStore()
        since = int(clock.now().timestamp())
        session.update({"person_id": person, "assurance_level": 2, "authenticated_at": since, "way": "demo"})
        session.save()
        client.cookies["sala_session"] = str(session.session_key)
    return Visitor(who, client)


def staff() -> Iterator[Visitor]:
    """One of the invented staff of each role."""
    for role, person in rows(
        "SELECT role, min(person_id) FROM agencies_appointment WHERE ended_at IS NULL GROUP BY role ORDER BY role"
    ):
        yield visitor(str(role), person)


def named(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from named(pattern, (*spaces, pattern.namespace) if pattern.namespace else spaces)
        elif pattern.name:
            yield ":".join((*spaces, pattern.name)), pattern


# What stands in an address, by its name there: some values of each state that the old rows are in.
VALUES = {
    "reference": "SELECT DISTINCT ON (status, privacy) reference FROM complaints_complaint c"
    " JOIN matters_matter m ON m.id = c.matter_id ORDER BY status, privacy, m.id",
    "record_id": "SELECT id FROM identity_accessrecord ORDER BY id LIMIT 3",
    "position": "SELECT position FROM ledger_leaf ORDER BY position DESC LIMIT 3",
}
CODES = "SELECT code FROM agencies_agency UNION ALL SELECT code FROM agencies_area ORDER BY code LIMIT 200"
PLAIN: Mapping[str, list[object]] = {
    "form": ["json", "xml", "csv", "atom"],
    "name": ["what", "where", "when", "privacy", "contact", "reply"],
    "key": ["door"],
    "level": ["0", "1"],
    "path": ["000", "000.p/1"],
    "purpose": ["agreed_research"],
    "value": ["1"],
    # Only digests of tokens are kept, so no draft of then can be opened: the pages that say so are.
    "token": ["of-then"],
}


def addresses() -> Iterator[str]:
    """Addresses of every named route, with some values of the database in them, and of the files beside it."""
    known = {name: column(sql) for name, sql in VALUES.items()} | dict(PLAIN)
    known["stored_as"] = sorted(path.name for path in settings.MEDIA_ROOT.glob("*.jpg"))[:SOME]
    known["code"] = column(CODES)[::40]
    for name, pattern in named(get_resolver()):
        wanted = list(pattern.pattern.regex.groupindex)
        values = {value: known.get(value, [1]) for value in wanted}
        most = max((len(found) for found in values.values()), default=1)
        seen = set()
        for turn in range(most):
            given = {value: found[turn % len(found)] for value, found in values.items()}
            try:
                seen.add(reverse(name, kwargs=given))
            except ValueError:
                raise
            except Exception:  # noqa: BLE001, S112  # this form or level is none of this route's
                continue
        yield from sorted(seen)


def test_what_the_commands_say(upgraded: Upgraded) -> None:
    assert "Traceback" not in "".join(upgraded.said.values())
    assert not probes.waiting_migrations()
    again = upgraded.said["seed again"]
    assert again.strip(), "it says what it looked at"
    assert " 0 added, 0 changed" in again


def test_every_named_page_answers_everybody(upgraded: Upgraded) -> None:
    found = list(addresses())
    assert len(found) > 150
    faults = []
    for someone in (visitor("anybody"), *staff()):
        for address in found:
            if someone.who == "anybody" or address.startswith(OF_STAFF):
                someone.look(address)
        faults += someone.faults
    assert not faults, "\n".join(faults)


def test_every_public_matter_has_its_page_in_both_languages(upgraded: Upgraded) -> None:
    reader = visitor("anybody")
    public = column("SELECT reference FROM matters_matter WHERE visibility = 'public' ORDER BY id")
    assert len(public) > 200
    gone = [
        address
        for reference in public
        for address in (f"/complaints/{reference}", f"/en/complaints/{reference}")
        if reader.look(address) != 200
    ]
    assert not gone, reader.faults


def test_staff_find_their_work(upgraded: Upgraded) -> None:
    [(agency, person)] = rows(
        "SELECT g.code, min(a.person_id) FROM agencies_appointment a JOIN agencies_agency g ON g.id = a.agency_id"
        " WHERE a.role = 'officer' AND a.ended_at IS NULL AND EXISTS"
        " (SELECT 1 FROM matters_matter m WHERE m.agency = g.code) GROUP BY g.code ORDER BY g.code LIMIT 1"
    )
    officer = visitor("officer", person)
    own = column(f"SELECT reference FROM matters_matter WHERE agency = '{agency}' ORDER BY id")  # noqa: S608  # the code comes from our own dump
    assert own
    assert {officer.look(f"/complaints/work/{reference}") for reference in own} == {200}, officer.faults
    # The list of complaints of that time leads to the one list of every kind of matter.
    assert officer.look("/complaints/work/") == 302
    assert officer.look("/work/inbox?kind=complaint") == 200


def test_the_ledger_still_verifies_inside_and_from_outside(upgraded: Upgraded) -> None:
    assert sequencer.recompute(lambda *_: None) == queries.count_entries() > 2000
    report = audit.audit(fetch=_fetch, key=keys.log_key(), remembered=None, progress=lambda *_: None)
    assert report.checkpoint.size >= 2199


def _fetch(path: str) -> bytes:
    answer = Client().get(f"/ledger/{path}")
    if answer.status_code == 404:
        raise audit.Missing(path)
    assert answer.status_code == 200, path
    return bytes(answer.content)


def test_what_the_seed_recorded_gets_its_position_and_every_listener_hears_it(upgraded: Upgraded) -> None:
    sequencer.sequence_now()
    listeners.catch_up()
    assert queries.count_waiting() == 0
    assert set(listeners.count_unread().values()) == {0}
    assert sequencer.recompute(lambda *_: None) == queries.count_entries()
