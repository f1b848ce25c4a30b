"""How a table lands: read by its mapping, taken in batches, or only rehearsed. For the doors: command line and page."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any

from sala.commons.imports import actions, rules, words
from sala.commons.imports.rules import REPORT, BadMapping, report_columns
from sala.commons.ledger import actions as ledger
from sala.core.actors import Actor
from sala.core.errors import TooLarge
from sala.core.tables import LONGEST_TOLD, BadRow, Outcome, Row, Unfit
from sala.engines import thai
from sala.engines.sheets import Sheet, open_sheet
from sala.platform.reference_data import forget_all
from sala.platform.registration import Importer

__all__ = [
    "REPORT",
    "BadMapping",
    "BadTable",
    "Landing",
    "land",
    "mapping_of",
    "open_table",
    "report_columns",
    "undo",
]

# Tables that are taken in one piece are held in memory as they land.
MOST_WHOLE = 100_000
# So many refused rows are kept with the run, for the page; the command line writes all of them.
MOST_KEPT = 10_000
MOST_SHOWN = 5
Advance = Callable[[int], object]
OnBad = Callable[[Sequence[str]], object]


class BadTable(Exception):
    """A table that cannot be taken at all; the message says why, in a sentence."""


@dataclass(slots=True)
class Landing:
    """What an import did, or would do: counts in rows, what was found in reading, the first rows before and after."""

    file: str
    read_as: Mapping[str, str] = field(default_factory=dict)
    unnamed: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    notes: Counter[tuple[str, str]] = field(default_factory=Counter)
    first_bad: list[BadRow] = field(default_factory=list)
    shown: list[tuple[int, dict[str, str], dict[str, str]]] = field(default_factory=list)
    differences: list[Mapping[str, object]] = field(default_factory=list)
    run_id: int = 0

    @property
    def read(self) -> int:
        """All rows that were read."""
        return self.added + self.changed + self.unchanged + self.refused

    def add(self, outcome: Outcome) -> None:
        """Count what a batch did."""
        self.added += outcome.added
        self.changed += outcome.changed
        self.unchanged += outcome.unchanged
        self.notes.update(outcome.notes)
        self.differences += outcome.differences


def mapping_of(importer: Importer, text: str | None) -> rules.TableMapping:
    """How an importer's tables are read: by a mapping file's text, else by our own names. Raises BadMapping."""
    if text is None:
        if importer.needs_mapping:
            raise rules.BadMapping("this table needs a mapping file that says which column is what")
        return rules.plain_mapping(importer.columns, importer.options)
    mapping = rules.read_mapping(text, importer.columns, importer.options)
    if importer.needs_mapping and not mapping.source:
        raise rules.BadMapping("'source' is missing")
    return mapping


@contextmanager
def open_table(
    name: str,
    importer: Importer,
    mapping: rules.TableMapping,
    *,
    encoding: str = "",
    advance: Advance | None = None,
) -> Iterator[Sheet]:
    """A table laid out for an importer, its header found by the names that the mapping looks for.

    Raises UnreadableError, BadTable for columns that are not there.
    """
    is_header, is_plain = (
        importer.is_header,
        not mapping.source and not mapping.options and not mapping.values,
    )
    by_layout = is_header is not None and is_plain
    wanted = () if by_layout else mapping.wanted
    score = (lambda names: int(is_header(names))) if by_layout and is_header else None
    with open_sheet(name, wanted=wanted, score=score, encoding=encoding, advance=advance) as sheet:
        if not by_layout:
            _require_columns(sheet, importer, mapping)
        yield sheet


def _require_columns(sheet: Sheet, importer: Importer, mapping: rules.TableMapping) -> None:
    """Of a mapping file every column must be there, of our own names those that are needed."""
    is_plain = all(ours == theirs for ours, theirs in mapping.columns.items())
    needed = importer.needed if is_plain else mapping.wanted
    missing = [name for name in needed if name not in sheet.columns and not mapping.defaults.get(name)]
    if missing:
        there = ", ".join(sheet.columns)[:300]
        line = sheet.read_as.get("header", "1")
        parted = {"\t": "tab", ",": "comma"}.get(sign := sheet.read_as.get("delimiter", ","), sign)
        raise BadTable(
            f"line {line}: there is no column {', '.join(missing)}; the columns, parted by {parted}, are: {there}"
        )


def land(
    *,
    actor: Actor,
    now: datetime,
    importer: Importer,
    mapping: rules.TableMapping,
    sheets: Sequence[Sheet],
    is_rehearsal: bool = False,
    on_bad: OnBad = lambda row: None,
    advance: Advance = lambda rows: None,
) -> list[Landing]:
    """Bring tables in, or say what would come of it; `on_bad` is given each row of the report.

    Tables that are compared land together. Raises Refused, Conflict while another import lands, TooLarge.
    """
    if is_rehearsal:
        return _each(actor, now, importer, mapping, sheets, True, on_bad, advance)
    actions.lock_imports()
    try:
        return _each(actor, now, importer, mapping, sheets, False, on_bad, advance)
    finally:
        actions.unlock_imports()


def _each(
    actor: Actor,
    now: datetime,
    importer: Importer,
    mapping: rules.TableMapping,
    sheets: Sequence[Sheet],
    is_rehearsal: bool,
    on_bad: OnBad,
    advance: Advance,
) -> list[Landing]:
    groups = [list(sheets)] if importer.is_header else [[sheet] for sheet in sheets]
    return [
        _Run(actor, now, importer, mapping, group, is_rehearsal, on_bad, advance).land() for group in groups
    ]


@dataclass(slots=True)
class _Run:
    """One landing: a table, or several that are compared."""

    actor: Actor
    now: datetime
    importer: Importer
    mapping: rules.TableMapping
    sheets: list[Sheet]
    is_rehearsal: bool
    on_bad: OnBad
    advance: Advance
    landing: Landing = field(init=False)
    reader: rules.Reader = field(init=False)
    kept: list[list[str]] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def land(self) -> Landing:
        first = self.sheets[0]
        names = " ".join(_base_name(sheet.name) for sheet in self.sheets)
        self.landing = Landing(names, first.read_as, sum(sheet.unnamed for sheet in self.sheets))
        self.reader = rules.Reader(self.mapping, self.importer.columns, self.now)
        if not self.is_rehearsal:
            self.landing.run_id = actions.begin_run(
                actor=self.actor,
                now=self.now,
                importer=self.importer.name,
                source=self.mapping.source,
                file=thai.cover(names),
                digest=first.digest,
            )
        for sheet, rows in self._portions():
            self._take(sheet, rows)
        self.landing.notes.update(self.reader.notes)
        if not self.is_rehearsal:
            self._remember()
        return self.landing

    def _portions(self) -> Iterator[tuple[Sheet, list[Row]]]:
        """Rows to be taken together, by table."""
        if self.importer.is_header:
            yield self.sheets[0], []
            return
        (sheet,) = self.sheets
        if not self.importer.batch:
            if sheet.count > MOST_WHOLE:
                raise TooLarge("table_too_long", rows=sheet.count, most=MOST_WHOLE)
            yield sheet, list(_rows(sheet))
            return
        rows = _rows(sheet)
        while batch := list(islice(rows, self.importer.batch)):
            yield sheet, batch

    def _take(self, sheet: Sheet, rows: list[Row]) -> None:
        raw, bad, good = dict(rows), [], []
        for line, row in rows:
            try:
                good.append((line, self._once(self.reader.read(row))))
            except Unfit as unfit:
                bad.append(BadRow(line, unfit.column, "", unfit.reason))
        outcome = self._done(good)
        self.landing.add(outcome)
        self._show(good, raw, outcome)
        for one in sorted([*bad, *outcome.bad], key=lambda row: row.line):
            self._tell_bad(sheet, one, raw.get(one.line, {}))
        self.advance(len(rows))

    def _once(self, cells: dict[str, str]) -> dict[str, str]:
        """The same row, unless its number stood in the table before: a later batch must know that too.

        Kept are only digests of a few bytes: a million rows take some tens of megabytes.
        """
        if self.importer.batch:
            name = next(column.name for column in self.importer.columns if column.is_needed)
            mark = hash(cells[name])
            if mark in self.seen:
                raise Unfit(name, "repeated")
            self.seen.add(mark)
        return cells

    def _done(self, good: list[Row]) -> Outcome:
        more: dict[str, Any] = {}
        if self.importer.options:
            more["options"] = {**self.mapping.options, "source": self.mapping.source}
        if self.importer.is_header:
            more["tables"] = [(_base_name(s.name), *self._in_our_names(s)) for s in self.sheets]
        else:
            more["rows"] = good
        act = partial(self.importer.take, actor=self.actor, now=self.now, **more)
        if not self.is_rehearsal:
            keep = partial(actions.keep_outcome, run_id=self.landing.run_id)
            with ledger.beside(lambda: None, lambda outcome: keep(outcome=outcome)):
                return act()
        if self.importer.rehearse:
            return self.importer.rehearse(actor=self.actor, now=self.now, **more)
        return _undone(act)

    def _in_our_names(self, sheet: Sheet) -> tuple[Sequence[str], list[Row]]:
        """A table that is known by its header, as it is; or in our names, where a mapping says which is which."""
        rows = list(_rows(sheet))
        if sheet.count > MOST_WHOLE:
            raise TooLarge("table_too_long", rows=sheet.count, most=MOST_WHOLE)
        if not self.mapping.source and all(ours == theirs for ours, theirs in self.mapping.columns.items()):
            return sheet.columns, rows
        ours = {theirs: ours for ours, theirs in self.mapping.columns.items()}
        return [ours.get(name, name) for name in sheet.columns], [
            (line, {ours.get(name, name): cell for name, cell in row.items()}) for line, row in rows
        ]

    def _show(self, good: list[Row], raw: dict[int, dict[str, str]], outcome: Outcome) -> None:
        refused = {row.line for row in outcome.bad}
        for line, cells in good:
            if len(self.landing.shown) >= MOST_SHOWN:
                return
            if line not in refused:
                self.landing.shown.append((line, raw[line], outcome.landed.get(line, cells)))

    def _tell_bad(self, sheet: Sheet, bad: BadRow, row: dict[str, str]) -> None:
        column = self.reader.column_of(bad.column)
        value = bad.value or row.get(column, "")
        told = BadRow(bad.line, column, value[:LONGEST_TOLD], bad.reason)
        self.landing.refused += 1
        if len(self.landing.first_bad) < MOST_SHOWN:
            self.landing.first_bad.append(told)
        cells = {name: row.get(name, "") for name in sheet.columns if name not in rules.REPORT}
        line = rules.report_row(_base_name(sheet.name), told, words.reason(told.reason), cells)
        self.on_bad(line)
        if not self.is_rehearsal and len(self.kept) < MOST_KEPT:
            self.kept.append(line)

    def _remember(self) -> None:
        if self.kept:
            names = [name for name in self.sheets[0].columns if name not in rules.REPORT]
            header = list(rules.report_columns(names))
            actions.keep_refused(actor=self.actor, run_id=self.landing.run_id, rows=[header, *self.kept])
        actions.end_run(
            actor=self.actor,
            now=self.now,
            run_id=self.landing.run_id,
            refused=self.landing.refused,
            notes=self.landing.notes,
        )


def _rows(sheet: Sheet) -> Iterator[Row]:
    """The rows of a table; of a report that somebody mended, those of the table it tells of."""
    if not rules.is_report(sheet.columns):
        return sheet.rows()
    return ((line, rules.original_row(row)) for line, row in sheet.rows())


class _Rehearsed(Exception):
    def __init__(self, outcome: Outcome) -> None:
        super().__init__("rehearsed")
        self.outcome = outcome


def _undone(act: Callable[[], Outcome]) -> Outcome:
    """What an action would do: it is done, and undone before anybody could see it."""

    def last(outcome: Outcome) -> None:
        raise _Rehearsed(outcome)

    try:
        with ledger.beside(lambda: None, last):
            return act()
    except _Rehearsed as rehearsed:
        return rehearsed.outcome
    finally:
        # What was read inside the transaction is true no more.
        forget_all()


def _base_name(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2]


def undo(*, actor: Actor, now: datetime, run_id: int) -> tuple[int, int]:
    """What a run added is gone again, except what was touched since: how many went, how many stay.

    Raises Refused, NotFound, Conflict for a run undone before, or one whose table cannot be taken back.
    """
    while actions.take_back_some(actor=actor, now=now, run_id=run_id):
        pass
    return actions.close_undone(actor=actor, now=now, run_id=run_id)
