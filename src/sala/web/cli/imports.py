"""`sala import …`: what agencies bring in. Good rows land, bad rows go into a report; twice changes nothing."""

import csv
import gzip
import io
import sys
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import track

from sala.core import clock
from sala.core.actors import SYSTEM
from sala.core.tables import BadRow, Outcome, csv_text, rows_of
from sala.web.cli.site import prepare_django

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

File = Annotated[list[str], typer.Argument(help="CSV files (also .gz), a folder, or - for standard input.")]
Report = Annotated[Path | None, typer.Option(help="Where to write what could not be taken, as CSV.")]


def _fail(words: str) -> typer.Exit:
    typer.echo(words, err=True)
    return typer.Exit(2)


def _table(name: str) -> tuple[tuple[str, ...], list[tuple[int, dict[str, str]]]]:
    """Columns and numbered rows of a CSV file (also .gz, or - for standard input)."""
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        text = (gzip.decompress(raw) if name.endswith(".gz") else raw).decode("utf-8")
        columns, rows = rows_of(io.StringIO(text, newline=""))
        return tuple(columns), list(rows)
    except OSError as error:
        raise _fail(f"{name}: {error.strerror or error}") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise _fail(f"{name}: not a CSV file in UTF-8 ({error})") from None


def _files(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if name != "-" and Path(name).is_dir():
            yield from sorted(str(path) for path in Path(name).glob("*.csv"))
        else:
            yield name


def _tell(outcome: Outcome, report: Path | None) -> None:
    typer.echo(
        f"read {outcome.read}: {outcome.added} added, {outcome.changed} changed, "
        f"{outcome.unchanged} as before, {len(outcome.bad)} refused"
    )
    _write_bad(outcome.bad, report)


def _write_bad(bad: list[BadRow], report: Path | None) -> None:
    if report is not None:
        rows = ({"line": b.line, "column": b.column, "value": b.value, "reason": b.reason} for b in bad)
        with report.open("w", encoding="utf-8", newline="") as file:
            file.writelines(csv_text(("line", "column", "value", "reason"), rows))
        typer.echo(f"report: {report}")
    elif bad:
        for row in bad[:5]:
            typer.echo(f"  line {row.line}, {row.column}: {row.value!r} ({row.reason})", err=True)
        typer.echo("  --report FILE writes all of them", err=True)


@app.command()
def areas(
    files: File,
    report: Report = None,
    differences: Annotated[Path | None, typer.Option(help="Where tables disagree, as CSV.")] = None,
) -> None:
    """Provinces, districts and subdistricts; several publishers' tables are compared."""
    prepare_django(make_keys=True)
    from sala.commons.agencies import actions

    tables, skipped = [], []
    for name in _files(files):
        columns, rows = _table(name)
        try:
            actions.layout_of(columns)
        except actions.UnknownLayout:
            skipped.append(name)
            continue
        tables.append(actions.AreaTable(name, columns, rows))
    if not tables:
        raise _fail(f"no table of areas that we know in {', '.join(files)}")
    taken = actions.import_areas(actor=SYSTEM, now=clock.now(), tables=tables)
    for name in skipped:
        typer.echo(f"left out {name}: its columns are not those of areas", err=True)
    _tell(taken.outcome, report)
    if taken.differences:
        typer.echo(f"the tables disagree about {len(taken.differences)} areas (the first table counts)")
    if differences is not None:
        found = ({n: getattr(d, n) for n in d.__slots__} for d in taken.differences)
        with differences.open("w", encoding="utf-8", newline="") as file:
            file.writelines(csv_text(("code", "field", "ours", "theirs"), found))


def _simple(names: list[str], report: Path | None, take: Any) -> None:
    for name in _files(names):
        _, rows = _table(name)
        _tell(take(actor=SYSTEM, now=clock.now(), rows=rows), report)


@app.command()
def agencies(files: File, report: Report = None) -> None:
    """Agencies: code, kind, name_th, name_en, parent, area, phone, website, is_central."""
    prepare_django(make_keys=True)
    from sala.commons.agencies import actions

    _simple(files, report, actions.import_agencies)


@app.command()
def mandates(files: File, report: Report = None) -> None:
    """Mandates: agency, topic, area, law_th, law_en, valid_from, valid_until."""
    prepare_django(make_keys=True)
    from sala.commons.agencies import actions

    _simple(files, report, actions.import_mandates)


@app.command()
def holidays(files: File, report: Report = None) -> None:
    """Holidays: on, name_th, name_en, agency (empty for the whole country)."""
    prepare_django(make_keys=True)
    from sala.commons.agencies import actions

    _simple(files, report, actions.import_holidays)


@app.command()
def periods(files: File, report: Report = None) -> None:
    """Legal periods: code, topic, days, unit, law_th, law_en, valid_from, valid_until."""
    prepare_django(make_keys=True)
    from sala.services.complaints import actions

    _simple(files, report, actions.import_periods)


@app.command()
def complaints(
    files: File,
    mapping: Annotated[str, typer.Option(help="A mapping of ours (boston311, nyc311) or a .toml file.")],
    report: Report = None,
) -> None:
    """Complaints of an agency's earlier system, by a mapping file that says which column is what."""
    prepare_django(make_keys=True)
    from sala.services.complaints import actions, mappings

    for name in _files(files):
        columns, rows = _table(name)
        try:
            told = mappings.read_mapping(_mapping_text(mapping), columns)
        except mappings.MappingError as error:
            raise _fail(f"mapping {mapping}: {error}") from None
        total = Outcome()
        for batch in track(_batches(rows, 500), description=Path(name).name, disable=not sys.stderr.isatty()):
            read = [mappings.read_row(told, row, line) for line, row in batch]
            good = [row for row in read if not isinstance(row, BadRow)]
            done = actions.import_complaints(actor=SYSTEM, now=clock.now(), rows=good)
            total.added += done.added
            total.unchanged += done.unchanged
            total.bad += [row for row in read if isinstance(row, BadRow)]
        _tell(total, report)


def bring_in_folder(folder: str) -> None:
    """Bring in the public files of a folder of real data: Thai areas, complaints of Boston and New York."""
    place = Path(folder)
    if not place.is_dir():
        raise _fail(f"{folder}: no such folder")
    tables = sorted(str(file) for file in (place / "thai-admin-areas").glob("*.csv"))
    if tables:
        areas(tables, report=None, differences=None)
    for mapping in ("boston311", "nyc311"):
        for file in sorted((place / "complaints-311").glob(f"{mapping}*.csv")):
            complaints([str(file)], mapping=mapping, report=None)


def _batches(rows: list[Any], size: int) -> list[list[Any]]:
    return [rows[start : start + size] for start in range(0, len(rows), size)]


def _mapping_text(name: str) -> str:
    ours = resources.files("sala.services.complaints").joinpath(f"data/mappings/{name}.toml")
    if "/" not in name and ours.is_file():
        return ours.read_text("utf-8")
    try:
        return Path(name).read_text("utf-8")
    except OSError as error:
        raise _fail(f"mapping {name}: {error.strerror}") from None
