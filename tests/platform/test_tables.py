"""A table declared once gives the same in every form, and refuses what cannot be asked of it."""

import csv
import io
import json
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.core.atom import FeedEntry
from sala.core.errors import Invalid
from sala.platform.tables import Column, Feed, Filter, Query, Rows, Table, cursor_number
from sala.platform.tables.files import MARK, Addresses, schema, write

AT = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)


def bells(query: Query) -> Rows:
    return Rows(rows=[{"name": "=ระฆัง", "weight": 12, "on": date(2026, 11, 30), "at": AT}], count=1, as_of=AT)


def of(name: str, kind: str = "text") -> Column:
    return Column(
        name=name, title=f"T {name}", description=f"D {name}", kind=kind, value=lambda row: row[name]
    )  # type: ignore[arg-type]  # kinds are told as text here


BELLS = Table(
    name="bells",
    title="Bells",
    description="Every bell.",
    columns=(of("name"), of("weight", "integer"), of("on", "date"), of("at", "datetime")),
    key=("name",),
    rows=bells,
    filters=(Filter(name="kind", title="Kind"),),
    orders=("weight",),
    feed=Feed(entry=lambda r: FeedEntry(key="urn:bell", title=r["name"], updated=r["at"], link="/bell")),
)


def written(form: str, *, is_for_people: bool = False) -> str:
    at = Addresses(own="/bells?cursor=1", whole="/bells", page="/", further="/next")
    return b"".join(write(BELLS, bells(Query()), form, at=at, is_for_people=is_for_people)).decode()


def test_every_form_says_the_same() -> None:
    plain = {"name": "=ระฆัง", "weight": 12, "on": "2026-11-30", "at": "2026-11-30T10:00:00+07:00"}
    told = json.loads(written("json"))
    assert told["rows"] == [plain]
    assert (told["next"], told["count"]) == ("/next", 1)
    assert json.loads(written("ndjson")) == plain
    (row,) = csv.DictReader(io.StringIO(written("csv")))
    assert row == {**{name: str(value) for name, value in plain.items()}, "name": "'=ระฆัง"}
    assert "=ระฆัง" in ElementTree.fromstring(written("atom"))[-1].findtext(
        "{http://www.w3.org/2005/Atom}title", ""
    )


def test_a_file_for_people_opens_by_a_click_with_titles() -> None:
    text = written("csv", is_for_people=True)
    assert text.startswith(f"{MARK}T name,T weight,T on,T at\r\n")
    assert not written("csv").startswith(MARK)


def test_the_schema_describes_each_column() -> None:
    told = schema(BELLS)
    assert [field["type"] for field in told["fields"]] == ["string", "integer", "date", "datetime"]
    assert told["primaryKey"] == ["name"]


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ({"colour": "red"}, "colour"),
        ({"order": "name"}, "order"),
        ({"size": "0"}, "size"),
        ({"size": "²"}, "size"),
        ({"size": "1001"}, "size"),
        ({"kind": "x" * 201}, "kind"),
        ({"kind": "a\0b"}, "kind"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_the_name_that_was_sent(asked: dict[str, str], wrong: str) -> None:
    with pytest.raises(Invalid) as refused:
        BELLS.query(asked)
    assert set(refused.value.fields) == {wrong}


@given(st.text(max_size=30))
def test_any_cursor_is_a_number_or_refused(cursor: str) -> None:
    try:
        number = cursor_number(Query(cursor=cursor))
    except Invalid:
        return
    assert number is None or number >= 0


def test_what_has_no_value_stands_last_in_either_order() -> None:
    rows = [{"weight": 2}, {"weight": None}, {"weight": 1}]
    assert [row["weight"] for row in BELLS.ordered(rows, "weight")] == [1, 2, None]
    assert [row["weight"] for row in BELLS.ordered(rows, "-weight")] == [2, 1, None]


def test_a_table_that_names_a_column_twice_or_not_at_all_is_no_table() -> None:
    with pytest.raises(ValueError, match="twice"):
        Table(name="x", title="", description="", columns=(of("a"), of("a")), key=(), rows=bells)
    with pytest.raises(ValueError, match="no column"):
        Table(name="x", title="", description="", columns=(of("a"),), key=("b",), rows=bells)
