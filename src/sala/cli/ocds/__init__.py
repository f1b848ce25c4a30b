"""`sala ocds`: compile, check and measure open contracting data. The engine computes; files open here."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import StrEnum
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from sala.cli import ending, tables
from sala.cli.late import Late
from sala.engines import files
from sala.engines.files.errors import label_of

if TYPE_CHECKING:
    from sala.cli.ocds import faults, reports, schemas, spill
    from sala.engines import ocds
    from sala.engines.ocds import numbers
else:
    ocds, numbers = Late("sala.engines.ocds"), Late("sala.engines.ocds.numbers")
    faults, reports = Late("sala.cli.ocds.faults"), Late("sala.cli.ocds.reports")
    schemas, spill = Late("sala.cli.ocds.schemas"), Late("sala.cli.ocds.spill")


class Ocds(ending.EngineGroup):
    """The commands for open contracting data."""

    engine = "sala ocds"


app = typer.Typer(cls=Ocds, no_args_is_help=True, rich_markup_mode=None)
JsonObject = dict[str, Any]
Inputs = Annotated[list[str], typer.Argument(help="Files, plain or .gz; - for standard input.")]
SchemaFolder = Annotated[
    Path | None, typer.Option("--schema", help="A folder with release-schema.json and its companions.")
]
Errors = Annotated[
    Path | None, typer.Option("--errors", help="Write what was passed over here, as CSV; goes on as well.")
]


class Rules(StrEnum):
    """Which merge rules to use."""

    AUTO = "auto"
    OCDS_1_0 = "1.0"
    OCDS_1_1 = "1.1"


class Version(StrEnum):
    """By which version of the standard to check."""

    DECLARED = "declared"
    OCDS_1_0 = "1.0"
    OCDS_1_1 = "1.1"
    OCDS_1_2 = "1.2"


@app.callback()
def main() -> None:
    """Open contracting data: release packages, record packages, lists, JSON lines, of any size."""


@app.command("compile")
def compile_files(
    inputs: Inputs,
    versioned: Annotated[
        bool, typer.Option("--versioned", help="Every value over time, not the latest.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option(help="Write here (.gz packs) instead of standard output.")
    ] = None,
    schema: SchemaFolder = None,
    rules: Annotated[
        Rules, typer.Option(help="Merge rules; auto tells OCDS 1.0 by its content.")
    ] = Rules.AUTO,
    temporary: Annotated[
        Path | None, typer.Option("--temp", help="Where to put what memory cannot hold.")
    ] = None,
    keep_going: Annotated[
        bool, typer.Option("--keep-going", help="Leave out what cannot be read or merged; exit code 1 then.")
    ] = False,
    errors: Errors = None,
) -> None:
    """Merge the releases of each contracting process: one JSON line each, in the order of ocid."""
    # JSON makes no circles, and looking for them would take a fifth of the time
    gc.disable()
    with ending.telling(str(schema), ocds.OcdsError):
        merge = _merger(versioned, schema, rules)
    with faults.gathered(errors, goes_on=keep_going) as found, files.scratch_folder(temporary) as folder:
        store = spill.SpillStore(folder)
        count = sum(_gather(name, store, found) for name in inputs)
        if not count and not found.count:
            ending.refuse(
                f"{' '.join(map(label_of, inputs))}: there is no release in it, so nothing to compile"
            )
        found.source = label_of(inputs[0]) if len(inputs) == 1 else ""
        with files.open_output("-" if output is None else output) as out:
            merged = ocds.merge_all(
                store, merge, on_fault=found.meet, on_notice=found.notice, passes_compiled=not versioned
            )
            lines = (numbers.dumps(one, ends_line=True) for one in merged)
            while some := b"".join(islice(lines, 200)):
                out.write(some)
        found.finish()
    raise typer.Exit(1 if found.count else 0)


def _gather(name: str, store: ocds.Store, found: faults.Faults) -> int:
    found.source = label_of(name)
    with ending.telling(name), _opened(name) as stream:
        batches = ocds.read(stream, is_lazy=True, on_fault=found.meet if found.goes_on else None)
        try:
            return ocds.gather(batches, store, found.meet)
        except ocds.ReadError as fault:
            found.meet(fault)
    return 0


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    """The UTF-8 bytes of an input, with a progress bar where someone looks."""
    with tables.watched(name, Path(name).name) as advance, files.open_bytes(name, advance=advance) as stream:
        yield files.to_utf8(stream, label_of(name))


def _merger(
    versioned: bool, schema: Path | None, rules: Rules
) -> Callable[[Sequence[JsonObject]], JsonObject]:
    merge = ocds.version_release if versioned else ocds.compile_release
    if schema is not None:
        return partial(merge, rules=ocds.rules_from_schema(schemas.read_json(schema / "release-schema.json")))
    if rules is Rules.AUTO:
        return lambda releases: merge(releases, ocds.rules_for(releases))
    return partial(merge, rules=ocds.rules_1_0() if rules is Rules.OCDS_1_0 else ocds.rules_1_1())


@app.command()
def coverage(
    inputs: Inputs,
    unpack: Annotated[
        bool, typer.Option("--unpack", help="Count in each release or record instead of each line.")
    ] = False,
) -> None:
    """Count how often each field is filled, over JSON lines; lines that are not JSON count as nothing."""
    gc.disable()
    if unpack:
        counting = ocds.CoverageCount()
        for item in _items(inputs):
            counting.add(item)
        counts = counting.counts()
    else:
        found = ocds.count_coverage(_lines(inputs))
        counts = found.counts
        if found.bad_lines:
            shown = ", ".join(map(str, found.bad_lines[:10])) + (", …" if len(found.bad_lines) > 10 else "")
            ending.tell(f"{len(found.bad_lines)} lines are not JSON in UTF-8: {shown}")
    typer.echo(json.dumps(dict(sorted(counts.items())), ensure_ascii=False))


@app.command()
def check(
    source: Annotated[
        str, typer.Argument(metavar="FILE", help="A file, plain or .gz; - for standard input.")
    ],
    standard: Annotated[
        Version, typer.Option(help="The version of OCDS to check by, instead of the declared one.")
    ] = Version.DECLARED,
    schema: SchemaFolder = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document with every finding.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="Findings shown of each kind at each field.")] = 5,
    show_coverage: Annotated[
        bool, typer.Option("--coverage", help="Show how often fields are filled.")
    ] = False,
    keep_going: Annotated[
        bool, typer.Option("--keep-going", help="As for compile; check goes on past bad lines anyway.")
    ] = True,
    errors: Errors = None,
) -> None:
    """Check releases, records or packages; exit code 1 where the standard is broken, 0 where it is kept."""
    gc.disable()
    checker = _checker(source, standard, schema)
    unread: list[ocds.ReadError] = []
    with (
        faults.gathered(errors, goes_on=keep_going) as told,
        ending.telling(source),
        _opened(source) as stream,
    ):
        told.source = label_of(source)

        def meet(fault: ocds.ReadError) -> None:
            unread.append(fault)
            told.note(fault)

        found = checker.check(ocds.read(stream, on_fault=meet), unread)
        if as_json:
            reports.write_json(found, checker)
        else:
            reports.write_text(found, checker, limit=limit, show_coverage=show_coverage)
    if checker.summary.is_empty:
        ending.refuse(f"{label_of(source)}: there is nothing to check in it")
    if checker.summary.is_misread:
        ending.refuse(
            f"{label_of(source)}: the version stands after the contents; give it as a file, or --standard"
        )
    raise typer.Exit(1 if checker.summary.has_errors else 0)


def _checker(source: str, version: Version, schema: Path | None) -> ocds.Checker:
    """A checker by the folder or the version asked for, else by what the packages declare."""
    if schema is not None:
        with ending.telling(str(schema), ocds.OcdsError):
            return ocds.Checker(schemas.read_standard(schema))
    if version is not Version.DECLARED:
        return ocds.Checker(ocds.official(version.value))
    about = None
    if source != "-" and Path(source).is_file():
        # what is wrong with the file is told when it is checked
        with suppress(files.FileError), _opened(source) as stream:
            about = ocds.read_late_words(stream)
    return ocds.Checker(about=about)


def _lines(inputs: list[str]) -> Iterator[bytes]:
    for name in inputs:
        with _opened(name) as stream:
            yield from stream


def _items(inputs: list[str]) -> Iterator[Any]:
    for name in inputs:
        with ending.telling(name, ocds.OcdsError), _opened(name) as stream:
            for batch in ocds.read(stream):
                if batch.kind != "package":
                    yield from batch.items
