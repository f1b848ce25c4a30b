"""What a `.pb` file holds, and the sentence with which a malformed one is refused."""

from dataclasses import dataclass, field

from sala.engines.tally.election import Election


class PabulibError(ValueError):
    """A malformed file: the section and line it fails at, and why."""

    def __init__(self, section: str, line: int, why: str) -> None:
        super().__init__(f"{section}, line {line}: {why}")
        self.section = section
        self.line = line


@dataclass(frozen=True)
class PabulibFile:
    """A whole `.pb` file. `project_rows` are parallel to the election's projects and to `project_columns`.

    `votes` is the text under the VOTES header, byte for byte, in pieces (None when it was not kept).
    """

    meta: dict[str, str]
    project_columns: tuple[str, ...]
    project_rows: tuple[tuple[str, ...], ...]
    vote_columns: tuple[str, ...]
    election: Election
    votes: tuple[bytes, ...] | None = field(default=None, repr=False)
    newline: str = "\n"

    def column(self, name: str) -> tuple[str, ...]:
        """One column of PROJECTS; empty texts when the file has no such column."""
        if name not in self.project_columns:
            return ("",) * len(self.project_rows)
        place = self.project_columns.index(name)
        return tuple(row[place] for row in self.project_rows)
