"""The statements people voted on: their words, and whether they count."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sala.engines.opinions.conversation import CONVERSATION_NAMES, OneConversation
from sala.engines.opinions.votes import BadVotesError

ID_NAMES = ("comment-id", "statement-id", "comment_id", "statement_id", "tid", "id")
TEXT_NAMES = ("comment-body", "body", "text", "txt", "statement", "comment")
MODERATED_OUT = -1.0
LONGEST_NUMBER = 18  # digits that surely fit 64 bits; a longer id stays text


@dataclass(frozen=True)
class Comment:
    """A statement's words. Moderated out, or about the conversation itself (meta), it does not shape the
    map."""

    text: str
    is_moderated_out: bool = False
    is_meta: bool = False

    @property
    def is_excluded(self) -> bool:
        return self.is_moderated_out or self.is_meta


def read_comments(lines: Iterable[str], *, conversation: str | None = None) -> dict[int | str, Comment]:
    """Read statements from the lines of a CSV file with a header, as Polis exports it.

    Columns by name: `comment-id` (or `statement-id`), `comment-body` (or `text`), and where present
    `moderated` (-1 moderated out, 0 not seen yet, 1 let in) and `is-meta`. A column of conversations is heeded
    as in `read_votes`. Raises BadVotesError, with the line, on anything else, and on an id that stands for two
    statements.
    """
    rows = csv.DictReader(lines)
    try:
        return _by_id(rows, conversation)
    except csv.Error as problem:
        raise BadVotesError(f"this is not CSV: {problem}", rows.line_num) from problem


def _by_id(rows: "csv.DictReader[str]", conversation: str | None) -> dict[int | str, Comment]:
    found: dict[int | str, Comment] = {}
    for one, comment in _comments(rows, conversation):
        if found.setdefault(one, comment) != comment:
            raise BadVotesError(f"the id {one} stands for two different comments", rows.line_num)
    return found


def _comments(rows: "csv.DictReader[str]", conversation: str | None) -> Iterator[tuple[int | str, Comment]]:
    names = {name.strip().lower(): name for name in rows.fieldnames or ()}
    id_name = next((names[name] for name in ID_NAMES if name in names), None)
    text_name = next((names[name] for name in TEXT_NAMES if name in names), "")
    moderated, meta = names.get("moderated", ""), names.get("is-meta", names.get("is_meta", ""))
    if id_name is None:
        raise BadVotesError(f"the comments have no column of ids (looked for {', '.join(ID_NAMES)})", 1)
    column = next((names[name] for name in CONVERSATION_NAMES if name in names), None)
    only = OneConversation(None if column is None else conversation, None if column is None else 0)
    for row in rows:
        line = rows.line_num
        if column is not None and not only.takes([row[column] or ""], line):
            continue
        if None in row or not (row[id_name] or "").strip():
            raise BadVotesError("this comment has no id, or more cells than the header", line)
        is_out = _moderation(row.get(moderated), line) == MODERATED_OUT
        yield as_id(row[id_name]), Comment(row.get(text_name) or "", is_out, _yes(row.get(meta)))


def as_id(written: object) -> int | str:
    """An id as a number where it is written as one, else as text; so files that write ids apart still
    meet."""
    text = str(written).strip()
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_NUMBER else text


def _moderation(text: str | None, line: int) -> float:
    if not (text or "").strip():
        return 0.0
    try:
        return float(text or "")
    except ValueError:
        raise BadVotesError(f"moderated is {text!r}, not -1, 0 or 1", line) from None


def _yes(text: str | None) -> bool:
    return (text or "").strip().lower() in {"true", "t", "1", "yes"}
