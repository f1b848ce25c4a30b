"""Writing a `.pb` file: what was read, with the winners marked if asked."""

import csv
import io
from collections.abc import Collection, Iterator, Sequence

from sala.engines.tally.pabulib.document import PabulibFile


def write_pabulib(file: PabulibFile, *, selected: Collection[str] | None = None) -> Iterator[bytes]:
    """The bytes of the file in pieces. `selected` (project ids) fills the column of that name with 1 and 0.

    Every meta field, project column and vote line is written as read; the file must have been read with
    its votes kept.
    """
    if file.votes is None:
        raise ValueError("The file was read without keeping its votes.")
    columns, rows = list(file.project_columns), [list(row) for row in file.project_rows]
    if selected is not None:
        _mark(columns, rows, set(selected))
    lines = [["META"], ["key", "value"], *([key, value] for key, value in file.meta.items())]
    lines += [["PROJECTS"], columns, *rows, ["VOTES"], list(file.vote_columns)]
    yield _written(lines, file.newline)
    for block in file.votes:
        # Votes are kept with line feeds; a file of old Macs gets its own line ends back.
        yield block.replace(b"\n", b"\r") if file.newline == "\r" else block


def _mark(columns: list[str], rows: list[list[str]], selected: set[str]) -> None:
    if "selected" not in columns:
        columns.append("selected")
        for row in rows:
            row.append("")
    mark, name = columns.index("selected"), columns.index("project_id")
    for row in rows:
        row[mark] = "1" if row[name] in selected else "0"


def _written(lines: Sequence[Sequence[str]], newline: str) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator=newline).writerows(lines)
    return text.getvalue().encode("utf-8")
