"""Open inputs (plain, .gz or standard input), write outputs whole or not at all, end with one sentence."""

import csv
import gzip
import io
import json
import os
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NoReturn, cast

import typer

from sala.engines.ocds import OcdsError, SchemaError, Standard
from sala.engines.ocds.checking import from_files

GZIP_MARK = b"\x1f\x8b"


def fail(sentence: str) -> NoReturn:
    """End with exit code 2 and one sentence."""
    typer.echo(f"sala ocds: {sentence}", err=True)
    raise typer.Exit(2)


@contextmanager
def telling(name: str) -> Iterator[None]:
    """Turn what can be wrong with an input into one sentence that names it."""
    label = "standard input" if name == "-" else name
    try:
        yield
    except OcdsError as problem:
        fail(f"{label}: {problem}")
    except FileNotFoundError as missing:
        fail(f"{missing.filename or label}: there is no such file")
    except BrokenPipeError:
        raise
    except (EOFError, zlib.error, gzip.BadGzipFile) as broken:
        fail(f"{label}: the packed file is damaged ({broken})")
    except RecursionError:
        fail(f"{label}: objects and lists are nested too deeply")
    except OSError as problem:
        fail(f"{problem.filename or label}: {problem.strerror or problem}")


@contextmanager
def reading(name: str) -> Iterator[BinaryIO]:
    """A binary stream of a file or standard input, unpacked, with a progress bar where someone looks."""
    is_standard = name == "-"
    with sys.stdin.buffer if is_standard else Path(name).open("rb", buffering=0) as source:
        size = 0 if is_standard else os.fstat(source.fileno()).st_size
        if not size or not sys.stderr.isatty():
            yield _unpacked(io.BufferedReader(cast(io.RawIOBase, source), 1 << 20))
            return
        with typer.progressbar(length=size, label=Path(name).name, file=sys.stderr) as bar:
            yield _unpacked(io.BufferedReader(_Counted(source, bar.update), 1 << 20))


class _Counted(io.RawIOBase):
    """A stream that tells how much has been read from it."""

    def __init__(self, source: Any, advance: Callable[[int], None]) -> None:
        self._source, self._advance = source, advance

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        count = self._source.readinto(buffer) or 0
        self._advance(count)
        return int(count)


def _unpacked(counted: io.BufferedReader) -> BinaryIO:
    if counted.peek(2)[:2] == GZIP_MARK:
        return cast(BinaryIO, gzip.GzipFile(fileobj=counted, mode="rb"))
    return counted


@contextmanager
def writing(path: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that appears only when all of it has been written."""
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if not path.parent.is_dir():
        fail(f"{path}: there is no such folder")
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb", buffering=1 << 20) as out:
            if path.suffix == ".gz":
                # no name and no time inside, so that equal contents are equal files
                with gzip.GzipFile(filename="", fileobj=out, mode="wb", mtime=0) as packed:
                    yield cast(BinaryIO, packed)
            else:
                yield out
        Path(draft).chmod(0o644)
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def read_json(path: Path) -> Any:
    """A schema file. Raises SchemaError where it is not JSON."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as problem:
        raise SchemaError(f"{path.name} is not JSON: {problem}") from None


def read_standard(folder: Path) -> Standard:
    """The standard in an official schema folder: the schemas, and `codelists/*.csv` with a column Code."""
    if not folder.is_dir():
        raise SchemaError("there is no such folder")
    schemas = {path.name: read_json(path) for path in sorted(folder.glob("*-schema.json"))}
    codelists = {path.stem: _codes(path) for path in sorted((folder / "codelists").glob("*.csv"))}
    return from_files(schemas, codelists)


def _codes(path: Path) -> frozenset[str]:
    with path.open(encoding="utf-8-sig", newline="") as rows:
        table = csv.DictReader(rows)
        if "Code" not in (table.fieldnames or ()):
            raise SchemaError(f"{path.name} has no column Code")
        return frozenset(row["Code"] for row in table)
