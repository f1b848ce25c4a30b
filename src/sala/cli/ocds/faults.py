"""What `sala ocds` could not use: told on standard error, written to a table, counted for the exit code."""

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sala.cli.ending import refuse, tell
from sala.engines import files
from sala.engines.ocds import MergeError, Notice, OcdsError, ReadError

COLUMNS: Final = ("file", "line", "ocid", "reason")
SHOWN: Final = 10


class Faults:
    """Every fault as it comes: ends the command, or is put down where the command was asked to go on."""

    def __init__(self, write: Callable[[bytes], object] | None, goes_on: bool) -> None:
        self._write, self.goes_on = write, goes_on
        self.source = ""
        self.count = self._notices = 0

    def meet(self, fault: OcdsError) -> None:
        """Tell of a fault; raise it where the command does not go on."""
        where = f"{self.source}: " if self.source else ""
        if not self.goes_on:
            refuse(f"{where}{fault}")
        if self.count < SHOWN:
            tell(f"{where}{fault}")
        self.note(fault)

    def note(self, fault: OcdsError) -> None:
        """Put a fault down without a word."""
        self.count += 1
        line = fault.line if isinstance(fault, ReadError | MergeError) else None
        ocid = fault.ocid if isinstance(fault, MergeError) else None
        reason = fault.reason if isinstance(fault, ReadError | MergeError) else str(fault)
        self._put((self.source, line or "", ocid or "", reason))

    def notice(self, notice: Notice) -> None:
        """Tell of something that stopped nothing; after the first ones only how many more there were."""
        self._notices += 1
        if self._notices <= SHOWN:
            tell(f"{notice.ocid}: {notice.reason}")

    def finish(self) -> None:
        """Say how many there were, where not all were told."""
        if self._notices > SHOWN:
            tell(f"… and {self._notices - SHOWN} more such remarks")
        if self.count:
            tell(f"{self.count} {'fault was' if self.count == 1 else 'faults were'} passed over")

    def _put(self, row: tuple[object, ...]) -> None:
        if self._write is not None:
            self._write(_as_csv(row))


def _as_csv(row: tuple[object, ...]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(row)
    return text.getvalue().encode()


@contextmanager
def gathered(errors: Path | None, *, goes_on: bool) -> Iterator[Faults]:
    """The faults of one run; `errors` names the table for them, which stands there only when the run ended well."""
    if errors is None:
        yield Faults(None, goes_on)
        return
    with files.open_output(errors) as out:
        out.write(_as_csv(COLUMNS))
        yield Faults(out.write, True)
