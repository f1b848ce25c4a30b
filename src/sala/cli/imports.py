"""`sala import …`: what agencies bring in. Good rows land, bad rows go into a report; twice changes nothing.

Which tables there are, the boxes say: this module names none of them.
"""

import codecs
import csv
import io
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from sala.cli.ending import refuse
from sala.cli.site import prepare_django, require_site
from sala.cli.waiting import progress
from sala.core import clock
from sala.core.actors import SYSTEM
from sala.core.errors import SalaError
from sala.core.tables import safe_cell
from sala.engines import files as opener
from sala.engines.sheets import TEXTS, open_texts

if TYPE_CHECKING:
    from sala.commons.imports.running import Landing
    from sala.engines.sheets import Sheet

FILES, TEXT_FILES = ("*.csv", "*.csv.gz", "*.xlsx"), ("*.txt", "*.txt.gz")


class _Tables(typer.core.TyperGroup):
    """A command for each table that a box of this site can bring in, and two for the runs."""

    def list_commands(self, ctx: Any) -> list[str]:
        return [*_importers(), *super().list_commands(ctx)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if own := super().get_command(ctx, cmd_name):
            return own
        importer = _importers().get(cmd_name)
        if importer is None:
            return None
        one = typer.Typer(rich_markup_mode=None, add_completion=False)
        one.command(help=importer.line)(_command_of(importer))
        command = typer.main.get_command(one)
        command.name = cmd_name
        return command


app = typer.Typer(cls=_Tables, no_args_is_help=True, rich_markup_mode=None, add_completion=False)

File = Annotated[
    list[str],
    typer.Argument(help="CSV files (also .gz), .xlsx workbooks, a folder, or - for standard input."),
]
Mapping = Annotated[str, typer.Option(help="A mapping of ours by its name, or a .toml file.")]
Report = Annotated[Path | None, typer.Option(help="Where to write what could not be taken, as CSV.")]
Encoding = Annotated[
    str,
    typer.Option(help="How CSV files are written, where looking at them does not tell: tis-620, latin-1 …"),
]
Differences = Annotated[Path | None, typer.Option(help="Where tables that are compared disagree, as CSV.")]
Language = Annotated[str, typer.Option(help="In which language reasons are told: en or th.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and change nothing.")]


@app.callback()
def tables() -> None:
    """Bring in the tables of agencies, or undo what was brought in."""


def _importers() -> dict[str, Any]:
    """The importers of all boxes. For words of help alone, where there is no site, none is made."""
    from django.apps import apps

    if not apps.ready:
        if not _is_help():
            require_site()
            prepare_django()
        else:
            _prepare_for_help()
    from sala.site import boxes

    return {importer.name: importer for box in boxes.every_box() for importer in box.imports}


def _is_help() -> bool:
    return "--help" in sys.argv or sys.argv[-1:] == ["import"]


def _prepare_for_help() -> None:
    """Enough of the site to say what can be brought in: no database is asked, and nothing is left on the disk."""
    import django

    from sala.platform import keys

    for name, value in keys.new_keys().items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("DATABASE_URL", "postgresql:///none")
    with tempfile.TemporaryDirectory() as nowhere:
        os.environ.setdefault("SALA_HOME", nowhere)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sala.site.settings")
        django.setup()


def _command_of(importer: Any) -> Callable[..., None]:
    def bring_in(
        files: File,
        mapping: Mapping = "",
        report: Report = None,
        encoding: Encoding = "",
        differences: Differences = None,
        dry_run: DryRun = False,
        language: Language = "en",
    ) -> None:
        _prepare(language)
        with _report(report) as on_bad:
            landed = _bring_in(
                importer, list(_files(files, importer)), mapping, encoding, on_bad, is_rehearsal=dry_run
            )
        for landing in landed:
            _tell(landing, is_rehearsal=dry_run)
        if differences is not None:
            _write_rows(differences, [row for landing in landed for row in landing.differences])
        _finish(landed, report)

    return bring_in


def _require_tables() -> None:
    """The database has the tables of this version; else the command ends with a sentence."""
    from django.db import connection
    from django.db.utils import OperationalError

    try:
        names = connection.introspection.table_names()
    except OperationalError as error:
        refuse(f"the database does not answer: {str(error).splitlines()[0]}")
    if "imports_run" not in names:
        refuse("the database has not the tables of this version yet: run `sala migrate`")


def _files(names: Iterable[str], importer: Any) -> Iterator[str]:
    wanted = FILES + TEXT_FILES * importer.takes_texts
    for name in names:
        if name == "-" or not Path(name).is_dir():
            yield name
            continue
        inside = sorted(str(path) for ending in wanted for path in Path(name).glob(ending))
        if not inside:
            refuse(f"{name}: there is no .csv or .xlsx file in this folder")
        yield from inside


def _mapping_text(importer: Any, name: str) -> str | None:
    if not name:
        return None
    package, _, folder = importer.mapping_folder.partition(":")
    if package and "/" not in name:
        ours = resources.files(package).joinpath(f"{folder}/{name}.toml")
        if ours.is_file():
            return ours.read_text("utf-8")
    try:
        return opener.read_text(name)
    except opener.UnreadableError as problem:
        refuse(f"mapping {problem}")


def _bring_in(
    importer: Any,
    names: Sequence[str],
    mapping: str,
    encoding: str,
    on_bad: Callable[[Sequence[str], Sequence[str]], object],
    *,
    is_rehearsal: bool = False,
) -> "list[Landing]":
    """All tables are laid out and looked at before the first row of any is taken."""
    from sala.commons.imports import running

    _require_encoding(encoding)
    try:
        read_by = running.mapping_of(importer, _mapping_text(importer, mapping))
    except running.BadMapping as error:
        refuse(f"mapping {mapping or '(none)'}: {error}")
    with ExitStack() as stack:
        texts = [name for name in names if importer.takes_texts and name.endswith(TEXTS)]
        tables = [*([name] for name in names if name not in texts), *([texts] if texts else [])]
        sheets = [stack.enter_context(_opened(of, importer, read_by, encoding, mapping)) for of in tables]
        columns = list(dict.fromkeys(column for sheet in sheets for column in sheet.columns))
        header = running.report_columns([column for column in columns if column not in running.REPORT])
        with progress(sum(sheet.count for sheet in sheets)) as advance:
            try:
                return running.land(
                    actor=SYSTEM,
                    now=clock.now(),
                    importer=importer,
                    mapping=read_by,
                    sheets=sheets,
                    is_rehearsal=is_rehearsal,
                    on_bad=lambda row: on_bad(header, row),
                    advance=advance,
                )
            except SalaError as refusal:
                refuse(_in_words(refusal))


@contextmanager
def _opened(
    names: Sequence[str], importer: Any, read_by: Any, encoding: str, mapping: str
) -> "Iterator[Sheet]":
    from sala.commons.imports import running

    name, is_text = names[0], importer.takes_texts and names[0].endswith(TEXTS)
    read = partial(running.open_table, name, importer, read_by, encoding=encoding)
    try:
        with open_texts(names) if is_text else read() as sheet:
            yield sheet
    except opener.FileError as problem:
        refuse(str(problem))
    except running.BadTable as problem:
        refuse(f"{name}: {f'mapping {mapping}: ' if mapping else ''}{problem}")


def _require_encoding(encoding: str) -> None:
    try:
        "".encode(encoding or "utf-8")
    except LookupError:
        refuse(f"{encoding}: no such encoding")


def _in_words(refusal: SalaError) -> str:
    from sala.site import refusals

    return str(refusals.every_word().get(refusal.code, refusal.code))


@contextmanager
def _report(target: Path | None) -> Iterator[Callable[[Sequence[str], Sequence[str]], object]]:
    """Takes (header, row) of each row that was refused; they are on disk meanwhile, and written at the end."""
    if target is None:
        yield lambda header, row: None
        return
    with opener.scratch_file() as kept:
        kept.write(json.dumps([]).encode() + b"\n")
        header: list[str] = []

        def set_down(names: Sequence[str], row: Sequence[str]) -> None:
            header[:] = names
            kept.write(json.dumps(list(row)).encode() + b"\n")

        yield set_down
        kept.seek(0)
        _write_report(target, header, kept)


def _write_report(target: Path, header: Sequence[str], kept: BinaryIO) -> None:
    from sala.commons.imports.running import REPORT

    kept.readline()
    try:
        with opener.open_output(str(target)) as out:
            # With the mark by which spreadsheets know that it is UTF-8: whoever mends it opens it with one.
            out.write(codecs.BOM_UTF8 + _csv_line(header or REPORT))
            for content in kept:
                out.write(_csv_line([safe_cell(cell) for cell in json.loads(content)]))
    except opener.FileError as problem:
        refuse(str(problem))


def _csv_line(cells: Sequence[object]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode()


def _write_rows(target: Path, rows: "Sequence[Any]") -> None:
    names = list(rows[0]) if rows else ["code", "field", "ours", "theirs"]
    content = _csv_line(names) + b"".join(_csv_line([safe_cell(row[name]) for name in names]) for row in rows)
    try:
        opener.write_output(str(target), content)
    except opener.FileError as problem:
        refuse(str(problem))


def _tell(landing: "Landing", *, is_rehearsal: bool) -> None:
    """Say of a table what was done with it, or would be."""
    from sala.commons.imports import words

    done = (
        f"{landing.added} would be added, {landing.changed} changed, {landing.unchanged} stay as before,"
        f" {landing.refused} refused; nothing was changed"
        if is_rehearsal
        else f"{landing.added} added, {landing.changed} changed, {landing.unchanged} as before,"
        f" {landing.refused} refused"
    )
    typer.echo(
        f"{landing.file}: read {landing.read}: {done}{f' (run {landing.run_id})' if landing.run_id else ''}"
    )
    for code, what in landing.read_as.items():
        typer.echo(f"  {words.read_as(code, what)}")
    if landing.unnamed:
        typer.echo(f"  {words.unnamed(landing.unnamed)}")
    for (code, what), rows in sorted(landing.notes.items()):
        typer.echo(f"  {words.note(code, what, rows)}", err=code == "unknown_table")
    for line, before, after in landing.shown if is_rehearsal else ():
        typer.echo(f"  line {line}: {_cells(before)}")
        typer.echo(f"    → {_cells(after)}")


def _cells(row: dict[str, str]) -> str:
    return "; ".join(f"{name}: {' '.join(cell.split())[:60]}" for name, cell in row.items() if cell)


def _finish(landed: "Sequence[Landing]", report: Path | None) -> None:
    """End with status 1 if a row was refused; without a report the first of them are shown."""
    bad = [(landing.file, row) for landing in landed for row in landing.first_bad]
    if report is not None:
        typer.echo(f"report: {report}")
    elif bad:
        from sala.commons.imports import words

        for file, row in bad[:5]:
            told = f"line {row.line}, {row.column}: {row.value[:80]!r} ({row.reason}: {words.reason(row.reason)})"
            typer.echo(f"  {file}: {told}", err=True)
        typer.echo("  --report FILE writes all of them, to be mended and brought in again", err=True)
    if bad:
        raise typer.Exit(1)


@app.command()
def runs() -> None:
    """The newest imports: number, when, what, and whether they were undone."""
    _prepare()
    from sala.commons.imports import queries

    for run in queries.list_runs(SYSTEM):
        state = "undone" if run.undone_at else "" if run.ended_at else "stopped in the middle"
        at = f"{run.began_at.astimezone(clock.BANGKOK):%Y-%m-%d %H:%M}"
        typer.echo(
            f"{run.pk:>6}  {at}  {run.importer:<12} {run.file:<40} {run.added} added, {run.changed} changed,"
            f" {run.refused} refused  {state}".rstrip()
        )


@app.command()
def undo(
    run: Annotated[int, typer.Argument(help="The number of the run, as `sala import runs` shows it.")],
) -> None:
    """Take away again what a run added, except what somebody has worked on since."""
    _prepare()
    from sala.commons.imports import queries, running, words

    try:
        gone, stayed = running.undo(actor=SYSTEM, now=clock.now(), run_id=run)
    except SalaError as refusal:
        refuse(_in_words(refusal))
    typer.echo(f"run {run}: {gone} taken away again, {stayed} stay")
    for key, why in queries.list_stayed(queries.get_run(SYSTEM, run)):
        typer.echo(f"  {key.split(':')[0]} {key.split(':')[1]} stays: {words.stayed(why)}")


def _prepare(language: str = "en") -> None:
    from sala.core.languages import LANGUAGES

    if language not in LANGUAGES:
        refuse(f"{language}: no such language; there are {', '.join(LANGUAGES)}")
    require_site()
    prepare_django()
    from django.utils import translation

    # The site speaks Thai unless asked; the commands speak one language in one answer.
    translation.activate(language)
    _require_tables()


def bring_in_folder(folder: str) -> None:
    """Bring in the public files of a folder of real data: what each box says that it can show of such."""
    place = Path(folder)
    if not place.is_dir():
        refuse(f"{folder}: no such folder")
    for importer in _importers().values():
        for pattern, mapping in importer.samples:
            names = sorted(str(file) for file in place.glob(pattern))
            if names:
                _bring_in(importer, names, mapping, "", lambda header, row: None)
