"""Writes about places: importing areas and their other names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F

from sala.commons.ledger import actions as ledger
from sala.commons.places import events, permissions, rules
from sala.commons.places.models import Area, AreaAlias, Edition
from sala.commons.places.rules import AreaTable, UnknownLayout, layout_of
from sala.core.actors import Actor
from sala.core.area_codes import LEVEL_OF_DIGITS
from sala.core.errors import Invalid
from sala.core.tables import BadRow, Done, Outcome, Row, Unfit, day_of, require_cells, take_rows
from sala.platform.added_rows import key_of, take_back_rows
from sala.platform.reference_data import announce_change

__all__ = [
    "AreaTable",
    "AreasTaken",
    "UnknownLayout",
    "import_aliases",
    "import_area_tables",
    "import_areas",
    "is_area_header",
    "layout_of",
    "take_back",
]

MORE_OF_AREAS = ("postal_code", "latitude", "longitude", "population")
AREA_FIELDS = ("name_th", "name_en", *MORE_OF_AREAS)
NUMBERS = ("latitude", "longitude", "population")


@dataclass(frozen=True, slots=True)
class AreasTaken:
    """What an import of areas did, and where the tables disagree."""

    outcome: Outcome
    differences: tuple[rules.Difference, ...]


def is_area_header(names: Sequence[str]) -> bool:
    """Whether these are the columns of a table of areas that we know."""
    try:
        layout_of(names)
    except UnknownLayout:
        return False
    return True


@ledger.action
def import_areas(*, actor: Actor, now: datetime, tables: Sequence[AreaTable]) -> AreasTaken:
    """Areas of one or more tables are there afterwards, each once, under the area that contains them.

    Where tables disagree the first one counts, and the disagreements are in the returned report. The same tables
    again change nothing. Raises rules.UnknownLayout for a table whose header we do not know.
    """
    permissions.require_may_administer(actor)
    return _take_tables(actor, now, tables)


@ledger.action
def import_area_tables(
    *, actor: Actor, now: datetime, tables: Sequence[tuple[str, Sequence[str], Sequence[Row]]]
) -> Outcome:
    """`import_areas` of tables as (name, columns, rows): those with another header are left out and told.

    Raises Invalid if none of them is one.
    """
    permissions.require_may_administer(actor)
    known = [AreaTable(*table) for table in tables if is_area_header(table[1])]
    if not known:
        raise Invalid("no_area_table")
    taken = _take_tables(actor, now, known)
    outcome = taken.outcome
    outcome.differences += [{n: getattr(d, n) for n in d.__slots__} for d in taken.differences]
    if taken.differences:
        outcome.notes["differs", ""] = len(taken.differences)
    outcome.notes.update(
        {("unknown_table", name): 1 for name, columns, _ in tables if not is_area_header(columns)}
    )
    return outcome


def _take_tables(actor: Actor, now: datetime, tables: Sequence[AreaTable]) -> AreasTaken:
    reading = rules.read_area_tables(tables)
    outcome = Outcome(bad=list(reading.bad))
    known = {a.code: a for a in Area.objects.all()}
    fresh: list[Area] = []
    for row in reading.areas:
        parent = known.get(row.parent) if row.parent else None
        if row.parent and parent is None:
            outcome.bad.append(BadRow(row.line, "code", row.code, "containing_area_unknown"))
            continue
        _take_area(row, known, fresh, outcome)
    for digits in sorted(LEVEL_OF_DIGITS):
        batch = [a for a in fresh if len(a.code) == digits]
        for area in batch:
            area.parent = known.get(area.code[:-2])
        Area.objects.bulk_create(batch, batch_size=2000)
    _changed()
    ledger.record_entry(
        events.AreasImported(
            added=outcome.added,
            changed=outcome.changed,
            unchanged=outcome.unchanged,
            refused=len(outcome.bad),
            differences=len(reading.differences),
        ),
        actor=actor,
        at=now,
    )
    return AreasTaken(outcome, reading.differences)


def _take_area(row: rules.AreaRow, known: dict[str, Area], fresh: list[Area], outcome: Outcome) -> None:
    values = {f: getattr(row, f) or (None if f in NUMBERS else "") for f in AREA_FIELDS}
    area = known.get(row.code)
    if area is None:
        area = Area(code=row.code, level=LEVEL_OF_DIGITS[len(row.code)], **values)
        known[row.code] = area
        fresh.append(area)
        outcome.added += 1
    elif _differs(area, values):
        for field, value in values.items():
            if value not in (None, ""):
                setattr(area, field, value)
        area.save(update_fields=[*AREA_FIELDS])
        outcome.changed += 1
    else:
        outcome.unchanged += 1


def _differs(row: Any, values: Mapping[str, object]) -> bool:
    """Whether a table's row would change ours; an empty cell never does."""
    for field, value in values.items():
        ours = getattr(row, field)
        if value in (None, "") or ours == value:
            continue
        if field in NUMBERS and ours is not None and float(ours) == round(float(str(value)), 6):
            continue
        return True
    return False


@ledger.action
def import_aliases(*, actor: Actor, now: datetime, rows: Iterable[Row]) -> Outcome:
    """Other names of areas (area, name, source, valid_from, valid_until) are found afterwards, each once."""
    permissions.require_may_administer(actor)
    outcome = take_rows(rows, _take_alias, once=("area", "name"))
    _changed()
    event = events.AliasesImported(
        added=outcome.added, changed=outcome.changed, unchanged=outcome.unchanged, refused=len(outcome.bad)
    )
    ledger.record_entry(event, actor=actor, at=now)
    return outcome


def _take_alias(row: dict[str, str]) -> Done:
    require_cells(row, "area", "name", "source")
    for column, most in (("name", 120), ("source", 300)):
        if len(row[column]) > most:
            raise Unfit(column, "too_long")
    area = Area.objects.filter(code=row["area"]).first()
    if area is None:
        raise Unfit("area", "unknown_code")
    valid_from = day_of(row, "valid_from") if row.get("valid_from") else None
    valid_until = day_of(row, "valid_until") if row.get("valid_until") else None
    if valid_from and valid_until and valid_until < valid_from:
        raise Unfit("valid_until", "before_it_begins")
    values = {"source": row["source"], "valid_from": valid_from, "valid_until": valid_until}
    alias, is_new = AreaAlias.objects.get_or_create(area=area, name=row["name"], defaults=values)
    if is_new:
        return "added", key_of(alias)
    if all(getattr(alias, name) == value for name, value in values.items()):
        return "unchanged"
    AreaAlias.objects.filter(pk=alias.pk).update(**values)
    return "changed"


@ledger.part_of_action("the undoing of an import leaves the entry")
def take_back(*, actor: Actor, now: datetime, keys: Sequence[str], since: datetime) -> dict[str, str]:
    """Other names that an import added are gone again; those that stay, with the code of why."""
    permissions.require_may_administer(actor)
    stays = take_back_rows((AreaAlias,), keys)
    _changed()
    return stays


def _changed() -> None:
    """Every process reads the tables anew when it next looks at their number; this one at once."""
    Edition.objects.get_or_create(pk=1, defaults={"number": 0})
    Edition.objects.filter(pk=1).update(number=F("number") + 1)
    announce_change()
