"""Files of the `sala indicators` commands: lines in with their numbers, results out whole or not at all."""

import gzip
import io
import os
import sys
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any, NoReturn, cast

import orjson
import typer

from sala.engines import ocds

_GZIP_MARK = b"\x1f\x8b"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def refuse(reason: str) -> NoReturn:
    """End with exit code 2 and one sentence on standard error."""
    typer.echo(f"sala indicators: {reason}", err=True)
    raise typer.Exit(2)


def tell(fact: str) -> None:
    """One sentence on standard error about something that does not stop the command."""
    typer.echo(f"sala indicators: {fact}", err=True)


@contextmanager
def _opened(path: str) -> Iterator[Iterable[bytes]]:
    try:
        with ExitStack() as stack:
            raw = sys.stdin.buffer if path == "-" else stack.enter_context(open(path, "rb"))
            whole = io.BufferedReader(cast(io.RawIOBase, raw))  # standard input may not peek
            if whole.peek(2)[:2] == _GZIP_MARK:
                yield stack.enter_context(gzip.open(whole))
            else:
                yield whole
    except (OSError, EOFError, zlib.error) as error:
        refuse(f"{path}: {getattr(error, 'strerror', None) or error}")


def processes(path: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """(line number, compiled release) of a file with one JSON object a line; a bad line ends the command."""
    with _opened(path) as stream, _progress(path) as advance:
        for number, line in enumerate(stream, start=1):
            advance(len(line))
            if line.strip():
                for process in _unpacked(_process(line, number, path), f"{path}, line {number}"):
                    yield number, process


def _unpacked(value: dict[str, Any], where: str) -> list[dict[str, Any]]:
    """The contracting processes of a line: itself, or what a package on one line holds."""
    if isinstance(value.get("records"), list):
        found = (_of_record(record, where) for record in value["records"] if isinstance(record, dict))
        return [process for process in found if process is not None]
    if not isinstance(value.get("releases"), list):
        return [value]
    by_ocid: dict[str, list[dict[str, Any]]] = {}
    for release in value["releases"]:
        if isinstance(release, dict):
            by_ocid.setdefault(str(release.get("ocid")), []).append(release)
    return [_compiled(releases, where) for releases in by_ocid.values()]


def _of_record(record: dict[str, Any], where: str) -> dict[str, Any] | None:
    """The compiled release of a record, or one made of the releases it holds; None where it only links."""
    if isinstance(record.get("compiledRelease"), dict):
        return cast(dict[str, Any], record["compiledRelease"])
    listed = record.get("releases")
    held = (
        [one for one in listed if isinstance(one, dict) and "ocid" in one] if isinstance(listed, list) else []
    )
    return _compiled(held, where) if held else None


def _compiled(releases: list[dict[str, Any]], where: str) -> dict[str, Any]:
    """One process of its releases; a single one is taken as it is."""
    if len(releases) == 1:
        return releases[0]
    try:
        return ocds.compile_release(releases, ocds.rules_for(releases))
    except ocds.MergeError as problem:
        refuse(f"{where}: {releases[0].get('ocid')}: {problem}")


def _process(line: bytes, number: int, path: str) -> dict[str, Any]:
    hint = "; a file of another layout is turned into lines by `sala ocds compile`" if number == 1 else ""
    try:
        value = orjson.loads(line.removeprefix(_BYTE_ORDER_MARK) if number == 1 else line)
    except orjson.JSONDecodeError as error:
        refuse(f"{path}, line {number}: not JSON ({error}){hint}")
    if not isinstance(value, dict):
        refuse(f"{path}, line {number}: a contracting process is a JSON object{hint}")
    return value


@contextmanager
def _progress(path: str) -> Iterator[Any]:
    """A bar on standard error while a person waits; nothing when output goes to a file or a test."""
    size = 0 if path == "-" or path.endswith(".gz") else Path(path).stat().st_size
    if not size or not sys.stderr.isatty():
        yield lambda step: None
        return
    with typer.progressbar(length=size, label="reading", file=sys.stderr) as bar:
        yield bar.update


def text(path: Path) -> str:
    """A settings file as text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        refuse(f"{path}: this is not UTF-8 text")
    except OSError as error:
        refuse(f"{path}: {error.strerror or error}")


@contextmanager
def output(path: str) -> Iterator[IO[bytes]]:
    """A stream for results; a file appears under its name only when everything has been written."""
    if path == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = Path(path)
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        refuse(f"{path}: {error.strerror}")
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
        os.chmod(name, 0o644)
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
