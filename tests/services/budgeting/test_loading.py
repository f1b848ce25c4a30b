"""Bringing budgets in: whole, once, with doubt marked, sums kept by day, and a proof for each row."""

import json
from datetime import date
from pathlib import Path

import pytest
from tests.small_state import NOW

from sala.commons.ledger.models import Entry
from sala.core.actors import ANONYMOUS, SYSTEM
from sala.core.errors import Refused
from sala.core.tables import Outcome
from sala.engines import merkle
from sala.services.budgeting import actions, queries
from sala.services.budgeting.models import BudgetEvent, Load
from sala.services.budgeting.rules.stages import Stage

ROW = {
    "ministry": "กระทรวงทาง",
    "agency": "กรมถนน",
    "plan": "แผนงานทาง",
    "output": "ถนนปลอดภัย",
    "kind": "output",
}
OPTIONS = {"source": "nation", "fiscal_year": "2569", "holds_on": "2025-10-01"}


def load(*changes: dict[str, str], options: dict[str, str] = OPTIONS) -> Outcome:
    """Bring in rows that differ from a usual one."""
    usual = {**ROW, "stage": "act", "amount": "1000", "document": "เล่ม 1", "page_from": "4"}
    rows = [(line, {**usual, **change}) for line, change in enumerate(changes, start=2)]
    return actions.import_budget(actor=SYSTEM, now=NOW, rows=rows, options=options)


@pytest.mark.req("BUD-3.1")
@pytest.mark.django_db
def test_rows_become_events_with_sums_at_every_heading_and_one_entry() -> None:
    outcome = load({}, {"expense": "งบลงทุน", "amount": "500.25"}, {"agency": "กรมสะพาน", "amount": "7"})
    assert (outcome.added, outcome.bad) == (3, [])
    (top,) = queries.list_top(2569)
    assert top.sums == {Stage.ACT: 150725}
    below = queries.get_whole(top.heading).below
    assert sorted(one.sums[Stage.ACT] for one in below) == [700, 150025]
    (entry,) = Entry.objects.filter(kind="budgeting.budget_loaded")
    assert Load.objects.get().root in bytes(entry.body).decode()
    assert not queries.list_broken(2569)
    assert queries.sums_of_year(2569) == {Stage.ACT: 150725}


@pytest.mark.django_db
def test_the_same_table_again_changes_nothing_and_a_corrected_one_adds_the_difference() -> None:
    load({}, {})
    again = load({}, {})
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)
    assert (Load.objects.count(), BudgetEvent.objects.count()) == (1, 2)
    corrected = load({"amount": "1300"}, {})
    assert (corrected.changed, corrected.unchanged) == (1, 1)
    assert [one.satang for one in BudgetEvent.objects.order_by("id")] == [100000, 100000, 30000]
    assert queries.list_top(2569)[0].sums == {Stage.ACT: 230000}


@pytest.mark.req("BUD-3.2")
@pytest.mark.django_db
def test_any_day_is_rebuilt_at_every_heading() -> None:
    load({}, {"stage": "disbursement", "amount": "400", "holds_on": "2026-01-15"})
    (top,) = queries.list_top(2569, date(2026, 1, 14))
    assert top.sums == {Stage.ACT: 100000}
    assert queries.list_top(2569, date(2026, 1, 15))[0].sums[Stage.DISBURSEMENT] == 40000


@pytest.mark.django_db
def test_instalments_of_other_years_stand_beside_and_in_no_total() -> None:
    load({}, {"money_year": "2027", "amount": "50"}, {"money_year": "1967", "amount": "50"})
    assert queries.list_top(2569)[0].sums == {Stage.ACT: 100000}
    assert queries.count_other_years(2569) == [(2510, 1, 5000), (2570, 1, 5000)]
    assert BudgetEvent.objects.get(money_year=2510).doubtful == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"amount": "1,00"}, "amount"),
        ({"amount": "99999999999999999"}, "amount"),
        ({"amount": ""}, "amount"),
        ({"ministry": ""}, "ministry"),
        ({"stage": "spent"}, "stage"),
        ({"holds_on": "soon"}, "holds_on"),
        ({"kind": "thing"}, "kind"),
        ({"doubtful": "-1"}, "doubtful"),
        ({"money_year": "1"}, "money_year"),
        ({"plan": "x" * 1001}, "plan"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_and_does_not_stop_the_others(change: dict, column: str) -> None:
    outcome = load(change, {})
    assert ([bad.column for bad in outcome.bad], outcome.added) == ([column], 1)


@pytest.mark.django_db
def test_each_event_has_a_proof_against_the_root_in_the_ledger() -> None:
    load(*({"amount": str(amount)} for amount in range(1, 601)))
    for event in BudgetEvent.objects.filter(position__in=(0, 255, 256, 511, 512, 599)):
        told = json.loads(json.dumps(queries.prove_event(event.pk)))
        merkle.verify_inclusion(
            leaf=merkle.leaf_hash(told["leaf"].encode()),
            position=told["position"],
            size=told["size"],
            proof=[bytes.fromhex(one) for one in told["proof"]],
            root=bytes.fromhex(told["root"]),
        )
    BudgetEvent.objects.filter(position=300).update(satang=1)
    told = json.loads(json.dumps(queries.prove_event(BudgetEvent.objects.get(position=301).pk)))
    with pytest.raises(merkle.BadProof):
        merkle.verify_inclusion(
            leaf=merkle.leaf_hash(told["leaf"].encode()),
            position=301,
            size=600,
            proof=[bytes.fromhex(one) for one in told["proof"]],
            root=bytes.fromhex(told["root"]),
        )


@pytest.mark.django_db
def test_only_administrators_bring_budgets_in() -> None:
    with pytest.raises(Refused):
        actions.import_budget(actor=ANONYMOUS, now=NOW, rows=[], options=OPTIONS)


@pytest.mark.req("BUD-3.4")
@pytest.mark.data
@pytest.mark.django_db
def test_the_real_bill_lands_whole_and_is_reconciled_with_what_was_printed(shared_data: Path) -> None:
    from sala.commons.imports import running
    from sala.services.budgeting.registration import BOX

    (importer,) = BOX.imports
    text = Path(actions.__file__).with_name("data").joinpath("mappings/fy2565.toml").read_text("utf-8")
    mapping = running.mapping_of(importer, text)
    file = shared_data / "thai-budget-fy2565" / "budget_fy2565_aggregated.csv.gz"
    for added in (7468, 0):
        with running.open_table(str(file), importer, mapping) as sheet:
            (landing,) = running.land(
                actor=SYSTEM, now=NOW, importer=importer, mapping=mapping, sheets=[sheet]
            )
        assert (landing.added, landing.refused, landing.read) == (added, 0, 7468)
    top = queries.list_top(2565)
    reading = queries.get_reading(2565, top)
    assert reading.read == 2_381_791_231_243_00
    assert reading.published == 3_100_000_000_000_00
    assert reading.gap == 718_208_768_757_00
    (central,) = (one for one in top if one.heading.name == "งบกลาง")
    assert central.sums[Stage.BILL] == 571_047_326_800_00
    assert reading.doubtful > 0
    assert not queries.list_broken(2565)


@pytest.mark.django_db
def test_one_table_may_hold_budgets_of_several_years() -> None:
    load({}, {"fiscal_year": "2024"}, {"fiscal_year": "2570", "amount": "3"})
    assert queries.list_years() == [2570, 2569, 2567]
    for year in (2567, 2570):
        assert len(queries.get_reading(year, queries.list_top(year)).loads) == 1
