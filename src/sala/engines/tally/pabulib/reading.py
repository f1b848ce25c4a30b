"""Reading a `.pb` file strictly: what does not fit is refused with its section and line."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from sala.engines.tally.election import Election, Kind, Project
from sala.engines.tally.pabulib.document import PabulibError, PabulibFile
from sala.engines.tally.pabulib.lines import Lines, named_twice, take_record
from sala.engines.tally.pabulib.published import read_terms
from sala.engines.tally.pabulib.votes import VoteReader

SECTIONS = ("META", "PROJECTS", "VOTES")
KINDS: dict[str, Kind] = {
    "approval": "approval",
    "choose-1": "approval",
    "ordinal": "ranking",
    "cumulative": "points",
    "scoring": "points",
}
_AMOUNT = re.compile(r"[0-9]{1,18}([.,][0-9]{1,18})?")
_THOUSANDS = re.compile(r"[0-9]{1,3},[0-9]{3}")
_WHOLE = re.compile(r"[0-9]{1,18}")
_NOTHING = re.compile(r"0*([.,]0*)?")
_SMALLEST_UNIT_DIGITS = 2

Records = list[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class _Section:
    line: int
    columns: tuple[str, ...]
    records: Records


def read_pabulib(chunks: Iterable[bytes], *, keep_votes: bool = False) -> PabulibFile:
    """Read the bytes of a `.pb` file, given in chunks of any size (a few megabytes are best).

    Money becomes integers in minor units (hundredths, or finer if the file writes finer). `keep_votes`
    keeps the VOTES text so that the file can be written again. Raises PabulibError.
    Format: Stolicki, Szufa, Talmon 2020 (arXiv 2012.06539) and pabulib.org/format.
    """
    lines = Lines(_without_mark(chunks))
    meta_section, projects_section, votes_line = _read_heads(lines)
    meta = _meta(meta_section)
    kind = _kind(meta)
    votes_head = take_record(lines, "VOTES")
    if votes_head is None:
        raise PabulibError("VOTES", votes_line, "the section has no header line.")
    columns = tuple(name.lower() for name in votes_head[1])
    budget_line, budget_text = _required(meta, "budget", meta_section)
    costs = _costs(projects_section)
    digits = max(_SMALLEST_UNIT_DIGITS, *(_decimals(text) for text in [budget_text, *costs.values()]))
    reader = VoteReader(list(costs), columns, votes_head[0], kind=kind)
    kept = []
    for block in lines.rest():
        reader.read(block, lines.number)
        lines.number += block.count(b"\n")
        if keep_votes:
            kept.append(block)
    ballots = reader.ballots(lines.number)
    _check_count(meta, "num_projects", len(costs))
    _check_count(meta, "num_votes", len(ballots))
    election = Election(
        tuple(Project(p, _minor(text, digits)) for p, text in costs.items()),
        _minor(budget_text, digits),
        kind,
        ballots,
        10**digits,
        read_terms({key: value for key, (_, value) in meta.items()}, kind),
        reader.repeats,
    )
    return PabulibFile(
        {key: value for key, (_, value) in meta.items()},
        projects_section.columns,
        tuple(tuple(fields) for _, fields in projects_section.records),
        columns,
        election,
        tuple(kept) if keep_votes else None,
        lines.newline,
    )


def _without_mark(chunks: Iterable[bytes]) -> Iterator[bytes]:
    first = True
    for chunk in chunks:
        yield chunk.removeprefix(b"\xef\xbb\xbf") if first else chunk
        first = first and not chunk


def _read_heads(lines: Lines) -> tuple[_Section, _Section, int]:
    """META and PROJECTS whole, and the line of the VOTES title."""
    title = take_record(lines, "META")
    if title is None or _title(title[1]) != "META":
        raise PabulibError("META", title[0] if title else 1, "a .pb file begins with the line META.")
    found: list[_Section] = []
    begin, records, waiting = title[0], [], list(SECTIONS[1:])
    while waiting:
        section = SECTIONS[len(found)]
        record = take_record(lines, section)
        if record is None:
            raise PabulibError(section, lines.number, f"the file ends before the section {waiting[0]}.")
        name = _title(record[1])
        if name is None:
            records.append(record)
            continue
        if name != waiting.pop(0):
            raise PabulibError(section, record[0], f"the section {name} is not expected here.")
        found.append(_section(section, begin, records))
        begin, records = record[0], []
    return found[0], found[1], begin


def _title(fields: list[str]) -> str | None:
    """The section a record begins; a spreadsheet program may have put empty fields after the word."""
    return fields[0].upper() if fields[0].upper() in SECTIONS and not any(fields[1:]) else None


def _section(name: str, line: int, records: Records) -> _Section:
    if name == "META":
        # A few published files leave the header key;value out.
        has_head = bool(records) and [text.lower() for text in _filled(records[0][1])] == ["key", "value"]
        return _Section(line, ("key", "value"), records[1:] if has_head else records)
    if not records:
        raise PabulibError(name, line, "the section has no header line.")
    columns = tuple(text.lower() for text in records[0][1])
    for needed in ("project_id", "cost"):
        if needed not in columns:
            raise PabulibError(name, records[0][0], f"the header has no column {needed}.")
    if named_twice(columns):
        raise PabulibError(name, records[0][0], "a column is named twice in the header.")
    for number, fields in records[1:]:
        if len(fields) != len(columns):
            why = f"{len(fields)} fields where the header has {len(columns)}."
            raise PabulibError(name, number, why)
    return _Section(line, columns, records[1:])


def _filled(fields: list[str]) -> list[str]:
    """The fields up to the last that holds something."""
    kept = list(fields)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _meta(section: _Section) -> dict[str, tuple[int, str]]:
    meta: dict[str, tuple[int, str]] = {}
    for number, fields in section.records:
        if len(fields) < 2 or not fields[0]:
            raise PabulibError("META", number, "expected a key and a value with a semicolon between.")
        if fields[0] in meta:
            raise PabulibError("META", number, f"the key {fields[0]} is given twice.")
        meta[fields[0]] = (number, ";".join(_filled(fields[1:])))
    default = meta.get("default_score", (0, "0"))
    if not _NOTHING.fullmatch(default[1]):
        why = f"default_score {default[1]} is not supported: unlisted projects count as 0."
        raise PabulibError("META", default[0], why)
    number, text = _required(meta, "budget", section)
    _check_amount("META", number, "budget", text)
    return meta


def _check_amount(section: str, number: int, name: str, text: str) -> None:
    if not _AMOUNT.fullmatch(text):
        raise PabulibError(section, number, f"the {name} {text!r} is not an amount of money.")
    if _THOUSANDS.fullmatch(text):
        why = f"the {name} {text!r} may mean thousands or thousandths; write it without the comma."
        raise PabulibError(section, number, why)


def _required(meta: dict[str, tuple[int, str]], key: str, section: _Section | None) -> tuple[int, str]:
    if key not in meta:
        raise PabulibError("META", section.line if section else 1, f"the key {key} is missing.")
    return meta[key]


def _kind(meta: dict[str, tuple[int, str]]) -> Kind:
    number, text = _required(meta, "vote_type", None)
    if text.lower() not in KINDS:
        why = f"the vote_type {text!r} is unknown; known are {', '.join(KINDS)}."
        raise PabulibError("META", number, why)
    return KINDS[text.lower()]


def _costs(section: _Section) -> dict[str, str]:
    """The written cost of each project, in the order of the file."""
    costs: dict[str, str] = {}
    id_place, cost_place = section.columns.index("project_id"), section.columns.index("cost")
    for number, fields in section.records:
        project, cost = fields[id_place], fields[cost_place]
        if not project or "," in project:
            raise PabulibError("PROJECTS", number, f"{project!r} cannot be a project id.")
        if project in costs:
            raise PabulibError("PROJECTS", number, f"the project {project} is given twice.")
        _check_amount("PROJECTS", number, "cost", cost)
        costs[project] = cost
    if not costs:
        raise PabulibError("PROJECTS", section.line, "the section lists no project.")
    return costs


def _decimals(text: str) -> int:
    return len(re.split("[.,]", text)[1].rstrip("0")) if re.search("[.,]", text) else 0


def _minor(text: str, digits: int) -> int:
    return int(Decimal(text.replace(",", ".")).scaleb(digits))


def _check_count(meta: dict[str, tuple[int, str]], key: str, found: int) -> None:
    """The declared number guards against a file cut short."""
    if key not in meta:
        return
    number, text = meta[key]
    if not _WHOLE.fullmatch(text) or int(text) != found:
        raise PabulibError("META", number, f"{key} says {text}, but the file holds {found}.")
