"""Mandates and roles: the best mandate comes first, roles end when they end."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.commons.agencies import actions, queries, rules
from sala.commons.identity.models import Person
from sala.core.actors import ANONYMOUS, SYSTEM, Role
from sala.core.errors import Conflict, NotFound, Refused
from sala.core.tables import rows_of

NOW = datetime(2026, 11, 22, tzinfo=UTC)
DAY = date(2026, 11, 22)


def mandate(agency: str, area: str | None = None, since: int = 2000) -> rules.MandateRow:
    return rules.MandateRow(agency, "road", area, "กฎหมาย", "law", date(since, 1, 1), None)


def test_the_smallest_area_comes_first_and_the_whole_country_last() -> None:
    found = rules.rank_mandates(
        [mandate("country"), mandate("province", "40"), mandate("district", "4001")],
        topic="road",
        area="400101",
        on=DAY,
    )
    assert [c.mandate.agency for c in found] == ["district", "province", "country"]


@given(st.permutations([mandate("a"), mandate("b", "40"), mandate("c", "4001"), mandate("d", "40", 2010)]))
def test_the_order_of_the_table_never_changes_who_comes_first(rows: list[rules.MandateRow]) -> None:
    found = rules.rank_mandates(rows, topic="road", area="400101", on=DAY)
    assert [c.mandate.agency for c in found] == ["c", "d", "b", "a"]


def test_a_mandate_counts_only_from_its_first_to_its_last_day() -> None:
    row = rules.MandateRow("a", "road", None, "ก", "l", date(2020, 1, 1), date(2020, 12, 31))
    for day, count in (
        (date(2019, 12, 31), 0),
        (date(2020, 1, 1), 1),
        (date(2020, 12, 31), 1),
        (date(2021, 1, 1), 0),
    ):
        assert len(rules.rank_mandates([row], topic="road", area=None, on=day)) == count


AGENCY = (
    "code,kind,name_th,name_en,parent\nmoi,ministry,มหาดไทย,Interior,\nx,planet,ก,b,\ny,ministry,ก,b,nobody\n"
)


@pytest.mark.django_db
def test_bad_rows_of_agencies_are_told_and_good_ones_land() -> None:
    queries.forget()
    outcome = actions.import_agencies(actor=SYSTEM, now=NOW, rows=rows_of(AGENCY.splitlines())[1])
    assert outcome.added == 1
    assert [(b.line, b.column, b.reason) for b in outcome.bad] == [
        (3, "kind", "unknown_kind"),
        (4, "parent", "unknown_code"),
    ]
    again = actions.import_agencies(actor=SYSTEM, now=NOW, rows=rows_of(AGENCY.splitlines())[1])
    assert (again.added, again.unchanged) == (0, 1)
    with pytest.raises(Refused):
        actions.import_agencies(actor=ANONYMOUS, now=NOW, rows=[])


@pytest.mark.django_db
def test_a_role_is_held_once_and_ends() -> None:
    queries.forget()
    actions.import_agencies(actor=SYSTEM, now=NOW, rows=rows_of(AGENCY.splitlines())[1])
    person = Person.objects.create(created_at=NOW)
    grant = {"actor": SYSTEM, "now": NOW, "person_id": person.pk, "agency": "moi", "role": Role.OFFICER}
    appointment = actions.grant_role(**grant)
    assert [g.role for g in queries.grants_of(person.pk)] == [Role.OFFICER]
    with pytest.raises(Conflict):
        actions.grant_role(**grant)
    with pytest.raises(Refused):
        actions.end_role(actor=ANONYMOUS, now=NOW, appointment_id=appointment)
    actions.end_role(actor=SYSTEM, now=NOW, appointment_id=appointment)
    assert queries.grants_of(person.pk) == ()
    with pytest.raises(NotFound):
        actions.end_role(actor=SYSTEM, now=NOW, appointment_id=appointment)
    queries.forget()
