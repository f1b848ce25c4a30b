"""Plain texts as a table: each file a row of its name without the ending, and what stands in it."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePath

from sala.engines.files import read_text, scratch_file
from sala.engines.sheets.reading import Sheet

COLUMNS = ("name", "text")
TEXTS = (".txt", ".txt.gz")


@contextmanager
def open_texts(names: Sequence[str]) -> Iterator[Sheet]:
    """A table of texts (.gz too), laid out until the block ends; the line of a row is its place. Raises FileError."""
    digest = hashlib.sha256()
    with scratch_file() as kept:
        for place, name in enumerate(names, start=1):
            cells = [PurePath(name).name.removesuffix(".gz").removesuffix(".txt"), read_text(name)]
            line = json.dumps([place, cells]).encode()
            digest.update(line)
            kept.write(line + b"\n")
        label = PurePath(names[0]).parent.name or names[0]
        yield Sheet(label, COLUMNS, len(names), 0, digest.hexdigest(), {}, kept, (0, 1), len(COLUMNS))
