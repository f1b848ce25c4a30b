"""What a kind of matter tells of its work: the acts an office can do, each as one row, and its lists."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from sala.core.actors import Actor

Words = str | Promise
# (the matter's own row, who looks) -> whether it is so now.
Needed = Callable[[Any, Actor], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing an officer can do to one matter: everything about it stands in this row, and nowhere else.

    `label` is on the button, `done` is said afterwards, `key` opens it ("" for none). `form` asks (its `values` are
    what the action takes), `do` is the action, `needs` says whether it is offered; the action itself asks again.
    `values` adds what only the door knows (of request, row, values), `after` is where the officer goes then (of
    request and row; None is back to the page). `in_bulk`: may be done to many at once. `lacking` says what is missing
    before it can be done to many, of the posted fields.
    """

    code: str
    label: Words
    done: Words
    form: type[Any]
    do: Callable[..., Any]
    needs: Needed
    key: str = ""
    values: Callable[[Any, Any, dict[str, Any]], dict[str, Any]] | None = None
    after: Callable[[Any, Any], str] | None = None
    in_bulk: bool = False
    lacking: Callable[[Mapping[str, Any]], str] | None = None
    takes_files: bool = False
    takes_ready_words: bool = False


def offered(acts: Sequence[Act], row: Any, actor: Actor) -> list[Act]:
    """What this actor may do to a matter now, in the order of the rows."""
    return [act for act in acts if act.needs(row, actor)]


def by_code(acts: Sequence[Act]) -> dict[str, Act]:
    """The acts by their codes. Raises ValueError if two have the same code or key."""
    keys = [act.key for act in acts if act.key]
    found = {act.code: act for act in acts}
    if len(found) != len(acts) or len(set(keys)) != len(keys):
        raise ValueError("two acts have the same code or key")
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a list, in words; tags are (words, colour), `guesses` (what it may be about, percent)."""

    reference: str
    address: str
    title: str
    left: tuple[str, str]
    due_at: datetime | None
    about: str
    stage: tuple[str, str]
    channel: str = ""
    flags: tuple[tuple[str, str], ...] = ()
    guesses: tuple[tuple[str, int], ...] = ()
    area: str = ""
    people: int = 1
    holder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Oversight:
    """What those who oversee offices count of a kind of matter.

    `rows` is everything that is counted, each row with `done_at`: when the office said it was done, else when it was
    closed; None while neither is. `open_now` is what an office must act on, `late` what of it is past its date at an
    instant. `steps` are (words, condition) of how far one came since it came in, each reached after the one before.
    """

    rows: Callable[[], Any]
    open_now: Any
    late: Callable[[datetime], Any]
    steps: Sequence[tuple[Words, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Worklist:
    """The work of one kind of matter, as an office sees it.

    `model` has a `matter` as its key, and a `desk`. `views` are (code, words) in their order, the first one opens;
    `uncounted` are those whose numbers cost too much or say nothing. `conditions` says what each view holds, and
    under "all" what is the office's at all, under "own" what of it waits and is counted; every kind has "open" (what
    somebody of the office must act on), "today" and "overdue" among its views. Its values are `agency`, `person`,
    `now` and `tomorrow`, each a value or a place for one. `holds` is where an officer's word may stand.
    `lines` puts rows into words, in a language and at an instant. `find` is one of them for somebody who may read it
    (of reference, actor and now; raises NotFound), `told` its words as the office reads them, with personal data
    covered.
    """

    acts: Sequence[Act]
    views: Sequence[tuple[str, Words]]
    model: type[Any]
    related: tuple[str, ...]
    conditions: Callable[[Mapping[str, Any]], Mapping[str, Any]]
    holds: Callable[[str], Any]
    lines: Callable[[Sequence[Any], str, datetime], Sequence[Line]]
    find: Callable[[str, Actor, datetime], Any]
    told: Callable[[Any], str]
    # The fields of acts that are done to many at once: a template below the list, and the name of the address they are
    # sent to with `reference` and `act`; "" for a kind without.
    bulk_template: str
    bulk_url_name: str
    oversight: Oversight
    uncounted: frozenset[str] = frozenset()
    # Views in which the newest comes first, by when it was closed.
    by_closing: frozenset[str] = frozenset()
