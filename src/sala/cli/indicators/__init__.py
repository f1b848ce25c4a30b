"""`sala indicators`: reasons to look at a contracting process, from a file to a result."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import orjson
import typer

from sala.cli import ending
from sala.cli.ending import refuse, tell
from sala.cli.late import Late
from sala.engines import files

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from sala.cli.indicators import releases, workspace
    from sala.engines import indicators
    from sala.engines.ocds import numbers
else:
    # computing needs ibis, duckdb and pyarrow; help and a wrong word do not
    indicators, numbers = Late("sala.engines.indicators"), Late("sala.engines.ocds.numbers")
    releases, workspace = Late("sala.cli.indicators.releases"), Late("sala.cli.indicators.workspace")


class Indicators(ending.EngineGroup):
    """The commands of the indicators."""

    engine = "sala indicators"


app = typer.Typer(
    cls=Indicators,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Compute reasons to look at a contracting process. A reason to look is never proof of anything.",
)

FileArgument = Annotated[
    str, typer.Argument(metavar="FILE", help="One compiled OCDS release a line, .gz or plain; `-` for input.")
]
SettingsOption = Annotated[
    Path | None, typer.Option("--settings", "-s", help="INI file in the format of OCP's Cardinal.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
OutputOption = Annotated[str, typer.Option("--output", "-o", help="Where to write; `-` for standard output.")]


class Speech(StrEnum):
    """Languages of the picture."""

    THAI = "th"
    ENGLISH = "en"


class Engine(StrEnum):
    """The engines that compute the same expressions."""

    DUCKDB = "duckdb"
    SPARK = "spark"


def _settings(path: Path | None) -> indicators.Settings:
    if path is None:
        return indicators.Settings()
    try:
        return indicators.parse(files.read_text(path))
    except indicators.SettingsError as error:
        refuse(f"{path}: {error}")


@app.command()
def run(
    file: FileArgument,
    settings: SettingsOption = None,
    as_json: JsonOption = False,
    output: OutputOption = "-",
    engine: Annotated[Engine, typer.Option(help="Where to compute.")] = Engine.DUCKDB,
    meta: Annotated[bool, typer.Option("--meta", help="Add quartiles and fences under `Meta`.")] = False,
    maps: Annotated[bool, typer.Option("--map", help="Add processes to organizations under `Maps`.")] = False,
    fences: Annotated[
        str | None, typer.Option("--fences", help="Also write the fences, for `recompute`.")
    ] = None,
    states: Annotated[
        bool, typer.Option("--states", help="A JSON line for every verdict, all four states, with evidence.")
    ] = False,
    svg: Annotated[
        str | None, typer.Option("--svg", help="Draw how the values spread, with fences, into this SVG file.")
    ] = None,
    language: Annotated[Speech, typer.Option(help="Language of the picture.")] = Speech.THAI,
) -> None:
    """Compute the enabled indicators (all, without --settings) of FILE or of a folder made by `flatten`."""
    chosen = _settings(settings)
    statistics = indicators.Statistics()
    with (
        workspace.parquet_folder(file, releases.processes(file)) as folder,
        workspace.engine(engine.value, folder) as (tables, keep),
        files.open_output(output) as stream,
    ):
        study = indicators.open_study(tables, chosen, keep)
        _tell_of_ocids(tables["processes"])
        if states:
            stream.writelines(_state_lines(study, statistics))
        else:
            found = indicators.flagged_rows(study, statistics)
            stream.write(
                _cardinal(found, study, statistics, meta=meta, maps=maps) if as_json else _summary(found)
            )
        if svg is not None:
            drawn = indicators.to_svg(indicators.distributions(study, statistics), language.value)
            with files.open_output(svg) as picture:
                picture.write(drawn.encode())
    if fences is not None:
        with files.open_output(fences) as stream:
            stream.write(orjson.dumps(indicators.Fences.of(study, statistics).as_json()) + b"\n")


def _tell_of_ocids(processes: Table) -> None:
    """Say on standard error what of the file is left out or counted twice; `number` counts processes."""
    nameless = processes.ocid.isnull()
    found = processes.aggregate(
        all=processes.count(), without=nameless.ifelse(1, 0).sum(), first=processes.seq.min(where=nameless)
    )
    (row,) = found.to_pyarrow().to_pylist()
    if row["without"]:
        has, is_ = ("has", "is") if row["without"] == 1 else ("have", "are")
        tell(
            f"{row['without']} of {row['all']} processes {has} no ocid that is text and {is_} left out; "
            f"the first is number {row['first']}"
        )
    named = processes.filter(~nameless)
    again = named.group_by("ocid").aggregate(first=named.seq.min(), times=named.count())
    later = named.inner_join(again.filter(again.times > 1), "ocid")
    later = later.filter(later.seq > later["first"])
    (row,) = later.aggregate(ocids=later.ocid.nunique(), at=later.seq.min()).to_pyarrow().to_pylist()
    if row["ocids"]:
        stands = "ocid stands" if row["ocids"] == 1 else "ocids stand"
        tell(
            f"{row['ocids']} {stands} on more than one process, the first again as number {row['at']}; "
            "each counts as a process of its own, `sala ocds compile` makes one of them"
        )


def _cardinal(
    rows: Iterable[Mapping[str, Any]],
    study: indicators.Study,
    statistics: indicators.Statistics,
    *,
    meta: bool,
    maps: bool,
) -> bytes:
    """The result as Cardinal prints it; the rows themselves are kept only where the maps ask for them."""
    rows = list(rows) if maps else rows
    result: dict[str, Any] = dict(indicators.as_cardinal(rows))
    if meta:
        result["Meta"] = indicators.meta(statistics, study.settings)
    if maps:
        result["Maps"] = indicators.maps(study, rows)
    return orjson.dumps(result) + b"\n"


def _state_lines(study: indicators.Study, statistics: indicators.Statistics) -> Iterator[bytes]:
    for table in indicators.verdict_tables(study, statistics):
        for batch in table.filter(table.id.notnull()).to_pyarrow().to_batches(max_chunksize=10_000):
            for row in batch.to_pylist():
                yield orjson.dumps(indicators.evidence(row)) + b"\n"


def _summary(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """How many things each indicator flagged; a thing flagged for several reasons counts once."""
    lines = [f"{'code':<8} {'about':<15} {'flagged':>8}  reason to look"]
    counts: Counter[tuple[str, str]] = Counter()
    for code, flagged in groupby(rows, key=itemgetter("code")):
        counts.update((code, about) for about, _ in {(row["about"], row["id"]) for row in flagged})
    for (code, about), count in sorted(counts.items()):
        lines.append(f"{code:<8} {about:<15} {count:>8}  {indicators.CATALOG[code].title}")
    return "\n".join(lines).encode() + b"\n"


@app.command()
def recompute(
    file: FileArgument,
    fences: Annotated[Path, typer.Option("--fences", help="What `run --fences` wrote.")],
    settings: SettingsOption = None,
    output: OutputOption = "-",
) -> None:
    """Look again at changed processes one by one, with the fences of the last full run; JSON lines out."""
    try:
        left = indicators.Fences.from_json(orjson.loads(files.read_text(fences)))
        recomputer = indicators.Recomputer(_settings(settings), left)
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        refuse(f"{fences}: not what `sala indicators run --fences` writes ({error})")
    except ValueError as error:
        refuse(f"{fences}: {error}")
    with files.open_output(output) as stream:
        for seq, process in releases.processes(file):
            rows = (row for row in recomputer.verdicts(seq, process) if row["id"] is not None)
            stream.writelines(orjson.dumps(indicators.evidence(row)) + b"\n" for row in rows)


@app.command()
def prepare(
    file: FileArgument,
    settings: SettingsOption = None,
    output: OutputOption = "-",
    errors: Annotated[str | None, typer.Option("--errors", "-e", help="CSV of what is still wrong.")] = None,
) -> None:
    """Correct what spoils the indicators, a line in, a line out."""
    preparer = indicators.Preparer(_settings(settings))
    with ExitStack() as stack:
        # The report is opened first, so that nothing is written where it cannot be.
        report = None if errors is None else stack.enter_context(files.open_output(errors))
        stream = stack.enter_context(files.open_output(output))
        for number, process in releases.processes(file):
            issues = preparer.prepare(process)
            if report is not None:
                report.write(_as_rows(number, issues))
            stream.write(numbers.dumps(process, ends_line=True))


def _as_rows(number: int, issues: Iterable[indicators.Issue]) -> bytes:
    """Cardinal's columns: line, ocid, path, array indexes, value, reason."""
    rows = io.StringIO()
    csv.writer(rows, lineterminator="\n").writerows(
        (number, one.ocid, one.path, one.indexes, one.value, one.reason) for one in issues
    )
    return rows.getvalue().encode()


@app.command()
def flatten(
    file: FileArgument, out: Annotated[Path, typer.Option("--out", help="A new folder for the tables.")]
) -> None:
    """Turn FILE into flat Parquet tables once, so that later runs need not read JSON."""
    with files.make_folder(out) as folder:
        workspace.fill(folder, file, releases.processes(file))


@app.command()
def explain(
    code: Annotated[
        str | None, typer.Argument(help="An indicator code; without it, the list of all.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Print the formula, source, settings and needed fields of an indicator."""
    if code is None:
        lines = [f"{entry.code:<8} {entry.title} · {entry.title_th}" for entry in indicators.CATALOG.values()]
        typer.echo("\n".join(lines))
        return
    entry = indicators.CATALOG.get(code.upper())
    if entry is None:
        refuse(f"there is no indicator {code}; `sala indicators explain` lists them")
    if as_json:
        typer.echo(orjson.dumps(entry, option=orjson.OPT_INDENT_2).decode())
        return
    typer.echo(_explanation(entry))


@app.command()
def readiness(file: FileArgument, settings: SettingsOption = None, as_json: JsonOption = False) -> None:
    """Say which indicators the data can carry and which fields would unlock the rest."""
    found_here = (process for _, process in releases.processes(file))
    found = indicators.readiness(found_here, _settings(settings))
    if as_json:
        typer.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2).decode())
        return
    typer.echo(f"{found.processes} contracting processes\n")
    for one in found.indicators:
        lacks = [" or ".join(choice) for choice in one.missing] + [f"setting {key}" for key in one.unset]
        title = indicators.CATALOG[one.code].title
        typer.echo(
            f"{one.code:<8}{one.share:>7.1%}  {title}" + (f"  (lacks {', '.join(lacks)})" if lacks else "")
        )
    typer.echo("\nfields nobody publishes here, what each would unlock alone, and what it would with others")
    for field in found.fields:
        told = [f"alone {', '.join(field.unlocks)}"] if field.unlocks else []
        told += [f"with others {', '.join(field.helps)}"] if field.helps else []
        if told:
            typer.echo(f"  {field.path}: {'; '.join(told)}")


def _explanation(entry: indicators.Entry) -> str:
    settings = [f"    {key} = {_default(value)}" for key, value in entry.settings.items()]
    needs = [f"    {' or '.join(choice)}" for choice in entry.needs]
    return "\n".join(
        [
            f"{entry.code}  {entry.title}",
            f"      {entry.title_th}",
            f"  about       {', '.join(entry.about)}",
            f"  formula     {entry.formula}",
            f"  source      {entry.source}",
            "  needs",
            *needs,
            *(["  settings", *settings] if settings else []),
            f"  says        {entry.sentence}",
            f"              {entry.sentence_th}",
            f"  wrong when  {entry.wrong_when}",
            "  A reason to look, never proof.",
        ]
    )


def _default(value: float | str | None) -> str:
    return "(from the data, or not set)" if value is None else str(value) or "(any)"
