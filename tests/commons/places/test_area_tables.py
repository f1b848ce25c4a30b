"""Tables of areas land whole, and what publishers disagree about is told."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.commons.places import actions, queries, rules
from sala.core.actors import SYSTEM
from sala.core.area_codes import area_chain
from sala.core.tables import rows_of

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@given(st.text(max_size=8))
def test_a_chain_of_areas_begins_with_the_area_itself(code: str) -> None:
    chain = area_chain(code)
    assert chain[:1] == ((code,) if code else ())


def test_a_table_of_unknown_columns_is_refused() -> None:
    with pytest.raises(rules.UnknownLayout):
        rules.layout_of(["a", "b"])


@pytest.mark.data
@pytest.mark.django_db
def test_the_real_area_tables_land_whole_and_their_differences_are_told(shared_data: Path) -> None:
    tables = []
    names = (
        "provinces",
        "districts",
        "sub_districts",
        "dopa_provinces",
        "dopa_districts",
        "dopa_subdistricts",
    )
    for name in names:
        columns, rows = rows_of(
            (shared_data / "thai-admin-areas" / f"{name}.csv").read_text("utf-8").splitlines()
        )
        tables.append(actions.AreaTable(name, columns, list(rows)))
    taken = actions.import_areas(actor=SYSTEM, now=NOW, tables=tables)
    assert taken.outcome.bad == []
    assert taken.outcome.added >= 77 + 929 + 7451
    assert len([d for d in taken.differences if d.field.startswith("only")]) > 15
    again = actions.import_areas(actor=SYSTEM, now=NOW, tables=tables)
    assert (again.outcome.added, again.outcome.changed) == (0, 0)
    assert queries.read_words("ต.ในเมือง อ.เมืองขอนแก่น จ.ขอนแก่น").sure == "400101"
    queries.forget()
