"""`sala tally`: opens .pb files, counts, certifies, recounts, prints. The engine does the counting."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any, cast

import typer

from sala.cli import ending, tables
from sala.cli.late import Late
from sala.engines import files
from sala.engines.files.errors import label_of

if TYPE_CHECKING:
    from sala.engines import tally
else:
    # counting needs numpy, scipy and pyarrow; help and a wrong word do not
    tally = Late("sala.engines.tally")

CHUNK_BYTES = 1 << 24


class Speech(StrEnum):
    """Languages of the table and the picture."""

    THAI = "th"
    ENGLISH = "en"


class CountByDefault(ending.EngineGroup):
    """A group whose first word, unless it is a command, is a file to count."""

    engine = "sala tally"
    default = "count"

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = [self.default, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(cls=CountByDefault, no_args_is_help=True, rich_markup_mode=None)

File = Annotated[str, typer.Argument(metavar="FILE.pb", help="A Pabulib file, .gz too; - is standard input.")]
# What may be said, as the engine lists it; a test holds the two together.
Rule = Annotated[
    str | None,
    typer.Option(
        metavar="greedy|equal-shares|phragmen",
        help="The rule of the count; without it the one that META names.",
    ),
]
Utility = Annotated[
    str | None,
    typer.Option(
        metavar="cost|cardinality|points|borda|places",
        help="What a funded project is worth to its voter; without it what suits ballots and rule.",
    ),
]
Completion = Annotated[
    str,
    typer.Option(
        metavar="none|add-one|greedy|add-one-greedy|phragmen",
        help="How equal-shares spends what its voters leave over.",
    ),
]
Ties = Annotated[
    str,
    typer.Option(
        metavar="lexicographic|cost|cost-descending|votes|listed|seed:WORDS",
        help="The published order of equals.",
    ),
]
Stop = Annotated[
    str, typer.Option(metavar="exhaustive|overspent|cut", help="When add-one ends: docs/rules/tally.md.")
]
Step = Annotated[str, typer.Option(help="What add-one gives each voter more, in units of the currency.")]
Overflow = Annotated[
    str,
    typer.Option(metavar="skip|stop", help="What greedy does at a project that does not fit."),
]
RankBy = Annotated[
    str | None,
    typer.Option(
        metavar="total|per-cost",
        help="What greedy ranks by: the total, as cities do, or the total per unit of cost.",
    ),
]
MinScore = Annotated[
    str | None,
    typer.Option(help="Projects with a lower score take no part; without it the threshold in META."),
]
FirstPlace = Annotated[
    int | None,
    typer.Option(min=0, help="Points of a first place in a ranking; without it max_length in META."),
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
    rule: Rule = None,
    utility: Utility = None,
    completion: Completion = "none",
    ties: Ties = "lexicographic",
    stop: Stop = "exhaustive",
    step: Step = "1",
    overflow: Overflow = "skip",
    min_votes: MinVotes = 0,
    rank_by: RankBy = None,
    min_score: MinScore = None,
    first_place: FirstPlace = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole count as JSON.")] = False,
    out: Annotated[
        Path | None, typer.Option(help="Write the .pb file again here, the winners marked in `selected`.")
    ] = None,
    svg: Annotated[Path | None, typer.Option(help="Draw the rounds into this SVG file.")] = None,
    language: Annotated[Speech, typer.Option(help="Language of the table and the picture.")] = Speech.THAI,
) -> None:
    """Count a .pb file (the word count may be left out)."""
    with _told("settings"):
        settings = _settings(
            step,
            min_score,
            rule=rule,
            utility=utility,
            completion=completion,
            ties=ties,
            stop=stop,
            overflow=overflow,
            min_votes=min_votes,
            rank_by=rank_by,
            first_place=first_place,
        )
    with _told(file):
        read, _ = _read(file, keep_votes=out is not None)
        result = tally.report(read.election, settings, tally.count(read.election, settings))
    names = dict(zip(read.column("project_id"), read.column("name"), strict=True))
    if out is not None:
        with _told(str(out)):
            files.write_output(out, tally.write_pabulib(read, selected=result["winners"]))
    if svg is not None:
        files.write_output(svg, tally.to_svg(result, names, language.value).encode())
    if as_json:
        _print_json(result)
    elif out is None and svg is None:
        _print_words(result, names, language.value)


@app.command("certify")
def certify(
    file: File,
    rule: Rule = None,
    utility: Utility = None,
    completion: Completion = "none",
    ties: Ties = "lexicographic",
    stop: Stop = "exhaustive",
    step: Step = "1",
    overflow: Overflow = "skip",
    min_votes: MinVotes = 0,
    rank_by: RankBy = None,
    min_score: MinScore = None,
    first_place: FirstPlace = None,
    out: Annotated[
        Path | None, typer.Option(help="Write the certificate here instead of printing it.")
    ] = None,
) -> None:
    """Count and write a certificate: settings, engine, hash of the file, result."""
    with _told("settings"):
        settings = _settings(
            step,
            min_score,
            rule=rule,
            utility=utility,
            completion=completion,
            ties=ties,
            stop=stop,
            overflow=overflow,
            min_votes=min_votes,
            rank_by=rank_by,
            first_place=first_place,
        )
    with _told(file):
        read, sha256 = _read(file)
        certificate = tally.certify(read.election, settings, sha256=sha256)
    if out is None:
        _print_json(certificate)
        return
    files.write_output(out, _json(certificate).encode())


@app.command("recount")
def recount(
    certificate: Annotated[str, typer.Argument(metavar="CERTIFICATE", help="What `certify` wrote.")],
    file: File,
    as_json: Annotated[bool, typer.Option("--json", help="Print the verdict as JSON.")] = False,
) -> None:
    """Count again and compare with a certificate: exit 0 when they agree, 1 when they do not."""
    with _told(certificate):
        claimed = tally.read_certificate(files.read_text(certificate))
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


def _settings(step: str, min_score: str | None, **words: Any) -> tally.Settings:
    """Settings checks every word itself, so that the sentence is the same for a page and for the shell."""
    least = None if min_score is None else _amount("least score", min_score)
    return tally.Settings(**words, step=_amount("step", step), min_score=least)


def _amount(name: str, text: str) -> Fraction:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError) as error:
        raise tally.ElectionError(f"The {name} {text!r} is not an amount.") from error


def _told(name: str) -> AbstractContextManager[None]:
    refusals = (tally.PabulibError, tally.ElectionError, tally.CertificateError)
    return ending.telling(name, *refusals)


def _read(name: str, *, keep_votes: bool = False) -> tuple[tally.PabulibFile, str]:
    """The file and the SHA-256 of its unpacked bytes."""
    digest = hashlib.sha256()

    def chunks() -> Iterator[bytes]:
        with (
            tables.watched(name, "reading ballots") as advance,
            files.open_bytes(name, advance=advance) as stream,
        ):
            text = files.to_utf8(cast(IO[bytes], _Digested(stream, digest)), label_of(name))
            while chunk := text.read(CHUNK_BYTES):
                yield chunk

    return tally.read_pabulib(chunks(), keep_votes=keep_votes), digest.hexdigest()


class _Digested:
    """A stream whose bytes, as they stand in the file, go into a digest on their way."""

    def __init__(self, stream: IO[bytes], digest: Any) -> None:
        self._stream, self._digest = stream, digest

    def read(self, size: int) -> bytes:
        part = self._stream.read(size)
        self._digest.update(part)
        return part


def _json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _print_json(document: object) -> None:
    sys.stdout.write(_json(document))


def _print_words(result: dict[str, Any], names: dict[str, str], language: tally.Language) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

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
    for note in tally.tell_notes(result, language):
        console.print(escape(note))
    console.print(escape(tally.tell_total(result, language)))
