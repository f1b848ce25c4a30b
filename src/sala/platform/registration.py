"""What a box tells all others of itself: one `Box` per box, one `Kind` per kind of matter; `site/boxes.py` lists them.

Nothing here has a default: whoever adds a box says of each point what it has, or says that it has nothing. A point
that could be forgotten would be forgotten by the fourth service.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple

from django.utils.functional import Promise

from sala.core.actors import Actor, Role
from sala.core.columns import Column
from sala.platform.worklist import Worklist

Weight = Literal["A", "B", "C", "D"]
Words = str | Promise
# What happened, and what more there is to say, in the reader's language.
Described = tuple[str, str]
# (label, address) of a page.
Link = tuple[str, str]


class WorkPlace(NamedTuple):
    """A page where staff work: what it is called with how many wait there, its address, whose day begins there.

    `begins_for` are roles; the daily pages of an office (`is_daily`) stand before those that are opened now and then.
    """

    label: str
    address: str
    begins_for: frozenset[Role] = frozenset()
    is_daily: bool = False


# Of somebody who has several roles, the first of these that they hold says where their day begins.
DAYS_OF = (
    *(Role.SUPERVISOR, Role.OFFICER, Role.OPERATOR, Role.MODERATOR),
    *(Role.EXECUTIVE, Role.AUDITOR, Role.ADMINISTRATOR),
)


def in_order(places: Iterable[WorkPlace], roles: Collection[Role]) -> list[WorkPlace]:
    """The pages of somebody's work: where the day of their first role begins, then the daily ones, then the rest."""
    role = next((role for role in DAYS_OF if role in roles), None)
    return sorted(places, key=lambda place: (role not in place.begins_for, not place.is_daily))


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageKind:
    """A kind of message about a matter: its words, whether a person writes it, whether colleagues alone read it."""

    name: Words
    by_person: bool = False
    is_internal: bool = False


@dataclass(frozen=True, kw_only=True)
class Kind:
    """Everything the spine needs of a kind of matter.

    `code` is also the family of its events: what stands before the dot of "complaint.filed". `letters` begin its
    references: two of `core.references.LETTERS` (complaints, the first kind, have one).
    """

    code: str
    letters: str
    name: Words
    plural: Words
    # How a person begins one: (what to do, address), with the words they have typed so far; None if they cannot.
    begin: Callable[[str], Link] | None
    # (words, colour) for where a matter stands, by its stage; colours are those of the tag `status`.
    stage: Callable[[str], tuple[str, str]]
    # (code, words) of every stage, in their order.
    stages: Callable[[], Sequence[tuple[str, str]]]
    # (code, name) of its topics in a language.
    topics: Callable[[str], Sequence[tuple[str, str]]]
    # An entry in words, from the event's kind and the entry's values.
    describe_entry: Callable[[str, Mapping[str, Any]], Described]
    # The colour beside an event on the first page, by the event's kind; what is not named has none.
    event_colours: Mapping[str, str]
    # Events no follower is notified of, and those that say nothing to a passer-by of the first page.
    silent_events: frozenset[str]
    passed_over_events: frozenset[str]
    # What may be written about a matter of this kind, by code.
    messages: Mapping[str, MessageKind]
    # Addresses by reference: for everyone, for staff, and for whoever opened it. The last one also of the id of a
    # person (or None) and the e-mail address a letter goes to; "" if that is somebody else.
    page: Callable[[str], str]
    work_page: Callable[[str], str]
    own_page: Callable[[str, int | None, str], str]
    # Those of these matters (their keys) that a person opened; one query, however many are asked about.
    opened_by: Callable[[int, Sequence[int]], frozenset[int]]
    # What matters are found by: (text, weight A to D) parts of each, by the matter's key.
    search_parts: Callable[[Sequence[Any]], Mapping[int, Sequence[tuple[str, Weight]]]]
    # Keys of the matters behind names in the ledger that are no references, by name; None where all are public.
    hidden_names: Callable[[Sequence[str]], Mapping[str, int]] | None
    # The lists and acts of an office; None for a kind that nobody works on.
    worklist: Worklist | None
    # Where an answer to a letter about a matter goes, by reference; "" for nowhere. None for a kind that takes no mail.
    reply_address: Callable[[str], str] | None
    # Takes a letter that came in for a matter (a `platform.letters.Arrived`); what it was taken as, "" if refused.
    take_mail: Callable[[Any], str] | None
    # Takes a first letter to the general address, about no matter yet; what it was taken as, "" if refused. One kind
    # of a site at most has it: a letter does not say which service is meant.
    begin_by_mail: Callable[[Any], str] | None
    # Counts a running date anew (of actor, now, reference, clock) because a holiday was declared, and tells the step;
    # None for a kind without dates. `commons.deadlines` calls it.
    move_date: Callable[..., object] | None
    # Words of its newest so many matters beside the entries that commit to them (`moderation.queries.Kept`), for
    # whoever checks that nobody exchanged them; None for a kind that keeps no words of people.
    kept_words: Callable[[int], Iterator[Any]] | None
    # Event -> ids of the people whose office it is to know, of the entry's values and the matter's key.
    duties: Mapping[str, Callable[[Mapping[str, Any], int], Sequence[int]]]


class Way(NamedTuple):
    """Something a person can do, on the home page: a drawn sign, what it is, a line about it, the address by name."""

    icon: str
    title: Words
    line: Words
    url_name: str
    query: str = ""


@dataclass(frozen=True, kw_only=True)
class Door:
    """One way in on the first page and in the navigation; `plans` says what it will hold until `url_name` exists.

    `pages` are (part, url name) of pages behind it that the frame links to: "tell" something, "track" a matter,
    "figures". Where two services have a page for one part, the frame links to that of the first.
    """

    key: str
    url_name: str
    name: Words
    title: Words
    line: Words
    plans: tuple[Words, ...] = ()
    ways: tuple[Way, ...] = ()
    pages: tuple[tuple[str, str], ...] = ()


class Figure(NamedTuple):
    """One figure with the words that say exactly what it counts; `kind` is its colour (ok, late or none)."""

    value: str
    unit: Words
    words: Words
    kind: str = ""


@dataclass(frozen=True, kw_only=True)
class Front:
    """What a service shows of its work on the first page.

    `counts` are the bare numbers behind it, for /figures.json; `good_news` a short line on its door, or "". `template`
    draws the rest from `shown`; it is the service's own, so that the page knows no service.
    """

    counts: Mapping[str, object]
    figures: Sequence[Figure]
    good_news: str
    since: datetime
    as_of: datetime
    template: str
    shown: Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Held:
    """A piece a box holds of a person: for the page of one's own data, the export, and the erasure.

    `list_own` gives the lines of the person's page (or is None), `export` JSON values, `erase` runs inside the
    erasing transaction (None where nothing of it is personal, or the row is needed by others).
    """

    code: str
    name: Words
    list_own: Callable[[int], Sequence[Any]] | None
    export: Callable[[int], Any] | None
    erase: Callable[[int], None] | None


@dataclass(frozen=True, kw_only=True)
class Importer:
    """A table that `sala import NAME` brings in, and the page of imports; both know only what stands here.

    `take` is an action, called with actor, now and rows (line, our names -> cells as their kinds read them), with
    `options` too if it has any; it returns a `core.tables.Outcome`. `batch` rows are taken at a time, each batch in a
    transaction of its own; 0: all at once. `rehearse` takes the same and changes nothing; None: `take` is undone.
    `take_back` is a part of an action: of actor, now and keys of what was added, it returns those that must stay,
    with the code of why. `options` of a mapping file, with what holds where one is left out (None: must be there).
    """

    name: str
    # What is brought in, in the reader's language; `line` is the command's help.
    title: Words
    line: str
    columns: tuple[Column, ...]
    take: Callable[..., Any]
    options: Mapping[str, str | None] = field(default_factory=dict)
    batch: int = 0
    rehearse: Callable[..., Any] | None = None
    take_back: Callable[..., Mapping[str, str]] | None = None
    # Whether no table can be read without a mapping file; and the package and folder of those we ship ("a.b:c/d").
    needs_mapping: bool = False
    mapping_folder: str = ""
    # Several publishers' tables at once: `take` gets `tables` (name, columns, rows); a header is known by this.
    is_header: Callable[[Sequence[str]], bool] | None = None
    # Whether texts (.txt, .txt.gz) are rows too: the file's name without its ending as `name`, all in it as `text`.
    takes_texts: bool = False
    # (pattern of files, mapping) in a folder of real data that a demonstration brings in.
    samples: tuple[tuple[str, str], ...] = ()

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns that must be there."""
        return tuple(column.name for column in self.columns if column.is_needed)


@dataclass(frozen=True, kw_only=True)
class Box:
    """Everything that the site must know of a box; an empty value says that the box has nothing of that sort."""

    # The package, "sala.commons.ledger": its last word names the box.
    package: str
    kinds: tuple[Kind, ...]
    # (prefix, module of addresses) below each language; addresses of programs have no language.
    addresses: tuple[tuple[str, str], ...]
    machine_addresses: tuple[Any, ...]
    # (prefix, router) below /api.
    routers: tuple[tuple[str, Any], ...]
    # Prefixes of addresses that answer in data (with another standard's refusals): prefix -> (path, status, words).
    refuse_programs: Mapping[str, Callable[[str, int, str], Any]]
    door: Door | None
    # Code of a refusal -> its sentence.
    refusals: Mapping[str, Words]
    # Events that belong to no matter, in words.
    event_words: Mapping[str, Words]
    # Purposes of looking at personal data, with their words; consents asked, by purpose.
    purposes: tuple[tuple[Any, Words], ...]
    consents: Mapping[str, Any]
    held: tuple[Held, ...]
    # Names of pieces within exports, and how codes among them are said.
    held_names: Mapping[str, Words]
    held_codes: Mapping[str, Callable[[str], str]]
    # Pages where staff work.
    work_places: Callable[[Actor], Sequence[WorkPlace]] | None
    # Public figures about a body or an area: (number, words, address), of (agency code, area code), one of them "".
    figures_of: Callable[[str, str], Sequence[tuple[int, str, str]]] | None
    front: Callable[[datetime], Front] | None
    topic_name: Callable[[str], str] | None
    # Public tables, each declared once (`platform.tables.Table`).
    tables: tuple[Any, ...]
    imports: tuple[Importer, ...]
    # Families of metrics: (name, words, label, {label value: number}).
    metrics: Callable[[datetime], Iterator[tuple[str, str, str, Mapping[str, int]]]] | None
    # "module:function" run when a site is set up or brought up to date; each says what it made, "" for nothing. By
    # name, since what they need (a model's trainer) is heavy and no serving process wants it.
    preparations: tuple[str, ...]
    # Module with `play(stage)`, loaded only by the demonstration; "" for none.
    demonstration: str
    # Template of this box's part of the help page; "" for none.
    help_template: str

    @property
    def name(self) -> str:
        """The box's short name."""
        return self.package.rpartition(".")[2]
