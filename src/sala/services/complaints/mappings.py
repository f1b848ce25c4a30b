"""How another system's table is read as complaints: a small file says which column is what. Pure."""

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sala.core.actors import Channel
from sala.core.tables import BadRow, Unfit, bad_row, require_readable
from sala.services.complaints.rules import Outcome, Status

# Of these years a complaint can be: its number tells the Buddhist year in two digits.
YEARS = range(1958, 2056)
LONGEST_ID = 80
LONGEST_CODE = 40
NEEDED = ("id", "opened_at", "category", "agency")


class MappingError(ValueError):
    """A mapping file that cannot be used; the message says what is wrong in it."""


@dataclass(frozen=True, slots=True)
class Mapping311:
    """A mapping file as read: columns by our names, values of status, channel and category as ours."""

    source: str
    zone: ZoneInfo
    agency_prefix: str
    agency_name: str
    date_formats: tuple[str, ...]
    columns: Mapping[str, str]
    statuses: Mapping[str, str]
    channels: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One complaint of another system in our words; times aware, latitude and longitude in degrees."""

    source: str
    source_id: str
    text: str
    topic: str
    agency: str
    agency_name: str
    status: Status
    outcome: Outcome | None
    answer: str
    channel: Channel
    place: str
    latitude: float | None
    longitude: float | None
    opened_at: datetime
    due_at: datetime | None
    closed_at: datetime | None


def read_mapping(text: str, columns: Sequence[str] = ()) -> Mapping311:
    """A mapping from its TOML text, checked against the table's columns if they are given.

    Raises MappingError for broken TOML, missing parts, unknown values, or columns the table has not.
    """
    try:
        values = tomllib.loads(text)
        mapping = Mapping311(
            source=values["source"],
            zone=ZoneInfo(values.get("zone", "Asia/Bangkok")),
            agency_prefix=values["agency_prefix"],
            agency_name=values["agency_name"],
            date_formats=tuple(values["date_formats"]),
            columns=values["columns"],
            statuses=values["statuses"],
            channels=values.get("channels", {}),
            topics=values.get("topics", {}),
        )
    except tomllib.TOMLDecodeError as error:
        raise MappingError(f"not TOML: {error}") from None
    except KeyError as error:
        raise MappingError(f"{error} is missing") from None
    except (ZoneInfoNotFoundError, ValueError, TypeError) as error:
        raise MappingError(str(error)) from None
    _check_shapes(mapping)
    _check(mapping, columns)
    return mapping


def _check_shapes(mapping: Mapping311) -> None:
    """Raises MappingError where a text or a table of texts stands as something else."""
    for name in ("source", "agency_prefix", "agency_name"):
        if not isinstance(getattr(mapping, name), str):
            raise MappingError(f"{name} is no text")
    for name in ("columns", "statuses", "channels", "topics"):
        table = getattr(mapping, name)
        if not (isinstance(table, Mapping) and all(isinstance(value, str) for value in table.values())):
            raise MappingError(f"[{name}] is no table of texts")
    if not all(isinstance(form, str) for form in mapping.date_formats):
        raise MappingError("date_formats is no list of texts")
    unknown = set(mapping.channels.values()) - {channel.value for channel in Channel}
    if unknown:
        raise MappingError(f"[channels] has unknown {', '.join(sorted(unknown))}")


def _check(mapping: Mapping311, columns: Sequence[str]) -> None:
    missing = [name for name in NEEDED if name not in mapping.columns]
    if missing:
        raise MappingError(f"[columns] names no {', '.join(missing)}")
    unknown = set(mapping.statuses.values()) - {status.value for status in Status}
    if unknown:
        raise MappingError(f"[statuses] has unknown {', '.join(sorted(unknown))}")
    absent = [column for column in mapping.columns.values() if columns and column not in columns]
    if absent:
        raise MappingError(f"the table has no column {', '.join(absent)}")


def read_row(mapping: Mapping311, row: Mapping[str, str], line: int) -> Incoming | BadRow:
    """One row as a complaint, or why it is none."""
    cell = {name: (row.get(column) or "").strip() for name, column in mapping.columns.items()}
    try:
        require_readable(row)
        return _incoming(mapping, cell)
    except Unfit as unfit:
        column = mapping.columns.get(unfit.column, unfit.column)
        return bad_row(line, row, Unfit(column, unfit.reason))


def read_once(mapping: Mapping311, row: Mapping[str, str], line: int, seen: set[str]) -> Incoming | BadRow:
    """`read_row`, but the second row of a number in one table is refused; `seen` holds the numbers so far."""
    found = read_row(mapping, row, line)
    if isinstance(found, BadRow):
        return found
    if found.source_id in seen:
        return BadRow(line, mapping.columns["id"], found.source_id, "repeated")
    seen.add(found.source_id)
    return found


def _incoming(mapping: Mapping311, cell: Mapping[str, str]) -> Incoming:
    for name in NEEDED:
        if not cell[name]:
            raise Unfit(name, "missing")
    if len(cell["id"]) > LONGEST_ID:
        raise Unfit("id", "too_long")
    status = Status(_looked_up(mapping.statuses, cell.get("status", ""), "status", Status.RECEIVED.value))
    opened_at, closed_at = _instant(mapping, cell, "opened_at"), _instant(mapping, cell, "closed_at")
    assert opened_at is not None  # needed, so it is there or the row is unfit
    if closed_at and closed_at < opened_at:
        raise Unfit("closed_at", "before_it_was_opened")
    is_closed = status in (Status.CLOSED, Status.REJECTED)
    latitude, longitude = _degrees(cell, "latitude", 90), _degrees(cell, "longitude", 180)
    has_point = latitude is not None and longitude is not None
    title, category = cell.get("title", ""), cell["category"]
    return Incoming(
        source=mapping.source,
        source_id=cell["id"],
        text=": ".join(dict.fromkeys(filter(None, [category, title]))),
        topic=mapping.topics.get(category, "other"),
        agency=_code(f"{mapping.agency_prefix}-{cell['agency'].strip('_')}"),
        agency_name=f"{mapping.agency_name} {cell['agency'].strip('_')}",
        status=status,
        outcome=Outcome.UNCONFIRMED if is_closed else None,
        answer=cell.get("outcome", ""),
        channel=Channel(mapping.channels.get(cell.get("channel", ""), Channel.IMPORT.value)),
        place=" ".join(filter(None, [cell.get("place", ""), cell.get("area_words", "")])),
        latitude=latitude if has_point else None,
        longitude=longitude if has_point else None,
        opened_at=opened_at,
        due_at=_instant(mapping, cell, "due_at"),
        closed_at=(closed_at or opened_at) if is_closed else None,
    )


def _looked_up(known: Mapping[str, str], value: str, name: str, default: str) -> str:
    if not value:
        return default
    if value not in known:
        raise Unfit(name, "unknown_value")
    return known[value]


def _instant(mapping: Mapping311, cell: Mapping[str, str], name: str) -> datetime | None:
    text = cell.get(name, "")
    if not text:
        return None
    for form in mapping.date_formats:
        try:
            at = datetime.strptime(text, form).replace(tzinfo=mapping.zone)
        except ValueError:
            continue
        if at.year not in YEARS:
            raise Unfit(name, "unlikely_year")
        return at
    raise Unfit(name, "not_a_time")


def _degrees(cell: Mapping[str, str], name: str, most: int) -> float | None:
    text = cell.get(name, "")
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        raise Unfit(name, "not_degrees") from None
    if not -most <= value <= most:
        raise Unfit(name, "not_degrees")
    return value


def _code(name: str) -> str:
    """A code that an address can carry, another for another name: what is left out of it is told by a digest."""
    plain = "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in name.lower()).split())
    if len(plain) <= LONGEST_CODE and all(c.isascii() for c in name):
        return plain
    return f"{plain[: LONGEST_CODE - 9].rstrip('-')}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
