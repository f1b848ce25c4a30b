"""Open tables and lines for commands (CSV, JSON lines, gzip, standard input); say what is wrong with them."""

import csv
import gzip
import io
import json
import os
import shutil
import sys
import tempfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, NoReturn, cast

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

_GZIP_MARK = b"\x1f\x8b"
_LONGEST_CELL = 1 << 27
#: What reading a damaged .gz may raise.
DAMAGED = (gzip.BadGzipFile, EOFError, zlib.error)


def refuse(message: str, command: str = "sala") -> NoReturn:
    """End the command with status 2 and one sentence on standard error."""
    typer.echo(f"{command}: {message}", err=True)
    raise typer.Exit(2)


@contextmanager
def telling(command: str, name: str, *refusals: type[Exception]) -> Iterator[None]:
    """Turn what goes wrong with a file, and the refusals of an engine, into one sentence and status 2."""
    where = "standard input" if name == "-" else name
    try:
        yield
    except refusals as problem:
        refuse(f"{where}: {problem}", command)
    except DAMAGED as problem:
        refuse(f"{where}: this is not a whole gzip file ({problem})", command)
    except UnicodeDecodeError:
        refuse(f"{where}: this is not UTF-8 text", command)
    except OSError as problem:
        refuse(f"{where}: {problem.strerror or problem}", command)


@contextmanager
def opened(path: str, encoding: str = "utf-8-sig") -> Iterator[IO[str]]:
    """Open a text (UTF-8 unless said), gzip or not, `-` for standard input; refuse what cannot be opened."""
    try:
        "".encode(encoding)
    except LookupError:
        refuse(f"{encoding}: no such encoding")
    with ExitStack() as stack:
        try:
            raw = sys.stdin.buffer if path == "-" else stack.enter_context(Path(path).open("rb"))
        except OSError as problem:
            refuse(f"{path}: cannot be opened ({problem.strerror})")
        whole = io.BufferedReader(cast(io.RawIOBase, raw))  # standard input may not peek
        zipped = whole.peek(2)[:2] == _GZIP_MARK
        stream = stack.enter_context(gzip.open(whole)) if zipped else whole
        yield io.TextIOWrapper(cast(IO[bytes], stream), encoding=encoding, newline="")


def _is_json_lines(path: str) -> bool:
    return path.removesuffix(".gz").endswith((".jsonl", ".ndjson"))


def table_rows(path: str, columns: Sequence[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield (line number, cells by column) of a table that has `columns`; refuse the rest with the line.

    A name ending in .jsonl or .ndjson (before .gz) is read as JSON lines, anything else as CSV with a header.
    """
    line = 0
    try:
        with opened(path) as text:
            rows = _json_rows(text) if _is_json_lines(path) else _csv_rows(text, path, columns)
            for line, row in rows:
                missing = [name for name in columns if name not in row]
                if missing:
                    refuse(f"{path}: line {line}: {missing[0]} is missing")
                yield line, row
    except UnicodeDecodeError:
        refuse(f"{path}: line {line + 1} or soon after: the text is not UTF-8")
    except (csv.Error, *DAMAGED, json.JSONDecodeError) as problem:
        refuse(f"{path}: line {line + 1}: {problem}")


def _csv_rows(text: IO[str], path: str, columns: Sequence[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(text, strict=True)
    header = [name.strip() for name in next(reader, [])]
    for name in columns:
        if name not in header:
            refuse(
                f"{path}: line 1: there is no column {name}; the columns are {', '.join(header) or 'none'}"
            )
    begins = reader.line_num + 1
    for cells in reader:
        if cells and len(cells) != len(header):
            refuse(f"{path}: line {begins}: {len(cells)} cells where the header has {len(header)}")
        if cells:
            yield begins, dict(zip(header, cells, strict=True))
        begins = reader.line_num + 1


def _json_rows(text: IO[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    for line, content in enumerate(text, start=1):
        if not content.strip():
            continue
        row = json.loads(content)
        if not isinstance(row, dict):
            raise json.JSONDecodeError("the line is not a JSON object", content, 0)
        yield line, {name: "" if value is None else str(value) for name, value in row.items()}


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put `files` into `folder` whole or not at all: written beside it first, then exchanged."""
    if folder.exists() and not folder.is_dir():
        refuse(f"{folder}: is a file, not a folder")
    strange = [there.name for there in folder.iterdir() if there.name not in files] if folder.is_dir() else []
    if strange:
        refuse(f"{folder}: holds other files ({sorted(strange)[0]}); name a new or empty folder")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
        try:
            for name, content in files.items():
                (fresh / name).write_bytes(content)
            fresh.chmod(0o777 & ~_umask())
            _exchange(fresh, folder)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    except OSError as problem:
        refuse(f"{folder}: cannot be written ({problem.strerror})")


def _exchange(fresh: Path, folder: Path) -> None:
    """Put `fresh` where `folder` is; what was there goes only when the new one stands."""
    old = fresh.with_name(f"{fresh.name}-old")
    if folder.is_dir():
        os.replace(folder, old)
    try:
        os.replace(fresh, folder)
    except BaseException:
        if old.is_dir():
            os.replace(old, folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def write_whole(path: Path, content: bytes) -> None:
    """Write beside, then move into place: a reader sees the old file or the new one, never half of one.

    Raises OSError.
    """
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(beside).chmod(0o666 & ~_umask())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def progress() -> Progress:
    """A progress display on standard error; silent where that is not a terminal."""
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
