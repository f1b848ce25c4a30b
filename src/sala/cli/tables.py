"""Tables and lines for commands (CSV, JSON lines, gzip, standard input); what is wrong is told with its line."""

import csv
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import typer

from sala.cli.ending import refuse
from sala.engines import files
from sala.engines.files.errors import label_of
from sala.engines.files.reading import DAMAGED

if TYPE_CHECKING:
    from rich.progress import Progress

__all__ = ["DAMAGED", "opened", "progress", "refuse", "table_rows", "watched"]

_LONGEST_CELL = 1 << 27
LARGE_FILE_BYTES = 5_000_000


@contextmanager
def opened(path: str, encoding: str = "utf-8") -> Iterator[IO[str]]:
    """Open a text (UTF-8 unless said), gzip or not, `-` for standard input; refuse what cannot be opened."""
    try:
        "".encode(encoding)
    except LookupError:
        refuse(f"{encoding}: no such encoding")
    try:
        with files.open_text(path, encoding) as text:
            yield text
    except files.UnreadableError as problem:
        refuse(str(problem))


def _is_json_lines(path: str) -> bool:
    return path.removesuffix(".gz").endswith((".jsonl", ".ndjson"))


def table_rows(path: str, columns: Sequence[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield (line number, cells by column) of a table that has `columns`; refuse the rest with the line.

    A name ending in .jsonl or .ndjson (before .gz) is read as JSON lines, anything else as CSV with a header.
    """
    line, shown = 0, label_of(path)
    try:
        with opened(path) as text:
            rows = _json_rows(text) if _is_json_lines(path) else _csv_rows(text, shown, columns)
            for line, row in rows:
                missing = [name for name in columns if name not in row]
                if missing:
                    refuse(f"{shown}: line {line}: {missing[0]} is missing")
                yield line, row
    except (csv.Error, json.JSONDecodeError) as problem:
        refuse(f"{shown}: line {line + 1}: {problem}")
    except RecursionError:
        refuse(f"{shown}: line {line + 1}: lists are nested too deeply")


def _csv_rows(text: IO[str], shown: str, columns: Sequence[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(text, strict=True)
    header = [name.strip() for name in next(reader, [])]
    for name in columns:
        if name not in header:
            there = ", ".join(header) or "none"
            refuse(f"{shown}: line 1: there is no column {name}; the columns are {there}")
        if header.count(name) > 1:
            refuse(f"{shown}: line 1: {_counted(header.count(name))} columns are named {name}")
    begins = reader.line_num + 1
    for cells in reader:
        if cells and len(cells) != len(header):
            refuse(f"{shown}: line {begins}: {len(cells)} cells where the header has {len(header)}")
        if cells:
            yield begins, dict(zip(header, cells, strict=True))
        begins = reader.line_num + 1


def _counted(number: int) -> str:
    return {2: "two", 3: "three"}.get(number, str(number))


def _json_rows(text: IO[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    for line, content in enumerate(text, start=1):
        if not content.strip():
            continue
        row = json.loads(content, object_pairs_hook=_once)
        if not isinstance(row, dict):
            raise json.JSONDecodeError("the line is not a JSON object", content, 0)
        yield line, {name: "" if value is None else _readable(str(value)) for name, value in row.items()}


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; a name that stands twice in it would lose one of its values in silence."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise json.JSONDecodeError(f"the name {twice} stands twice in one object", "", 0)
    return found


def _readable(text: str) -> str:
    """Half a letter (a lone surrogate, which JSON can write but no file can hold) becomes the sign for that."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def progress() -> "Progress":
    """A progress display on standard error; silent where that is not a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=console,
        disable=not console.is_terminal,
        transient=True,
    )


@contextmanager
def watched(name: str, what: str) -> Iterator[Any]:
    """`advance(bytes)` for a large file while a person waits at a terminal; else it does nothing."""
    size = Path(name).stat().st_size if name != "-" and Path(name).is_file() else 0
    if size < LARGE_FILE_BYTES or not sys.stderr.isatty():
        yield lambda step: None
        return
    with typer.progressbar(length=size, label=what, file=sys.stderr) as bar:
        yield bar.update
