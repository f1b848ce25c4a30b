"""`sala tally`: opens .pb files, counts, certifies, recounts, prints. The engine does the counting."""

import gzip
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from enum import StrEnum
from fractions import Fraction
from io import BufferedReader
from pathlib import Path
from typing import Annotated, Any, BinaryIO, cast

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from sala.engines import tally
from sala.web.cli import tables

CHUNK_BYTES = 1 << 24
GZIP_MARK = b"\x1f\x8b"
LARGE_FILE_BYTES = 5_000_000


class Speech(StrEnum):
    """Languages of the table and the picture."""

    THAI = "th"
    ENGLISH = "en"


class CountByDefault(typer.core.TyperGroup):
    """A group whose first word, unless it is a command, is a file to count."""

    default = "count"

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = [self.default, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(cls=CountByDefault, no_args_is_help=True, rich_markup_mode=None)

File = Annotated[str, typer.Argument(metavar="FILE.pb", help="A Pabulib file, .gz too; - is standard input.")]
Rule = Annotated[str, typer.Option(metavar="|".join(tally.RULES), help="The rule of the count.")]
Utility = Annotated[
    str | None,
    typer.Option(
        metavar="|".join(tally.UTILITIES),
        help="What a funded project is worth to its voter; by default cost, points or borda by ballot.",
    ),
]
Completion = Annotated[
    str,
    typer.Option(
        metavar="|".join(tally.COMPLETIONS), help="How equal-shares spends what its voters leave over."
    ),
]
Ties = Annotated[str, typer.Option(metavar="|".join(tally.ORDERS), help="The published order of equals.")]
Stop = Annotated[
    str, typer.Option(metavar="|".join(tally.STOPS), help="When add-one ends: docs/rules/tally.md.")
]
Step = Annotated[str, typer.Option(help="What add-one gives each voter more, in units of the currency.")]
Overflow = Annotated[
    str,
    typer.Option(metavar="|".join(tally.OVERFLOWS), help="What greedy does at a project that does not fit."),
]
MinVotes = Annotated[int, typer.Option(min=0, help="Projects with fewer voters take no part.")]


@app.callback()
def main() -> None:
    """Count a participatory budget: `sala tally FILE.pb --rule equal-shares --completion add-one`.

    A file named like a command is given with its folder: ./certify
    """


@app.command("count")
def count(
    file: File,
    rule: Rule = "greedy",
    utility: Utility = None,
    completion: Completion = "none",
    ties: Ties = "lexicographic",
    stop: Stop = "exhaustive",
    step: Step = "1",
    overflow: Overflow = "skip",
    min_votes: MinVotes = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole count as JSON.")] = False,
    out: Annotated[
        Path | None, typer.Option(help="Write the .pb file again here, the winners marked in `selected`.")
    ] = None,
    svg: Annotated[Path | None, typer.Option(help="Draw the rounds into this SVG file.")] = None,
    language: Annotated[Speech, typer.Option(help="Language of the table and the picture.")] = Speech.THAI,
) -> None:
    """Count a .pb file (the word count may be left out)."""
    with _told("settings"):
        settings = _settings(rule, utility, completion, ties, stop, step, overflow, min_votes)
    with _told(file):
        read, _ = _read(file, keep_votes=out is not None)
        result = tally.report(read.election, settings, tally.count(read.election, settings))
    names = dict(zip(read.column("project_id"), read.column("name"), strict=True))
    if out is not None:
        with _told(str(out)):
            _write_whole(out, tally.write_pabulib(read, selected=result["winners"]))
    if svg is not None:
        with _told(str(svg)):
            _write_whole(svg, [tally.to_svg(result, names, language.value).encode()])
    if as_json:
        _print_json(result)
    elif out is None and svg is None:
        _print_words(result, names, language.value)


@app.command("certify")
def certify(
    file: File,
    rule: Rule = "greedy",
    utility: Utility = None,
    completion: Completion = "none",
    ties: Ties = "lexicographic",
    stop: Stop = "exhaustive",
    step: Step = "1",
    overflow: Overflow = "skip",
    min_votes: MinVotes = 0,
    out: Annotated[
        Path | None, typer.Option(help="Write the certificate here instead of printing it.")
    ] = None,
) -> None:
    """Count and write a certificate: settings, engine, hash of the file, result."""
    with _told("settings"):
        settings = _settings(rule, utility, completion, ties, stop, step, overflow, min_votes)
    with _told(file):
        read, sha256 = _read(file)
        certificate = tally.certify(read.election, settings, sha256=sha256)
    if out is None:
        _print_json(certificate)
        return
    with _told(str(out)):
        _write_whole(out, [_json(certificate).encode()])


@app.command("recount")
def recount(
    certificate: Annotated[str, typer.Argument(metavar="CERTIFICATE", help="What `certify` wrote.")],
    file: File,
    as_json: Annotated[bool, typer.Option("--json", help="Print the verdict as JSON.")] = False,
) -> None:
    """Count again and compare with a certificate: exit 0 when they agree, 1 when they do not."""
    with _told(certificate):
        claimed = tally.read_certificate(_whole(certificate).decode("utf-8"))
    with _told(file):
        read, sha256 = _read(file)
        counted = tally.certify(read.election, tally.read_settings(claimed), sha256=sha256)
    differences = tally.find_differences(claimed, counted)
    verdict = {
        "agrees": not differences,
        "differences": differences,
        "certified_winners": claimed["result"].get("winners"),
        "counted_winners": counted["result"]["winners"],
    }
    if as_json:
        _print_json(verdict)
    elif differences:
        typer.echo(f"The recount differs from the certificate in: {', '.join(differences)}")
    else:
        typer.echo("The recount agrees with the certificate.")
    if differences:
        raise typer.Exit(1)


def _settings(
    rule: str,
    utility: str | None,
    completion: str,
    ties: str,
    stop: str,
    step: str,
    overflow: str,
    min_votes: int,
) -> tally.Settings:
    try:
        amount = Fraction(step)
    except (ValueError, ZeroDivisionError) as error:
        raise tally.ElectionError(f"The step {step!r} is not an amount.") from error
    # Settings checks every word itself, so that the sentence is the same for a page and for the shell.
    words: dict[str, Any] = {"rule": rule, "utility": utility, "completion": completion, "ties": ties}
    words |= {"stop": stop, "overflow": overflow}
    return tally.Settings(**words, step=amount, min_votes=min_votes)


def _told(name: str) -> AbstractContextManager[None]:
    refusals = (tally.PabulibError, tally.ElectionError, tally.CertificateError)
    return tables.telling("sala tally", name, *refusals)


def _read(name: str, *, keep_votes: bool = False) -> tuple[tally.PabulibFile, str]:
    """The file and the SHA-256 of its unpacked bytes."""
    digest = hashlib.sha256()

    def chunks() -> Iterator[bytes]:
        with _opened(name) as stream:
            while chunk := stream.read(CHUNK_BYTES):
                digest.update(chunk)
                yield chunk

    return tally.read_pabulib(chunks(), keep_votes=keep_votes), digest.hexdigest()


def _whole(name: str) -> bytes:
    with _opened(name) as stream:
        return stream.read()


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    """A stream of a file's plain bytes, with a progress bar for a large one on a terminal."""
    with _raw(name) as raw:
        packed = raw.peek(2)[:2] == GZIP_MARK
        with _progress(raw) as counted:
            if packed:
                with gzip.open(counted) as plain:
                    yield cast(BinaryIO, plain)
            else:
                yield counted


@contextmanager
def _raw(name: str) -> Iterator[Any]:
    if name == "-":
        standard = BufferedReader(cast(Any, sys.stdin.buffer))
        yield standard
        standard.detach()
        return
    with open(name, "rb") as file:
        yield file


@contextmanager
def _progress(raw: BinaryIO) -> Iterator[BinaryIO]:
    console = Console(stderr=True)
    size = os.fstat(raw.fileno()).st_size if console.is_terminal else 0
    if size < LARGE_FILE_BYTES:
        yield raw
        return
    columns = (TextColumn("reading ballots"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        yield bar.wrap_file(raw, total=size)


def _json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _print_json(document: object) -> None:
    sys.stdout.write(_json(document))


def _write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """Write beside, then move into place: a reader sees the old file or the new one, never half of one."""
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
        Path(beside).chmod(0o644)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _print_words(result: dict[str, Any], names: dict[str, str], language: tally.Language) -> None:
    def table(title: str, rows: list[dict[str, Any]], reasons: list[str]) -> None:
        grid = Table(title=tally.word(title, language), title_justify="left", show_lines=False)
        grid.add_column(tally.word("project", language))
        grid.add_column(tally.word("cost", language), justify="right")
        grid.add_column(tally.word("why", language))
        for row, reason in zip(rows, reasons, strict=True):
            grid.add_row(
                escape(f"{row['project']} {names[row['project']]}"), f"{row['cost']:,}", escape(reason)
            )
        console.print(grid)

    console = Console(soft_wrap=False)
    rounds, refused = result["rounds"], result["not_funded"]
    table("funded", rounds, [tally.tell_round(one, result["settings"], language) for one in rounds])
    if refused:
        table("not_funded", refused, [tally.tell_refusal(one, language) for one in refused])
    for tie in result["ties"]:
        console.print(escape(tally.tell_tie(tie, language)))
    console.print(escape(tally.tell_total(result, language)))
