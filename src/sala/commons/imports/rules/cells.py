"""How a cell is read by the kind of its column: Thai days and digits, numbers that must come through, points. Pure."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from sala.commons.imports.rules.mappings import TableMapping
from sala.core.columns import Column, Kind
from sala.core.dates import gregorian_year, parse_date
from sala.core.digits import arabic_digits, narrow
from sala.core.tables import YEARS, Unfit, require_readable
from sala.engines.sheets import fold_name

# What a spreadsheet leaves of a long number: its last digits are gone, so that many rows bear the same.
_ROUNDED = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)?[eE][-+]?[0-9]{1,3}")
_CLOCK = re.compile(
    r"(?:[\sT]+|\s*เวลา\s*)(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})(?:[:.](?P<second>[0-9]{2})(?:\.[0-9]{1,6})?)?"
    r"\s*(?:น\.?)?"
)
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NAMED_MONTH = re.compile(r"[ก-ฮA-Za-z]")
_DECIMAL_COMMA = re.compile(r"[-+]?[0-9]{1,3},[0-9]+")
_SPACES = re.compile(r"\s+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
# What stands around a cell and is no part of it: spaces of all widths, and signs that show nothing.
_AROUND = " \t\r\n\u00a0\u2007\u202f\u3000\u200b\u2060\ufeff"
# Four digits from here on are a Buddhist year, whatever the form of the date says.
FIRST_BUDDHIST = 2325


@dataclass(slots=True)
class Reader:
    """Reads the rows of one table by its mapping; `notes` counts what was read otherwise than it stood."""

    mapping: TableMapping
    columns: Sequence[Column]
    now: datetime
    notes: Counter[tuple[str, str]] = field(default_factory=Counter)

    def read(self, row: Mapping[str, str]) -> dict[str, str]:
        """The row in our names, days and moments in ISO form; a field that the table does not tell is left out.

        Raises Unfit, naming our column.
        """
        require_readable(row)
        return {column.name: self._cell(column, row) for column in self.columns if self._tells(column, row)}

    def column_of(self, name: str) -> str:
        """Their column behind our name, for telling where something is wrong; the name itself if there is none."""
        like = next((column.like for column in self.columns if column.name == name), "")
        return self.mapping.columns.get(name) or self.mapping.columns.get(like) or name

    def _tells(self, column: Column, row: Mapping[str, str]) -> bool:
        return column.is_needed or column.name in self.mapping.defaults or self.column_of(column.name) in row

    def _cell(self, column: Column, row: Mapping[str, str]) -> str:
        name = column.name
        text = row.get(self.column_of(name), "").strip(_AROUND) or self.mapping.defaults.get(name, "")
        if not text:
            if column.is_needed:
                raise Unfit(name, "missing")
            return ""
        if column.table or column.codes or name in self.mapping.values:
            text = self._meaning(column, text)
        if column.kind in (Kind.DAY, Kind.MOMENT):
            text = self._day_or_moment(column, text)
        elif column.kind is not Kind.TEXT:
            text = _id(text, name) if column.kind is Kind.ID else _degrees(text)
        if column.longest and len(text) > column.longest:
            raise Unfit(name, "too_long")
        return text

    def _meaning(self, column: Column, text: str) -> str:
        known = self.mapping.values.get(column.name, {})
        if (code := known.get(fold_name(text))) is not None:
            return code
        if text in column.codes or (not column.codes and column.other is None):
            return text
        if column.other is None:
            raise Unfit(column.name, "unknown_value")
        if column.codes:
            self.notes[f"unknown_{column.name}", _SPACES.sub(" ", text)[:80]] += 1
        return column.other

    def _day_or_moment(self, column: Column, text: str) -> str:
        at = read_moment(text, self.mapping)
        if at is None:
            raise Unfit(column.name, "not_a_time" if column.kind is Kind.MOMENT else "not_a_date")
        if at.year not in YEARS:
            raise Unfit(column.name, "unlikely_year")
        if not (column.may_come or self.mapping.may_come) and at > self.now:
            raise Unfit(column.name, "day_not_come")
        return at.isoformat() if column.kind is Kind.MOMENT else at.date().isoformat()


def _id(text: str, name: str) -> str:
    plain = arabic_digits(narrow(_UNSEEN.sub("", text)))
    if _ROUNDED.fullmatch(plain):
        raise Unfit(name, "number_was_rounded")
    return plain


def _degrees(text: str) -> str:
    plain = arabic_digits(narrow(_UNSEEN.sub("", text)))
    return plain.replace(",", ".") if _DECIMAL_COMMA.fullmatch(plain) else plain


def read_moment(text: str, mapping: TableMapping) -> datetime | None:
    """The instant that a cell tells, in the mapping's zone; midnight where it tells a day alone. None if it is none.

    The mapping's own forms come first. What they do not fit counts only where nothing can be mistaken: ISO, or a
    month by its name; 3/4/68 is read only by a form, or where the mapping has none (day before month, as Thailand
    writes).
    """
    plain = _SPACES.sub(" ", arabic_digits(narrow(_UNSEEN.sub("", text)))).strip()
    for form in mapping.date_formats:
        if (at := _by_form(plain, form, mapping)) is not None:
            return at
    clock = _CLOCK.search(plain)
    if clock and clock.end() != len(plain):
        clock = None
    words = plain[: clock.start()].strip() if clock else plain
    if not (_ISO_DAY.fullmatch(words) or _NAMED_MONTH.search(words) or not mapping.date_formats):
        return None
    return _joined(_day(words), clock, mapping)


def _by_form(text: str, form: str, mapping: TableMapping) -> datetime | None:
    try:
        at = datetime.strptime(text, form)
    except (ValueError, OverflowError):
        return None
    try:
        return _in_our_years(at, has_short_year="%y" in form, mapping=mapping).replace(tzinfo=mapping.zone)
    except ValueError:
        return None


def _in_our_years(at: datetime, *, has_short_year: bool, mapping: TableMapping) -> datetime:
    """The same day by the common era: 69 and 2569 are Buddhist. Raises ValueError for a day that never was."""
    if has_short_year and mapping.is_buddhist:
        return at.replace(year=gregorian_year(2500 + at.year % 100, at.month))
    return at.replace(year=gregorian_year(at.year, at.month)) if at.year >= FIRST_BUDDHIST else at


def _day(words: str) -> date | None:
    try:
        if _ISO_DAY.fullmatch(words) and int(words[:4]) >= FIRST_BUDDHIST:
            return parse_date(f"{words[8:]}/{words[5:7]}/{words[:4]}")
        return parse_date(words)
    except ValueError:
        return None


def _joined(day: date | None, clock: re.Match[str] | None, mapping: TableMapping) -> datetime | None:
    if day is None:
        return None
    try:
        hour, minute, second = (
            int(clock[part] or 0) if clock else 0 for part in ("hour", "minute", "second")
        )
        at = time(hour, minute, second)
    except ValueError:
        return None
    return datetime.combine(day, at, mapping.zone)
