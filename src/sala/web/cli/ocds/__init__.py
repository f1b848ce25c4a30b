"""`sala ocds`: compile, check and measure open contracting data. The engine computes; files open here."""

import gc
import json
import tempfile
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from sala.engines import ocds
from sala.web.cli.ocds import files, reports
from sala.web.cli.ocds.spill import SpillStore

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
JsonObject = dict[str, Any]
Inputs = Annotated[list[str], typer.Argument(help="Files, plain or .gz; - for standard input.")]
SchemaFolder = Annotated[
    Path | None, typer.Option("--schema", help="A folder with release-schema.json and its companions.")
]


class Rules(StrEnum):
    """Which merge rules to use."""

    AUTO = "auto"
    OCDS_1_0 = "1.0"
    OCDS_1_1 = "1.1"


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
) -> None:
    """Merge the releases of each contracting process: one JSON line each, in the order of ocid."""
    # JSON makes no circles, and looking for them would take a fifth of the time
    gc.disable()
    with files.telling(str(schema)):
        merge = _merger(versioned, schema, rules)
    with (
        files.telling(str(temporary or tempfile.gettempdir())),
        tempfile.TemporaryDirectory(dir=temporary) as folder,
    ):
        store = SpillStore(Path(folder))
        for name in inputs:
            with files.telling(name), files.reading(name) as stream:
                ocds.gather(ocds.read(stream, is_lazy=True), store)
        with files.telling(" ".join(inputs)), files.writing(output) as out:
            lines = (
                orjson.dumps(one, option=orjson.OPT_APPEND_NEWLINE) for one in ocds.merge_all(store, merge)
            )
            while some := b"".join(islice(lines, 200)):
                out.write(some)


def _merger(versioned: bool, schema: Path | None, rules: Rules) -> Callable[[list[JsonObject]], JsonObject]:
    merge = ocds.version_release if versioned else ocds.compile_release
    if schema is not None:
        return partial(merge, rules=ocds.rules_from_schema(files.read_json(schema / "release-schema.json")))
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
            typer.echo(f"sala ocds: {len(found.bad_lines)} lines are not JSON in UTF-8: {shown}", err=True)
    typer.echo(json.dumps(dict(sorted(counts.items())), ensure_ascii=False))


@app.command()
def check(
    source: Annotated[
        str, typer.Argument(metavar="FILE", help="A file, plain or .gz; - for standard input.")
    ],
    schema: SchemaFolder = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document with every finding.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="Findings shown of each kind at each field.")] = 5,
    show_coverage: Annotated[
        bool, typer.Option("--coverage", help="Show how often fields are filled.")
    ] = False,
) -> None:
    """Check releases, records or packages; exit code 1 where the standard is broken, 0 where it is kept."""
    gc.disable()
    with files.telling(str(schema)):
        standard = files.read_standard(schema) if schema is not None else None
    checker = ocds.Checker(standard)
    with files.telling(source), files.reading(source) as stream:
        found = checker.check(ocds.read(stream))
        if as_json:
            reports.write_json(found, checker)
        else:
            reports.write_text(found, checker, limit=limit, show_coverage=show_coverage)
    raise typer.Exit(1 if checker.summary.has_errors else 0)


def _lines(inputs: list[str]) -> Iterator[bytes]:
    for name in inputs:
        with files.telling(name), files.reading(name) as stream:
            yield from stream


def _items(inputs: list[str]) -> Iterator[Any]:
    for name in inputs:
        with files.telling(name), files.reading(name) as stream:
            for batch in ocds.read(stream):
                if batch.kind != "package":
                    yield from batch.items
