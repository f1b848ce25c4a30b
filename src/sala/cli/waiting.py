"""What a person at a terminal sees while they wait."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer


@contextmanager
def progress(rows: int) -> Iterator[Callable[[int], object]]:
    """A bar while a person waits at a terminal; else nothing."""
    if not sys.stderr.isatty():
        yield lambda rows: None
        return
    with typer.progressbar(length=rows, label="rows", file=sys.stderr) as bar:
        yield bar.update
