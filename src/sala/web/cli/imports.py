"""`sala import …`: what agencies bring in. Good rows land, bad rows go into a report; twice changes nothing."""

import csv
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import track

from sala.core import clock
from sala.core.actors import SYSTEM
from sala.core.tables import BadRow, Outcome, Row, csv_text, rows_of
from sala.web.cli.site import prepare_django
from sala.web.cli.tables import DAMAGED, opened, refuse

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

File = Annotated[list[str], typer.Argument(help="CSV files (also .gz), a folder, or - for standard input.")]
Report = Annotated[Path | None, typer.Option(help="Where to write what could not be taken, as CSV.")]
Encoding = Annotated[str, typer.Option(help="How the files are written: utf-8, tis-620, utf-16 …")]
COLUMNS = ("line", "column", "value", "reason")


@dataclass(frozen=True, slots=True)
class Table:
    """A file as read: its name, its columns, its rows with the line each begins on."""

    name: str
    columns: tuple[str, ...]
    rows: list[Row]


def _table(name: str, encoding: str) -> Table:
    """A CSV file (also .gz, or - for standard input), read whole before anything is taken."""
    try:
        with opened(name, encoding) as text:
            columns, rows = rows_of(text)
            table = Table(name, tuple(columns), list(rows))
    except OSError as error:
        refuse(f"{name}: {error.strerror or error}")
    except UnicodeError:
        refuse(f"{name}: the text is not {encoding}; say how it is written, for example --encoding tis-620")
    except (csv.Error, *DAMAGED) as error:
        refuse(f"{name}: {error}")
    if not any(columns):
        refuse(f"{name}: line 1: there are no columns; the file is empty")
    if twice := {column for column in columns if column and columns.count(column) > 1}:
        refuse(f"{name}: line 1: the column {sorted(twice)[0]} is there twice")
    return table


def _require_columns(table: Table, needed: Iterable[str]) -> None:
    for column in needed:
        if column not in table.columns:
            there = ", ".join(table.columns)[:200]
            refuse(f"{table.name}: line 1: there is no column {column}; the columns, by comma, are: {there}")


def _files(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if name == "-" or not Path(name).is_dir():
            yield name
            continue
        inside = sorted(str(path) for ending in ("*.csv", "*.csv.gz") for path in Path(name).glob(ending))
        if not inside:
            refuse(f"{name}: there is no .csv file in this folder")
        yield from inside


def _finish(found: list[tuple[str, Outcome]], report: Path | None) -> None:
    """Say what was done, file by file, write the report, and end with status 1 if a row was refused."""
    for name, outcome in found:
        typer.echo(
            f"{Path(name).name}: read {outcome.read}: {outcome.added} added, {outcome.changed} changed, "
            f"{outcome.unchanged} as before, {len(outcome.bad)} refused"
        )
    bad = [(name, row) for name, outcome in found for row in outcome.bad]
    if report is not None:
        rows = ({"file": name} | {c: getattr(row, c) for c in COLUMNS} for name, row in bad)
        _write(report, ("file", *COLUMNS), rows)
        typer.echo(f"report: {report}")
    elif bad:
        for name, row in bad[:5]:
            told = f"line {row.line}, {row.column}: {row.value[:80]!r} ({row.reason})"
            typer.echo(f"  {Path(name).name}: {told}", err=True)
        typer.echo("  --report FILE writes all of them", err=True)
    if bad:
        raise typer.Exit(1)


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[Mapping[str, object]]) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(csv_text(columns, rows))
    except OSError as error:
        refuse(f"{path}: cannot be written ({error.strerror})")


@app.command()
def areas(
    files: File,
    report: Report = None,
    differences: Annotated[Path | None, typer.Option(help="Where tables disagree, as CSV.")] = None,
    encoding: Encoding = "utf-8",
) -> None:
    """Provinces, districts and subdistricts; several publishers' tables are compared."""
    prepare_django(make_keys=True)
    taken = _take_areas(list(_files(files)), encoding)
    if taken.differences:
        typer.echo(f"the tables disagree about {len(taken.differences)} areas (the first table counts)")
    if differences is not None:
        found = ({n: getattr(d, n) for n in d.__slots__} for d in taken.differences)
        _write(differences, ("code", "field", "ours", "theirs"), found)
    _finish([(" ".join(Path(name).name for name in files), taken.outcome)], report)


def _take_areas(names: list[str], encoding: str) -> Any:
    from sala.commons.agencies import actions

    tables = []
    for table in (_table(name, encoding) for name in names):
        try:
            actions.layout_of(table.columns)
        except actions.UnknownLayout:
            typer.echo(f"left out {table.name}: its columns are not those of areas", err=True)
            continue
        tables.append(actions.AreaTable(table.name, table.columns, table.rows))
    if not tables:
        refuse(f"no table of areas that we know in {', '.join(names)}")
    return actions.import_areas(actor=SYSTEM, now=clock.now(), tables=tables)


def _simple(names: list[str], encoding: str, report: Path | None, take: Any, needed: tuple[str, ...]) -> None:
    """Take file by file; all are read and looked at before the first one is taken."""
    tables = [_table(name, encoding) for name in _files(names)]
    for table in tables:
        _require_columns(table, needed)
    found = [(table.name, take(actor=SYSTEM, now=clock.now(), rows=table.rows)) for table in tables]
    _finish(found, report)


@app.command()
def agencies(files: File, report: Report = None, encoding: Encoding = "utf-8") -> None:
    """Agencies: code, kind, name_th, name_en, parent, area, phone, website, is_central."""
    prepare_django(make_keys=True)
    from sala.commons.agencies import actions

    _simple(files, encoding, report, actions.import_agencies, ("code", "kind", "name_th", "name_en"))


@app.command()
def mandates(files: File, report: Report = None, encoding: Encoding = "utf-8") -> None:
    """Mandates: agency, topic, area, law_th, law_en, valid_from, valid_until."""
    prepare_django(make_keys=True)
    from sala.commons.agencies import actions

    needed = ("agency", "topic", "law_th", "law_en", "valid_from")
    _simple(files, encoding, report, actions.import_mandates, needed)


@app.command()
def holidays(files: File, report: Report = None, encoding: Encoding = "utf-8") -> None:
    """Holidays: on, name_th, name_en, agency (empty for the whole country)."""
    prepare_django(make_keys=True)
    from sala.commons.agencies import actions

    _simple(files, encoding, report, actions.import_holidays, ("on", "name_th", "name_en"))


@app.command()
def periods(files: File, report: Report = None, encoding: Encoding = "utf-8") -> None:
    """Legal periods: code, topic, days, unit, law_th, law_en, valid_from, valid_until."""
    prepare_django(make_keys=True)
    from sala.services.complaints import actions

    needed = ("code", "days", "law_th", "law_en", "valid_from")
    _simple(files, encoding, report, actions.import_periods, needed)


@app.command()
def complaints(
    files: File,
    mapping: Annotated[str, typer.Option(help="A mapping of ours (boston311, nyc311) or a .toml file.")],
    report: Report = None,
    encoding: Encoding = "utf-8",
) -> None:
    """Complaints of an agency's earlier system, by a mapping file that says which column is what."""
    prepare_django(make_keys=True)
    _finish(_take_complaints(list(_files(files)), mapping, encoding), report)


def _take_complaints(names: list[str], mapping: str, encoding: str) -> list[tuple[str, Outcome]]:
    from sala.services.complaints import actions, mappings

    told = []
    for table in (_table(name, encoding) for name in names):
        try:
            told.append((table, mappings.read_mapping(_mapping_text(mapping), table.columns)))
        except mappings.MappingError as error:
            refuse(f"{table.name}: mapping {mapping}: {error}")
    found = []
    for table, read_by in told:
        total = Outcome()
        shown = track(
            _batches(table.rows, 500), description=Path(table.name).name, disable=not sys.stderr.isatty()
        )
        seen: set[str] = set()
        for batch in shown:
            read = [mappings.read_once(read_by, row, line, seen) for line, row in batch]
            good = [row for row in read if not isinstance(row, BadRow)]
            done = actions.import_complaints(actor=SYSTEM, now=clock.now(), rows=good)
            total.added += done.added
            total.unchanged += done.unchanged
            total.bad += [row for row in read if isinstance(row, BadRow)]
        found.append((table.name, total))
    return found


def bring_in_folder(folder: str) -> None:
    """Bring in the public files of a folder of real data: Thai areas, complaints of Boston and New York."""
    place = Path(folder)
    if not place.is_dir():
        refuse(f"{folder}: no such folder")
    tables = sorted(str(file) for file in (place / "thai-admin-areas").glob("*.csv"))
    if tables:
        _take_areas(tables, "utf-8")
    for mapping in ("boston311", "nyc311"):
        names = sorted(str(file) for file in (place / "complaints-311").glob(f"{mapping}*.csv"))
        _take_complaints(names, mapping, "utf-8")


def _batches(rows: list[Any], size: int) -> list[list[Any]]:
    return [rows[start : start + size] for start in range(0, len(rows), size)]


def _mapping_text(name: str) -> str:
    ours = resources.files("sala.services.complaints").joinpath(f"data/mappings/{name}.toml")
    if "/" not in name and ours.is_file():
        return ours.read_text("utf-8")
    try:
        return Path(name).read_text("utf-8")
    except (OSError, UnicodeError) as error:
        refuse(f"mapping {name}: {getattr(error, 'strerror', None) or 'the text is not UTF-8'}")
