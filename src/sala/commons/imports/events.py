"""Facts about imports. What landed is told by the box it belongs to; here only that a run was undone."""

from dataclasses import dataclass
from typing import ClassVar

from sala.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RunUndone(Event):
    """What an import had added was taken away again, except what somebody had worked on since."""

    kind: ClassVar[str] = "imports.run_undone"
    importer: str
    source: str
    began_on: str
    taken_back: int
    stayed: int
