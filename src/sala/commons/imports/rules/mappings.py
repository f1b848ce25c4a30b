"""What a mapping file says: which column of theirs is which of ours, and what their words mean. Pure."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sala.core.clock import BANGKOK
from sala.core.columns import Column
from sala.engines.sheets import fold_name

CALENDARS = ("buddhist", "gregorian")
_OWN = ("source", "zone", "calendar", "date_formats", "allow_future", "columns", "values", "defaults")
LONGEST_SOURCE = 40


class BadMapping(ValueError):
    """A mapping file that cannot be used; the message says what is wrong in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableMapping:
    """A mapping file as read.

    `columns`: our name -> theirs. `values`: our name -> their value, folded -> our code. `defaults`: our name ->
    what holds where a cell is empty or there is no column. `is_buddhist`: years of two digits are Buddhist ones.
    `options` are the importer's own. Without a file each column bears our name.
    """

    source: str = ""
    zone: ZoneInfo = BANGKOK
    is_buddhist: bool = True
    date_formats: tuple[str, ...] = ()
    may_come: bool = False
    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def wanted(self) -> tuple[str, ...]:
        """The names of columns that the table should have."""
        return tuple(dict.fromkeys(self.columns.values()))


def plain_mapping(columns: Sequence[Column], options: Mapping[str, str | None]) -> TableMapping:
    """What holds where no mapping file is given: the table has our names. Raises BadMapping if a file is needed."""
    return TableMapping(columns={c.name: c.name for c in columns}, options=_options({}, options))


def read_mapping(
    text: str, columns: Sequence[Column], options: Mapping[str, str | None] | None = None
) -> TableMapping:
    """A mapping from its TOML text, for a table that may have these columns and an importer with these options.

    Raises BadMapping for broken TOML, for what is missing or stands as something else, and, by name, for what
    nobody knows: a name mistyped would else be a column left out in silence.
    """
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadMapping(f"not TOML: {error}") from None
    tables = {column.table: column.name for column in columns if column.table}
    known = {*_OWN, *tables, *(options or {})}
    _require_known("the file", told, known)
    ours = {column.name: column for column in columns}
    names = _texts(told, "columns")
    if not names:
        raise BadMapping("[columns] is missing")
    _require_known("[columns]", names, ours)
    defaults = _texts(told, "defaults")
    _require_known("[defaults]", defaults, ours)
    for column in columns:
        if column.is_needed and not (column.name in names or defaults.get(column.name)):
            raise BadMapping(f"[columns] names no {column.name}")
    zone = _zone(told.get("zone", "Asia/Bangkok"))
    calendar = told.get("calendar", "buddhist" if zone.key == "Asia/Bangkok" else "gregorian")
    if calendar not in CALENDARS:
        raise BadMapping(f"calendar is one of {', '.join(CALENDARS)}")
    return TableMapping(
        source=_source(told.get("source", "")),
        zone=zone,
        is_buddhist=calendar == "buddhist",
        date_formats=_formats(told.get("date_formats", [])),
        may_come=_yes_or_no(told, "allow_future"),
        columns=names,
        values=_values(told, tables, ours),
        defaults=_known_defaults(defaults, ours),
        options=_options(told, options or {}),
    )


def _require_known(where: str, told: Iterable[str], known: Iterable[str]) -> None:
    if unknown := sorted(set(told) - set(known)):
        raise BadMapping(f"{where} has unknown {', '.join(unknown)}")


def _texts(told: Mapping[str, Any], name: str) -> dict[str, str]:
    table = told.get(name, {})
    if not (isinstance(table, dict) and all(isinstance(value, str) for value in table.values())):
        raise BadMapping(f"[{name}] is no table of texts")
    return table


def _source(source: object) -> str:
    if not isinstance(source, str):
        raise BadMapping("source is no text")
    if len(source) > LONGEST_SOURCE:
        raise BadMapping(f"source is longer than {LONGEST_SOURCE} signs")
    return source


def _zone(name: object) -> ZoneInfo:
    try:
        return ZoneInfo(name)  # type: ignore[arg-type]  # what is no text is told below
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError) as error:
        raise BadMapping(f"zone: {error}") from None


def _formats(formats: object) -> tuple[str, ...]:
    if not (isinstance(formats, list) and all(isinstance(form, str) for form in formats)):
        raise BadMapping("date_formats is no list of texts")
    return tuple(formats)


def _yes_or_no(told: Mapping[str, Any], name: str) -> bool:
    if not isinstance(value := told.get(name, False), bool):
        raise BadMapping(f"{name} is true or false")
    return value


def _values(
    told: Mapping[str, Any], tables: Mapping[str, str], ours: Mapping[str, Column]
) -> dict[str, dict[str, str]]:
    """Meanings of values by our column: from [values.NAME], or from the table the column names ([statuses])."""
    given = told.get("values", {})
    if not isinstance(given, dict):
        raise BadMapping("[values] is no table of tables")
    _require_known("[values]", given, ours)
    found: dict[str, dict[str, str]] = {}
    for label, column, meanings in (
        *((f"values.{name}", name, _texts(given, name)) for name in given),
        *((table, tables[table], _texts(told, table)) for table in tables if table in told),
    ):
        if codes := ours[column].codes:
            _require_known(f"[{label}]", meanings.values(), codes)
        found.setdefault(column, {}).update({fold_name(value): code for value, code in meanings.items()})
    return found


def _known_defaults(defaults: Mapping[str, str], ours: Mapping[str, Column]) -> dict[str, str]:
    for name, value in defaults.items():
        if ours[name].codes:
            _require_known(f"[defaults] {name}", [value], ours[name].codes)
    return dict(defaults)


def _options(told: Mapping[str, Any], options: Mapping[str, str | None]) -> dict[str, str]:
    found = {}
    for name, otherwise in options.items():
        value = told.get(name, otherwise)
        if value is None:
            raise BadMapping(f"{name} is missing")
        if not isinstance(value, str):
            raise BadMapping(f"{name} is no text")
        found[name] = value
    return found
