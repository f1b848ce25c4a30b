"""Recording facts: one action, one transaction, one entry, never changed, without personal data."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from sala.commons.ledger import actions as ledger
from sala.commons.ledger import rules
from sala.commons.ledger.models import Entry
from sala.core.actors import ANONYMOUS, SYSTEM, Actor, Channel, Grant, Role
from sala.core.events import Event

pytestmark = [pytest.mark.django_db, pytest.mark.req("TRU-2")]
AT = datetime(2026, 6, 19, 8, 30, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class LampLit(Event):
    kind = "lamp.lit"
    lamp: int


@ledger.action
def light_lamp(*, times: int = 1, secret=None, actor: Actor = ANONYMOUS):
    """Record `times` facts."""
    return [
        ledger.record_entry(
            LampLit(matter="C69-0001234-7", agency="BKK", lamp=lamp), actor=actor, at=AT, secret=secret
        )
        for lamp in range(times)
    ]


def test_an_action_leaves_one_entry_that_says_what_happened():
    (recorded,) = light_lamp()
    entry = Entry.objects.get(pk=recorded.entry_id)
    assert json.loads(bytes(entry.body)) == {
        "v": 1,
        "kind": "lamp.lit",
        "at": "2026-06-19T08:30:00.000000Z",
        "matter": "C69-0001234-7",
        "agency": "BKK",
        "area": None,
        "role": "citizen",
        "content": {"lamp": 0},
    }
    assert (entry.kind, entry.matter, entry.agency, entry.area) == ("lamp.lit", "C69-0001234-7", "BKK", None)


@pytest.mark.parametrize("times", [0, 2])
def test_an_action_that_records_none_or_two_is_undone(times):
    with pytest.raises(ledger.LedgerMisuse):
        light_lamp(times=times)
    assert not Entry.objects.exists()


def test_an_action_that_fails_leaves_nothing():
    @ledger.action
    def fail():
        ledger.record_entry(LampLit(lamp=1), actor=SYSTEM, at=AT)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert not Entry.objects.exists()


def test_an_action_cannot_run_inside_another():
    @ledger.action
    def outer():
        return light_lamp()

    with pytest.raises(ledger.LedgerMisuse):
        outer()


def test_nothing_is_recorded_outside_an_action():
    with pytest.raises(ledger.LedgerMisuse):
        ledger.record_entry(LampLit(lamp=1), actor=SYSTEM, at=AT)


def test_a_part_runs_only_inside_an_action():
    @ledger.part_of_action("the caller leaves the entry")
    def part():
        return "done"

    @ledger.action
    def whole():
        ledger.record_entry(LampLit(lamp=1), actor=SYSTEM, at=AT)
        return part()

    assert whole() == "done"
    with pytest.raises(ledger.LedgerMisuse):
        part()


def test_an_action_without_entry_leaves_none():
    @ledger.action_without_entry("nothing public happened")
    def silent(record):
        if record:
            ledger.record_entry(LampLit(lamp=1), actor=SYSTEM, at=AT)

    silent(False)
    with pytest.raises(ledger.LedgerMisuse):
        silent(True)
    assert not Entry.objects.exists()


def test_an_import_may_leave_many():
    @ledger.action_on_many("each row is a fact")
    def bring_in():
        for lamp in range(3):
            ledger.record_entry(LampLit(lamp=lamp), actor=SYSTEM, at=AT)

    bring_in()
    assert Entry.objects.count() == 3


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET kind = 'lamp.broken'",
        "UPDATE ledger_entry SET txid = '0', body = ''",
        "DELETE FROM ledger_entry",
        "TRUNCATE ledger_entry CASCADE",
    ],
)
def test_the_database_refuses_to_change_what_was_recorded(statement):
    light_lamp()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)
    assert Entry.objects.get().kind == "lamp.lit"


def test_private_content_is_only_committed_to():
    (recorded,) = light_lamp(secret={"text": "บ้านเลขที่ 12 โทร 081-234-5678"})
    body = bytes(Entry.objects.get(pk=recorded.entry_id).body)
    assert b"081-234-5678" not in body
    commitment = json.loads(body)["commitment"]
    assert commitment == rules.commit_to({"text": "บ้านเลขที่ 12 โทร 081-234-5678"}, recorded.salt)
    assert commitment != rules.commit_to({"text": "บ้านเลขที่ 13 โทร 081-234-5678"}, recorded.salt)
    (again,) = light_lamp(secret={"text": "บ้านเลขที่ 12 โทร 081-234-5678"})
    assert json.loads(bytes(Entry.objects.get(pk=again.entry_id).body))["commitment"] != commitment


OFFICER = Actor(person_id=7, grants=(Grant(Role.OFFICER, "BKK"),))
OPERATOR = Actor(person_id=8, grants=(Grant(Role.OPERATOR, "1111"),), channel=Channel.PHONE)


@pytest.mark.parametrize(
    ("actor", "agency", "role"),
    [
        (ANONYMOUS, "BKK", Role.CITIZEN),
        (SYSTEM, None, Role.SYSTEM),
        (OFFICER, "BKK", Role.OFFICER),
        (OFFICER, "DOH", Role.CITIZEN),
        (OFFICER, None, Role.CITIZEN),
        (OPERATOR, None, Role.OPERATOR),
        (Actor(person_id=8, grants=OPERATOR.grants, channel=Channel.WEB), None, Role.CITIZEN),
    ],
)
def test_an_entry_says_as_what_someone_acted_never_who(actor, agency, role):
    assert rules.public_role(actor, agency) == role


def test_an_entry_that_no_bundle_can_hold_is_refused():
    @dataclass(frozen=True, kw_only=True)
    class BookWritten(Event):
        kind = "book.written"
        text: str

    with pytest.raises(ValueError, match="too long"):
        rules.entry_body(event=BookWritten(text="ก" * 30_000), role=Role.SYSTEM, at=AT)
