"""`sala opinions map`: opens files, shows progress, prints the opinion map. The engine does the computing."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from sala.cli import ending
from sala.cli.late import Late
from sala.cli.tables import LARGE_FILE_BYTES
from sala.engines import files

if TYPE_CHECKING:
    from sala.engines import opinions
else:
    # drawing needs numpy and scipy; help and a wrong word do not
    opinions = Late("sala.engines.opinions")


class Opinions(ending.EngineGroup):
    """The commands of the opinion map."""

    engine = "sala opinions"


app = typer.Typer(cls=Opinions, no_args_is_help=True, rich_markup_mode=None)


class Language(StrEnum):
    """Languages of the picture and the table."""

    THAI = "th"
    ENGLISH = "en"


@app.callback()
def main() -> None:
    """Opinion maps from agree, pass and disagree votes."""


@app.command("map")
def draw(
    votes: Annotated[
        str, typer.Argument(help="Votes: CSV or CSV.gz, a vote stream or a matrix; - for standard input.")
    ],
    comments: Annotated[
        str | None,
        typer.Option(help="Statements: comment-id, comment-body, moderated, is-meta (CSV or CSV.gz)."),
    ] = None,
    groups: Annotated[
        int | None, typer.Option(help="Divide into so many groups instead of finding out.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole map as JSON.")] = False,
    svg: Annotated[Path | None, typer.Option(help="Draw the map into this SVG file.")] = None,
    labels: Annotated[
        str | None, typer.Option(help="Describe these groups (participant, group-id) instead of clustering.")
    ] = None,
    before: Annotated[
        str | None,
        typer.Option(help="The JSON of an earlier map: keeps group names and a steady number of groups."),
    ] = None,
    least_votes: Annotated[
        int, typer.Option(min=1, help="Votes a person must cast to be placed in a group.")
    ] = 7,
    least_group: Annotated[int, typer.Option(min=1, help="Smaller groups have no figures of their own.")] = 5,
    rounds: Annotated[
        int, typer.Option(min=0, max=1000, help="Resampling rounds for stability; 0 for none.")
    ] = 20,
    conversation: Annotated[
        str | None, typer.Option(help="Which conversation to read, where a file holds more than one.")
    ] = None,
    language: Annotated[
        Language, typer.Option(help="Language of the picture and the table.")
    ] = Language.THAI,
) -> None:
    """Draw the opinion map of a conversation.

    Reads both layouts that Polis exports: a stream (voter-id, comment-id, vote, timestamp; the last vote on a
    statement counts) and a matrix (participant, one column per statement). 1 is agree, 0 pass, -1 disagree.
    """
    settings = opinions.Settings(
        groups=groups, least_votes=least_votes, least_group=least_group, rounds=rounds
    )
    with _told(comments or "-"):
        spoken = opinions.read_comments(_lines(comments), conversation=conversation) if comments else {}
    with _told(labels or "-"):
        given = opinions.read_groups(_lines(labels), conversation=conversation) if labels else None
    with _told(before or "-"):
        earlier = opinions.read_before(files.read_whole(before)) if before else None
    with _told(votes):
        table = _read_votes(votes, conversation)
        drawn = opinions.draw_map(table, spoken, settings=settings, before=earlier, labels=given)
    if svg is not None:
        files.write_output(svg, opinions.to_svg(drawn, language.value).encode())
    if as_json:
        for part in opinions.write_document(drawn):
            sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
    elif svg is None:
        _print_table(drawn, language)


def _told(name: str) -> AbstractContextManager[None]:
    return ending.telling(name, opinions.BadVotesError)


def _read_votes(name: str, conversation: str | None) -> opinions.VoteTable:
    with files.open_seekable(name) as raw, _progress(raw) as stream:
        return opinions.read_votes(stream, conversation=conversation)


@contextmanager
def _progress(raw: BinaryIO) -> Iterator[BinaryIO]:
    """The stream, which is read twice, with a bar for a large file while a person waits."""
    size = os.fstat(raw.fileno()).st_size
    if size < LARGE_FILE_BYTES or not sys.stderr.isatty():
        yield raw
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("reading votes"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield bar.wrap_file(raw, total=size)


def _lines(name: str) -> io.StringIO:
    # Not splitlines: it would also break a row at letters that only look like a line's end.
    return io.StringIO(files.read_text(name), newline="")


def _print_table(drawn: opinions.OpinionMap, language: Language) -> None:
    from rich.console import Console
    from rich.table import Table

    words = {
        Language.THAI: ("กลุ่ม", "คน", "ความเห็นที่ทำให้กลุ่มนี้ต่างจากกลุ่มอื่น", "ความเห็นร่วมของทุกกลุ่ม", "เล็กเกินกว่าจะแสดง"),
        Language.ENGLISH: (
            "Group",
            "People",
            "What tells this group from the others",
            "Shared by all",
            "too small to show",
        ),
    }[language]
    document = opinions.to_document(drawn)
    table = Table(show_lines=True)
    for heading in words[:3]:
        table.add_column(heading)
    for group in document["groups"]:
        said = words[4] if group["suppressed"] else "\n".join(map(_said, group["representative"]))
        table.add_row(group["name"], f"{group['size']:,}", said)
    agreed = document["consensus"]["agree"] + document["consensus"]["disagree"]
    table.add_row(words[3], f"{document['people']:,}", "\n".join(map(_said, agreed)))
    Console().print(table)


def _said(figure: dict[str, object]) -> str:
    mark = "+" if figure["for"] == "agree" else "-"
    return f"{mark} {figure['n_success']}/{figure['n_trials']} {figure['text'] or figure['statement']}"
