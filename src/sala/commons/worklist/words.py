"""Lists of work in words: views that several kinds of matter share, and each row in the words of its kind."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from sala.commons.matters import slots
from sala.commons.worklist import queries
from sala.platform.registration import Words
from sala.platform.worklist import Line

# What a view is called where the rows of several kinds stand in it; each kind's own words fit only its own.
SHARED_VIEWS: Mapping[str, Words] = {
    "today": _("To do today"),
    "overdue": _("Late"),
    "answered": _("Somebody wrote"),
    "mine": _("Mine"),
    "open": _("All open"),
    "waiting": _("Waiting for somebody"),
    "closed": _("Closed"),
}
_EVERYWHERE: Mapping[str, Words] = {
    queries.UNASSIGNED: _("With nobody yet"),
    queries.NEAR: _("Due by tomorrow"),
}


def view_names(kind: str) -> list[tuple[str, Words]]:
    """(code, words) of the views of a list; `kind` "" is the list of every kind. Raises NotFound."""
    if kind:
        return [*queries.worklist_of(kind).views, *_EVERYWHERE.items()]
    names: dict[str, list[Words]] = {}
    for found in queries.kinds_worked_on():
        for view, name in queries.worklist_of(found.code).views:
            names.setdefault(view, []).append(name)
    shared = [
        (view, said[0] if len(said) == 1 else SHARED_VIEWS.get(view, said[0])) for view, said in names.items()
    ]
    return [*shared, *_EVERYWHERE.items()]


class ListedLine(NamedTuple):
    """A line with the kind it is of: its code, its name, and whether its topics say by themselves what it is."""

    kind: str
    name: Words
    line: Line
    has_topics: bool


def lines(rows: Sequence[Any], language: str, now: datetime) -> list[ListedLine]:
    """Rows of any kinds in words, in their order."""
    places: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        places.setdefault(row.matter.kind, []).append(at)
    found: dict[int, ListedLine] = {}
    for code, here in places.items():
        kind = slots.kinds[code]
        told = queries.worklist_of(code).lines([rows[at] for at in here], language, now)
        has_topics = bool(kind.topics(language))
        found |= {
            at: ListedLine(code, kind.plural, line, has_topics) for at, line in zip(here, told, strict=True)
        }
    return [found[at] for at in sorted(found)]


def act_keys(kind: str = "") -> list[tuple[str, Words]]:
    """(key, what it does) of each act that has a key, of a kind or of every kind; the same act once."""
    found: dict[tuple[str, str], Words] = {}
    for known in queries.kinds_worked_on():
        if known.code == kind or not kind:
            for act in queries.worklist_of(known.code).acts:
                if act.key:
                    found.setdefault((act.key, str(act.label)), act.label)
    return [(key, label) for (key, _label), label in sorted(found.items())]
