"""Bringing in an earlier system: good rows land, bad rows are told, twice changes nothing."""

from pathlib import Path

import pytest
from tests.small_state import NOW

from sala.commons.ledger.models import Entry
from sala.core.actors import ANONYMOUS, SYSTEM
from sala.core.errors import Refused
from sala.core.tables import BadRow, rows_of
from sala.services.complaints import actions, mappings, queries
from sala.services.complaints.models import Complaint

MAPPINGS = Path(__file__).parents[3] / "src/sala/services/complaints/data/mappings"
HEADER = (
    "case_enquiry_id,open_dt,target_dt,closed_dt,case_status,closure_reason,case_title,type,department,"
    "location,neighborhood,latitude,longitude,source\n"
)
GOOD = (
    "1,2022-01-21 13:47:00,,2022-01-22 10:00:00,Closed,Fixed,Light out,Street Light Outages,"
    "PWDx,1 Elm,,42.3,-71.0,Self Service\n"
)


def read(text: str) -> list[mappings.Incoming | BadRow]:
    columns, rows = rows_of(text.splitlines(keepends=True))
    told = mappings.read_mapping((MAPPINGS / "boston311.toml").read_text("utf-8"), columns)
    return [mappings.read_row(told, row, line) for line, row in rows]


@pytest.mark.req("CMP-P")
def test_an_imported_complaint_has_its_agency_place_times_and_outcome(state: None) -> None:
    (row,) = read(HEADER + GOOD)
    assert isinstance(row, mappings.Incoming)
    for added, unchanged in ((1, 0), (0, 1)):
        outcome = actions.import_complaints(actor=SYSTEM, now=NOW, rows=[row])
        assert (outcome.added, outcome.unchanged) == (added, unchanged)
    complaint = Complaint.objects.select_related("matter").get()
    matter = complaint.matter
    assert (matter.agency, matter.topic, matter.stage) == ("boston-pwdx", "street_light", "closed")
    assert matter.reference.startswith("C65-")
    assert matter.closed_at.isoformat() == "2022-01-22T15:00:00+00:00"
    assert queries.get_complaint(matter.reference).messages.get().text == "Fixed"
    assert Entry.objects.filter(kind="complaint.imported").count() == 1


@pytest.mark.parametrize(
    ("change", "column", "reason"),
    [
        (("2022-01-21 13:47:00", "yesterday"), "open_dt", "not_a_time"),
        (("2022-01-22 10:00:00", "2021-01-22 10:00:00"), "closed_dt", "before_it_was_opened"),
        (("42.3", "north"), "latitude", "not_degrees"),
        (("Closed", "Vanished"), "case_status", "unknown_value"),
        (("PWDx", ""), "department", "missing"),
    ],
)
def test_a_bad_row_is_told_with_line_column_value_and_reason(
    change: tuple[str, str], column: str, reason: str
) -> None:
    row = read(HEADER + GOOD.replace(*change))[0]
    assert isinstance(row, BadRow)
    assert (row.line, row.column, row.reason) == (2, column, reason)


def test_a_mapping_that_fits_no_table_is_refused_with_words() -> None:
    with pytest.raises(mappings.MappingError, match="no column"):
        mappings.read_mapping((MAPPINGS / "nyc311.toml").read_text("utf-8"), ["a", "b"])
    with pytest.raises(mappings.MappingError, match="not TOML"):
        mappings.read_mapping("source = ")


def test_only_an_administrator_brings_data_in(state: None) -> None:
    with pytest.raises(Refused):
        actions.import_complaints(actor=ANONYMOUS, now=NOW, rows=[])


@pytest.mark.data
@pytest.mark.parametrize(("name", "rows"), [("boston311", 100), ("nyc311", 100)])
def test_the_real_files_land_whole(state: None, shared_data: Path, name: str, rows: int) -> None:
    text = (shared_data / "complaints-311" / f"{name}-100.csv").read_text("utf-8")
    columns, table = rows_of(text.splitlines(keepends=True))
    told = mappings.read_mapping((MAPPINGS / f"{name}.toml").read_text("utf-8"), columns)
    found = [mappings.read_row(told, row, line) for line, row in table]
    assert [row for row in found if isinstance(row, BadRow)] == []
    good = [row for row in found if isinstance(row, mappings.Incoming)]
    assert actions.import_complaints(actor=SYSTEM, now=NOW, rows=good).added == rows
