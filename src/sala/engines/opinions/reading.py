"""Reading votes from CSV: a stream of votes, or a matrix of participants by statements, as Polis exports
them.

A quick reader (Arrow) takes files written as expected; whatever it stumbles over is read again with care,
line by line, which either succeeds or names the line. Both give the same table.
"""

import csv
import io
import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, BinaryIO, TypeVar, cast

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv
from numpy.typing import NDArray

from sala.engines.opinions.comments import as_id
from sala.engines.opinions.conversation import CONVERSATION_NAMES, OneConversation
from sala.engines.opinions.ids import IdBook, as_ids
from sala.engines.opinions.layouts import PARTICIPANT_NAMES, Layout, find_layout, position_of, statement_ids
from sala.engines.opinions.votes import BadVotesError, IntArray, VoteTable, gather_votes

Rows = Any  # what csv.reader gives: an iterator of rows with `line_num`; its type has no public name
NOT_VOTED = frozenset(["", "nan", "na", "null"])
VOTE_WORDS = {"1": 1, "0": 0, "-1": -1, "1.0": 1, "0.0": 0, "-0.0": 0, "-1.0": -1, "+1": 1}
BLOCK_BYTES = 1 << 23
_FRACTION = re.compile(r"(?<=\d)\.\d*\s*\Z")  # of a millisecond, or of a second


Kind = TypeVar("Kind", bound=np.generic)


@dataclass
class _Events:
    """Vote events gathered block by block. With a book, ids are its numbers and not yet the ids
    themselves."""

    participants: list[NDArray[np.generic]] = field(default_factory=list)
    statements: list[NDArray[np.generic]] = field(default_factory=list)
    values: list[NDArray[np.int8]] = field(default_factory=list)
    times: list[IntArray] = field(default_factory=list)
    people: IdBook | None = None
    texts: IdBook | None = None

    def table(self) -> VoteTable:
        people, person = _resolve(_join(self.participants), self.people)
        texts, statement = _resolve(_join(self.statements), self.texts)
        values = _join(self.values).astype(np.int8, copy=False)
        times: IntArray | None = _join(self.times)
        if times is not None and bool((times[1:] >= times[:-1]).all()):
            times = None  # none given, or already in order: the last standing is the latest
        table = gather_votes(person, statement, values, times)
        return replace(
            table,
            participants=table.participants if people is None else people[table.participants],
            statements=table.statements if texts is None else texts[table.statements],
        )


def _resolve(
    numbers: NDArray[np.generic], book: IdBook | None
) -> tuple[NDArray[np.generic] | None, NDArray[np.generic]]:
    """The distinct ids of a book, if there is one, and each row's place among them."""
    if book is None:
        return None, numbers
    distinct, place = book.ids()
    return distinct, place[numbers]


class _UnexpectedError(Exception):
    """The quick reader met something it does not take; read again with care."""


def read_votes(stream: BinaryIO, *, conversation: str | None = None) -> VoteTable:
    """Read votes from a seekable binary stream of CSV in UTF-8 (uncompressed), either layout.

    Stream: a column of participants (`voter-id`), of statements (`comment-id`), `vote` (1 agree, 0 pass, -1
    disagree), and `timestamp` where repeated votes are not in order. Matrix: a column `participant`, one
    column a statement named by its id, empty or NaN where not voted; `group-id`, `n-votes` and the like are
    passed over, and where statements are numbered every column not named by a number. A file with a column of
    conversations must hold one of them, or `conversation` says which to read. Raises BadVotesError with the
    line number.
    """
    layout = find_layout(_first_line(stream))
    only = OneConversation(conversation, layout.conversation)
    events = None
    if layout.conversation is None or (conversation is None and _is_one_conversation(stream, layout)):
        events = _quick(stream, layout, _Events()) or _quick(
            stream, layout, _Events(people=IdBook(), texts=IdBook())
        )
    if events is None:
        stream.seek(0)
        lines = io.TextIOWrapper(cast(BinaryIO, _KeptOpen(stream)), encoding="utf-8-sig", newline="")
        events = _careful(lines, layout, only)
        only.check_found()
    if not events.values or not sum(len(part) for part in events.values):
        raise BadVotesError("there is not one vote in this file")
    return events.table()


def read_groups(lines: Iterable[str], *, conversation: str | None = None) -> dict[int | str, int]:
    """Read who is in which group: CSV with `participant` and `group-id`, empty where in none (a Polis
    matrix will do).

    Groups are numbered from 0 in the order of their ids. Raises BadVotesError with the line number.
    """
    rows = csv.reader(lines)
    try:
        found = _group_cells(rows, conversation)
    except csv.Error as problem:
        raise BadVotesError(f"this is not CSV: {problem}", rows.line_num) from problem
    numbers = sorted({as_id(one) for one in found.values()}, key=lambda one: (isinstance(one, str), one))
    place = {one: index for index, one in enumerate(numbers)}
    return {person: place[as_id(one)] for person, one in found.items()}


def _group_cells(rows: Rows, conversation: str | None) -> dict[int | str, str]:
    names = [name.strip().lower() for name in next(rows, [])]
    participant = position_of(names, PARTICIPANT_NAMES)
    group = position_of(names, ("group-id", "group_id", "group"))
    if participant is None or group is None:
        raise BadVotesError("the groups need the columns participant and group-id", 1)
    column = position_of(names, CONVERSATION_NAMES)
    only = OneConversation(None if column is None else conversation, column)
    found: dict[int | str, str] = {}
    for row in rows:
        if row and not only.takes(row, rows.line_num):
            continue
        if row and len(row) <= max(participant, group):
            raise BadVotesError("this line is too short", rows.line_num)
        if row and row[group].strip():
            found[as_id(row[participant])] = row[group].strip().removesuffix(".0")
    return found


# The quick reader


def _quick(stream: BinaryIO, layout: Layout, events: _Events) -> _Events | None:
    """Fill `events`, or None where the file holds something unexpected: ids that are words, or a mistake."""
    try:
        if layout.vote is not None:
            _quick_stream(stream, layout, events)
        else:
            _quick_matrix(stream, layout, events)
    except (_UnexpectedError, pa.ArrowInvalid, pa.ArrowKeyError):
        return None
    return events


def _is_one_conversation(stream: BinaryIO, layout: Layout) -> bool:
    """Whether the quick reader sees one conversation; where it does not, the careful one names the line."""
    assert layout.conversation is not None
    book = IdBook()
    try:
        for batch in _batches(stream, [layout.header[layout.conversation]], [_id_kind(book)]):
            if batch.column(0).null_count:
                return False
            book.number(batch.column(0))
    except (pa.ArrowInvalid, pa.ArrowKeyError):
        return False
    return len(book) == 1


def _quick_stream(stream: BinaryIO, layout: Layout, events: _Events) -> None:
    assert layout.statement is not None
    assert layout.vote is not None
    used = [layout.participant, layout.statement, layout.vote]
    kinds = [_id_kind(events.people), _id_kind(events.texts), pa.int8()]
    if layout.time is not None:
        used, kinds = [*used, layout.time], [*kinds, pa.int64()]
    for batch in _batches(stream, [layout.header[index] for index in used], kinds):
        if any(column.null_count for column in batch.columns):
            raise _UnexpectedError
        events.participants.append(_ids(batch.column(0), events.people))
        events.statements.append(_ids(batch.column(1), events.texts))
        events.values.append(_votes(batch.column(2)).copy())
        if layout.time is not None:
            events.times.append(_plain(batch.column(3), np.int64).copy())


def _quick_matrix(stream: BinaryIO, layout: Layout, events: _Events) -> None:
    names = [layout.header[index] for index in (layout.participant, *layout.statements)]
    ids, events.texts = statement_ids(layout), None
    for batch in _batches(stream, names, [_id_kind(events.people), *[pa.int8()] * len(ids)]):
        if batch.column(0).null_count:
            raise _UnexpectedError
        people = _ids(batch.column(0), events.people)
        for index in range(len(ids)):
            column = batch.column(index + 1)
            voted = _there(column)
            events.participants.append(people[voted])
            events.statements.append(np.full(len(voted), index, dtype=np.int32))
            events.values.append(_votes(column, voted))
    events.statements = [ids[_join(events.statements)]] if events.statements else []


def _batches(stream: BinaryIO, names: list[str], kinds: list[pa.DataType]) -> Iterator[pa.RecordBatch]:
    stream.seek(0)
    reader = arrow_csv.open_csv(
        pa.PythonFile(_KeptOpen(stream), mode="r"),
        read_options=arrow_csv.ReadOptions(block_size=BLOCK_BYTES),
        parse_options=arrow_csv.ParseOptions(newlines_in_values=False),
        convert_options=arrow_csv.ConvertOptions(
            include_columns=names,
            column_types=dict(zip(names, kinds, strict=True)),
            null_values=[""],
        ),
    )
    yield from reader


def _plain(column: pa.Array, kind: type[Kind]) -> NDArray[Kind]:
    """The values of an Arrow column where they lie. Arrow's own way would load pandas where it is
    installed."""
    values = np.frombuffer(column.buffers()[1], dtype=kind)
    return values[column.offset : column.offset + len(column)]


def _there(column: pa.Array) -> IntArray:
    """The places where an Arrow column is not empty."""
    if column.null_count == 0:
        return np.arange(len(column))
    bits = np.unpackbits(np.frombuffer(column.buffers()[0], dtype=np.uint8), bitorder="little")
    return np.flatnonzero(bits[column.offset : column.offset + len(column)])


def _votes(column: pa.Array, voted: IntArray | None = None) -> NDArray[np.int8]:
    values = _plain(column, np.int8)
    if voted is not None:
        values = values[voted]
    if len(values) and (values.min() < -1 or values.max() > 1):
        raise _UnexpectedError
    return values


def _id_kind(book: IdBook | None) -> pa.DataType:
    return pa.int64() if book is None else pa.dictionary(pa.int32(), pa.string())


def _ids(column: pa.Array, book: IdBook | None) -> NDArray[np.generic]:
    if book is None:
        return _narrow(_plain(column, np.int64))
    numbers = book.number(column)
    if book.has_empty:
        raise _UnexpectedError
    return numbers


def _narrow(ids: IntArray) -> NDArray[np.generic]:
    """Ids in 32 bits where they fit: half the memory for the usual case."""
    if len(ids) and int(ids.min()) >= -(2**31) and int(ids.max()) < 2**31:
        return ids.astype(np.int32)
    return ids.copy()


# The careful reader


def _careful(lines: Iterable[str], layout: Layout, only: OneConversation) -> _Events:
    rows = csv.reader(lines)
    by_layout = _careful_matrix if layout.vote is None else _careful_stream
    try:
        next(rows)
        events = by_layout(rows, layout, only)
    except csv.Error as problem:
        raise BadVotesError(f"this is not CSV: {problem}", rows.line_num) from problem
    except UnicodeDecodeError as problem:
        raise BadVotesError("this is not UTF-8 text", rows.line_num + 1) from problem
    return events


def _careful_stream(rows: Rows, layout: Layout, only: OneConversation) -> _Events:
    assert layout.statement is not None
    assert layout.vote is not None
    people: list[str] = []
    statements: list[str] = []
    values, times = array("b"), array("q")
    for row in _whole_rows(rows, layout, only):
        people.append(_id_cell(row[layout.participant], rows.line_num, "participant"))
        statements.append(_id_cell(row[layout.statement], rows.line_num, "statement"))
        values.append(_vote_cell(row[layout.vote], rows.line_num))
        if layout.time is not None:
            times.append(_time_cell(row[layout.time], rows.line_num))
    return _Events(
        [as_ids(people)],
        [as_ids(statements)],
        [np.array(values, dtype=np.int8)],
        [np.array(times, dtype=np.int64)],
    )


def _careful_matrix(rows: Rows, layout: Layout, only: OneConversation) -> _Events:
    ids = statement_ids(layout)
    people: list[str] = []
    columns, values = array("i"), array("b")
    for row in _whole_rows(rows, layout, only):
        person = _id_cell(row[layout.participant], rows.line_num, "participant")
        for index, position in enumerate(layout.statements):
            if row[position].strip().lower() not in NOT_VOTED:
                people.append(person)
                columns.append(index)
                values.append(_vote_cell(row[position], rows.line_num))
    places = np.array(columns, dtype=np.int64)
    return _Events([as_ids(people)], [ids[places]], [np.array(values, dtype=np.int8)])


def _whole_rows(rows: Rows, layout: Layout, only: OneConversation) -> Iterator[list[str]]:
    for row in rows:
        if not row:
            continue
        if len(row) != len(layout.header):
            raise BadVotesError(f"{len(row)} cells, but the header has {len(layout.header)}", rows.line_num)
        if only.takes(row, rows.line_num):
            yield row


def _id_cell(text: str, line: int, what: str) -> str:
    if not text.strip():
        raise BadVotesError(f"the {what} is empty", line)
    return text


def _vote_cell(text: str, line: int) -> int:
    try:
        return VOTE_WORDS[text.strip()]
    except KeyError:
        raise BadVotesError(f"the vote is {text!r}, not 1 (agree), 0 (pass) or -1 (disagree)", line) from None


def _time_cell(text: str, line: int) -> int:
    try:
        moment = int(_FRACTION.sub("", text))
    except ValueError:
        return _iso_time(text, line)
    if not -(2**63) <= moment < 2**63:
        raise BadVotesError(f"the time {text.strip()[:24]} is out of all bounds", line)
    return moment


def _iso_time(text: str, line: int) -> int:
    try:
        moment = datetime.fromisoformat(text.strip())
        return (
            int(moment.timestamp() * 1000)
            if moment.tzinfo
            else int(np.datetime64(moment, "ms").astype(np.int64))
        )
    except ValueError:
        raise BadVotesError(f"the time is {text!r}, neither a whole number nor an ISO date", line) from None


def _first_line(stream: BinaryIO) -> list[str]:
    stream.seek(0)
    try:
        line = stream.readline().decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise BadVotesError("this is not UTF-8 text", 1) from problem
    try:
        row: list[str] = next(csv.reader([line]), [])
    except csv.Error as problem:
        raise BadVotesError(f"this is not CSV: {problem}", 1) from problem
    if not row:
        raise BadVotesError("the file is empty" if not line else "the header is empty", 1)
    return row


def _join(parts: list[NDArray[Kind]]) -> NDArray[Kind]:
    """Join and let go of the parts: the largest arrays are never held twice longer than needed."""
    joined: NDArray[Kind] = np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)
    parts.clear()
    return joined


class _KeptOpen(io.RawIOBase):
    """A view of a stream that leaves it open when a reader closes the view."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]  # RawIOBase hands a writable buffer
        part = self._stream.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)
