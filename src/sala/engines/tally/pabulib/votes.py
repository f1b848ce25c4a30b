"""The VOTES section: block by block through Arrow, line by line where a block is out of the ordinary."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from sala.engines.tally.election import Ballots, IntArray, Kind, position_type
from sala.engines.tally.pabulib.document import PabulibError
from sala.engines.tally.pabulib.lines import decode, is_left_open, named_twice, split_fields

_MOST_CELLS_AT_ONCE = 2**24
_MOST_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class _Block:
    """Ballots of one block: how long each is, what it lists, points scaled by 10^decimals."""

    lengths: IntArray
    projects: IntArray
    points: IntArray | None
    decimals: int
    voters: pa.Array
    repeats: int = 0


class VoteReader:
    """Collects the ballots of a VOTES section.

    `projects` are the ids in file order, `columns` the header of the section on line `line`.
    """

    def __init__(self, projects: list[str], columns: tuple[str, ...], line: int, *, kind: Kind) -> None:
        needed = ["voter_id", "vote"] + (["points"] if kind == "points" else [])
        for name in needed:
            if name not in columns:
                raise PabulibError("VOTES", line, f"the header has no column {name}.")
        if named_twice(columns):
            raise PabulibError("VOTES", line, "a column is named twice in the header.")
        self._position = {project: i for i, project in enumerate(projects)}
        self._ids = _texts(projects)
        self._columns = columns
        self._has_points = kind == "points"
        self._first_line = line + 1
        self.repeats = 0
        self._blocks: list[_Block] = []
        self._places: list[tuple[int, bytes]] = []

    def read(self, block: bytes, lines_before: int) -> None:
        """Take whole lines; `lines_before` is the number of lines of the file above them."""
        read = self._read_fast(block)
        self._blocks.append(self._read_slowly(block, lines_before) if read is None else read)
        self._places.append((lines_before, block))

    def _read_fast(self, block: bytes) -> _Block | None:
        """The block through Arrow, or None if anything in it is unusual enough to need a closer look."""
        table = self._table(block)
        if table is None:
            return None
        vote, voters = _trimmed(table.column("vote")), _trimmed(table.column("voter_id"))
        if pc.any(_empty(voters)).as_py():
            return None
        lengths, tokens = _split(vote)
        found = pc.index_in(tokens, value_set=self._ids)
        if found.null_count:
            return None
        projects = _whole_numbers(found).astype(position_type(len(self._ids)))
        if _repeats(lengths, projects, len(self._ids)):
            return None
        points = None
        if self._has_points:
            points = _whole_points(_trimmed(table.column("points")), lengths)
            if points is None:
                return None
        return _Block(lengths, projects, points, 0, voters)

    def _table(self, block: bytes) -> pa.Table | None:
        """The block as a table of one row a line, or None where Arrow may have read it otherwise."""
        try:
            # Arrow looks only at the columns that are asked for; the text of the others must be sound too.
            if not block.isascii():
                block.decode("utf-8")
            table = self._parse(block)
        except (pa.ArrowInvalid, pa.ArrowKeyError, UnicodeDecodeError):
            return None
        return table if _is_line_by_line(block, table.num_rows) else None

    def _parse(self, block: bytes) -> pa.Table:
        needed = ["voter_id", "vote"] + (["points"] if self._has_points else [])
        return csv.read_csv(
            pa.BufferReader(block),
            read_options=csv.ReadOptions(column_names=list(self._columns), block_size=1 << 22),
            parse_options=csv.ParseOptions(delimiter=";"),
            convert_options=csv.ConvertOptions(
                include_columns=needed,
                column_types=dict.fromkeys(self._columns, pa.string()),
                strings_can_be_null=False,
            ),
        )

    def _read_slowly(self, block: bytes, lines_before: int) -> _Block:
        lengths: list[int] = []
        projects: list[int] = []
        points: list[Decimal] = []
        voters: list[str] = []
        repeats = 0
        for number, line in enumerate(block.split(b"\n"), start=lines_before + 1):
            text = decode(line, "VOTES", number)
            if not text.strip():
                continue
            row = self._row(text, number)
            listed = self._listed(row["vote"], number)
            given = _given(row["points"], len(listed), number) if self._has_points else []
            if len(set(listed)) < len(listed):
                listed, given = _once(listed, given, number)
                repeats += 1
            points += given
            if not row["voter_id"]:
                raise PabulibError("VOTES", number, "the voter_id is missing.")
            voters.append(row["voter_id"])
            projects += listed
            lengths.append(len(listed))
        decimals = max((-int(p.as_tuple().exponent) for p in points), default=0)
        return _Block(
            np.array(lengths, dtype=np.int64),
            np.array(projects, dtype=position_type(len(self._ids))),
            np.array([int(p.scaleb(decimals)) for p in points], dtype=np.int64) if self._has_points else None,
            decimals,
            pa.chunked_array([_texts(voters)]),
            repeats,
        )

    def _row(self, text: str, number: int) -> dict[str, str]:
        fields = split_fields(text, "VOTES", number)
        if len(fields) != len(self._columns):
            why = f"{len(fields)} fields where the header has {len(self._columns)}."
            raise PabulibError("VOTES", number, why)
        return dict(zip(self._columns, fields, strict=True))

    def _listed(self, vote: str, number: int) -> list[int]:
        names = [name.strip() for name in vote.split(",")] if vote else []
        for name in names:
            if name not in self._position:
                raise PabulibError("VOTES", number, f"the project {name!r} is not in PROJECTS.")
        return [self._position[name] for name in names]

    def ballots(self, last_line: int) -> Ballots:
        """All ballots read. Refuses a voter who appears twice; `repeats` then says how many ballots list a
        project more than once.
        """
        self._check_voters()
        kind = position_type(len(self._ids))
        blocks = self._blocks
        self._blocks, self._places = [], []
        lengths = np.concatenate([np.zeros(1, dtype=np.int64), *(block.lengths for block in blocks)])
        points, decimals = None, 0
        self.repeats = sum(block.repeats for block in blocks)
        if self._has_points:
            decimals = max((block.decimals for block in blocks), default=0)
            parts = [
                block.points * 10 ** (decimals - block.decimals)
                for block in blocks
                if block.points is not None
            ]
            points = np.concatenate([np.zeros(0, dtype=np.int64), *parts])
        projects = np.concatenate([np.zeros(0, dtype=kind), *(block.projects for block in blocks)])
        return Ballots(np.cumsum(lengths), projects, points, points_per_unit=10**decimals)

    def _check_voters(self) -> None:
        parts = [part for block in self._blocks for part in block.voters.chunks]
        voters = pa.chunked_array(parts, pa.string())
        if pc.count_distinct(voters).as_py() == len(voters):
            return
        seen: set[str] = set()
        for lines_before, block in self._places:
            for number, line in enumerate(block.split(b"\n"), start=lines_before + 1):
                text = decode(line, "VOTES", number)
                if text.strip():
                    voter = self._row(text, number)["voter_id"]
                    if voter in seen:
                        raise PabulibError("VOTES", number, f"the voter {voter} appears twice.")
                    seen.add(voter)


def _is_line_by_line(block: bytes, rows: int) -> bool:
    """Whether Arrow can only have read one ballot out of each line.

    It takes a carriage return inside a line for the line's end, and a quote opened in one line and closed in
    a later one for a single ballot; both would change who voted for what without a word.
    """
    if block.count(b"\r") != block.count(b"\r\n"):
        return False
    if b'"' not in block:
        return True
    lines = [line for line in block.split(b"\n") if line.strip()]
    return rows == len(lines) and not is_left_open(lines[-1].decode("utf-8"))


def _trimmed(column: pa.ChunkedArray | pa.Array) -> pa.ChunkedArray | pa.Array:
    """The texts without blanks around them; the search is much cheaper than the trimming."""
    has_blanks = pc.any(pc.match_substring_regex(column, r"\s")).as_py()
    return pc.utf8_trim_whitespace(column) if has_blanks else column


def _empty(column: pa.ChunkedArray | pa.Array) -> pa.ChunkedArray | pa.Array:
    """Which texts are empty, asked without a Python value, for which Arrow would load pandas."""
    return pc.invert(pc.cast(pc.binary_length(column), pa.bool_()))


def _split(vote: pa.ChunkedArray) -> tuple[IntArray, pa.Array]:
    """How many projects each vote lists, and all of them one after another. An empty vote lists none."""
    joined = pa.concat_arrays(vote.chunks) if vote.num_chunks else _texts([])
    empty = _empty(joined)
    lists = pc.split_pattern(joined, ",")
    lengths = _whole_numbers(pc.list_value_length(lists)) - _whole_numbers(pc.cast(empty, pa.int64()))
    filled = lists.filter(pc.invert(empty)) if pc.any(empty).as_py() else lists
    return lengths, _trimmed(filled.flatten())


def _texts(texts: list[str]) -> pa.Array:
    """Texts as an Arrow column, again without pandas, which `pa.array` would load if it could."""
    encoded = [text.encode() for text in texts]
    ends = np.cumsum([0, *(len(text) for text in encoded)]).astype(np.int32)
    return pa.StringArray.from_buffers(len(texts), pa.py_buffer(ends), pa.py_buffer(b"".join(encoded)))


def _whole_numbers(column: pa.Array) -> IntArray:
    """An Arrow column of whole numbers as an array, without pandas, which `to_numpy` would load if it could."""
    numbers = pc.cast(column, pa.int64())
    values = np.frombuffer(numbers.buffers()[1] or b"", dtype=np.int64)
    return values[numbers.offset : numbers.offset + len(numbers)]


def _repeats(lengths: IntArray, projects: IntArray, count: int) -> bool:
    """Whether some ballot lists a project twice."""
    rows_at_once = max(1, _MOST_CELLS_AT_ONCE // max(1, count))
    ends = np.concatenate([[0], np.cumsum(lengths)])
    for begin in range(0, len(lengths), rows_at_once):
        end = min(len(lengths), begin + rows_at_once)
        row = np.repeat(np.arange(end - begin), lengths[begin:end])
        cells = row * count + projects[ends[begin] : ends[end]]
        marked = np.zeros((end - begin) * count, dtype=bool)
        marked[cells] = True
        if np.count_nonzero(marked) != len(cells):
            return True
    return False


def _whole_points(column: pa.ChunkedArray, lengths: IntArray) -> IntArray | None:
    given, tokens = _split(column)
    if not np.array_equal(given, lengths):
        return None
    try:
        return _whole_numbers(tokens)
    except pa.ArrowInvalid:
        return None


def _once(listed: list[int], given: list[Decimal], number: int) -> tuple[list[int], list[Decimal]]:
    """Each project where it stands first; refuses points that contradict each other."""
    firsts = {project: place for place, project in reversed(list(enumerate(listed)))}
    if given and any(given[place] != given[firsts[project]] for place, project in enumerate(listed)):
        raise PabulibError("VOTES", number, "a project is listed twice in one ballot, with different points.")
    kept = sorted(firsts.values())
    return [listed[place] for place in kept], [given[place] for place in kept] if given else []


def _given(text: str, count: int, number: int) -> list[Decimal]:
    parts = text.split(",") if text else []
    if len(parts) != count:
        why = f"{len(parts)} points for {count} projects."
        raise PabulibError("VOTES", number, why)
    try:
        points = [Decimal(part.strip()).normalize() for part in parts]
    except InvalidOperation as error:
        raise PabulibError("VOTES", number, f"the points {text!r} are not numbers.") from error
    if any(
        not p.is_finite() or abs(p) > 10**9 or -int(p.as_tuple().exponent) > _MOST_DECIMALS for p in points
    ):
        raise PabulibError("VOTES", number, f"the points {text!r} are beyond what can be counted exactly.")
    return points
