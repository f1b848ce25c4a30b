"""`sala opinions map`: opens files, shows progress, prints the opinion map. The engine does the computing."""

import gzip
import io
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, BinaryIO, cast

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from sala.engines import opinions
from sala.web.cli import tables

GZIP_MARK = b"\x1f\x8b"

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


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
        spoken = opinions.read_comments(_lines(comments)) if comments else {}
    with _told(labels or "-"):
        given = opinions.read_groups(_lines(labels)) if labels else None
    with _told(before or "-"):
        earlier = opinions.read_before(_whole(before)) if before else None
    with _told(votes):
        table = _read_votes(votes)
        drawn = opinions.draw_map(table, spoken, settings=settings, before=earlier, labels=given)
    if svg is not None:
        with _told(str(svg)):
            tables.write_whole(svg, opinions.to_svg(drawn, language.value).encode())
    if as_json:
        for part in opinions.write_document(drawn):
            sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
    elif svg is None:
        _print_table(drawn, language)


def _told(name: str) -> AbstractContextManager[None]:
    return tables.telling("sala opinions map", name, opinions.BadVotesError)


def _read_votes(name: str) -> opinions.VoteTable:
    with _opened(name) as stream:
        return opinions.read_votes(stream)


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    """A seekable stream of a file's plain bytes, with a progress bar for a large one on a terminal."""
    with _raw(name) as raw, _progress(raw) as counted:
        if counted.read(2) == GZIP_MARK:
            counted.seek(0)
            with gzip.open(counted) as plain:
                yield cast(BinaryIO, plain)
        else:
            counted.seek(0)
            yield counted


@contextmanager
def _raw(name: str) -> Iterator[BinaryIO]:
    if name != "-":
        with open(name, "rb") as file:
            yield file
        return
    # Standard input cannot be read twice, and a file that is not plain must be.
    with tempfile.TemporaryFile() as kept:
        while part := sys.stdin.buffer.read(1 << 20):
            kept.write(part)
        kept.seek(0)
        yield kept


@contextmanager
def _progress(raw: BinaryIO) -> Iterator[BinaryIO]:
    console = Console(stderr=True)
    size = os.fstat(raw.fileno()).st_size
    if not console.is_terminal or size < 5_000_000:
        yield raw
        return
    columns = (TextColumn("reading votes"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        yield bar.wrap_file(raw, total=size)


def _whole(name: str) -> bytes:
    with _opened(name) as stream:
        return stream.read()


def _lines(name: str) -> io.StringIO:
    # Not splitlines: it would also break a row at letters that only look like a line's end.
    return io.StringIO(_whole(name).decode("utf-8-sig"), newline="")


def _print_table(drawn: opinions.OpinionMap, language: Language) -> None:
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
