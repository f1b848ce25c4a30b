"""Budgets come in: rows become events, sums are folded, one ledger entry holds the root over them all."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from sala.commons.ledger import actions as ledger
from sala.core.actors import Actor
from sala.core.tables import Outcome, Row, Unfit, bad_row
from sala.engines import merkle, thai
from sala.services.budgeting import events, permissions
from sala.services.budgeting.models import BudgetEvent, Heading, Load
from sala.services.budgeting.rules import rows as rules
from sala.services.budgeting.rules.proofs import SUBTREE

Path = tuple[tuple[str, str, str], ...]
# What a mapping may say for all of its rows; an empty one is said by each row, or is not known.
OPTIONS: Mapping[str, str | None] = {
    "fiscal_year": "",
    "stage": "",
    "holds_on": "",
    "actor": "",
    "published_total": "",
    "missing_th": "",
    "missing_en": "",
    "example": "",
}
_COPY_EVENTS = (
    "COPY budgeting_budgetevent (heading_id, load_id, position, stage, money_year, satang, holds_on, actor, document,"
    " page_from, page_to, doubtful, note, key) FROM STDIN"
)
_COPY_HEADINGS = (
    "COPY budgeting_heading (id, fiscal_year, code, parent_id, level, kind, name, trail, words) FROM STDIN"
)
_FOLD = """
INSERT INTO budgeting_daytotal AS kept (heading_id, stage, holds_on, satang, events, doubtful)
SELECT above, stage, holds_on, sum(satang), sum(events), sum(doubtful) FROM (
SELECT heading_id, stage, holds_on, sum(satang) AS satang, count(*) AS events, sum(doubtful) AS doubtful
FROM budgeting_budgetevent told JOIN budgeting_heading ON budgeting_heading.id = told.heading_id
WHERE load_id = %s AND money_year = fiscal_year GROUP BY heading_id, stage, holds_on) summed
JOIN budgeting_heading ON budgeting_heading.id = summed.heading_id, unnest(trail) AS above
GROUP BY above, stage, holds_on
ON CONFLICT (heading_id, stage, holds_on) DO UPDATE SET satang = kept.satang + excluded.satang,
events = kept.events + excluded.events, doubtful = kept.doubtful + excluded.doubtful
"""


@ledger.action_if_changed("the same table again changes nothing")
def import_budget(*, actor: Actor, now: datetime, rows: Iterable[Row], options: Mapping[str, str]) -> Outcome:
    """Everyone reads the events of a publisher's table, with the sums they make. Rows that cannot be read are told.

    A table of the same source that comes again adds only what differs, as events of the difference. Raises Refused.
    """
    permissions.require_may_load(actor)
    with connection.cursor() as cursor:
        # One load at a time: two of the same source would each add what the other adds.
        cursor.execute("LOCK TABLE budgeting_load IN SHARE ROW EXCLUSIVE MODE")
    loading = _Loading(options)
    for line, row in rows:
        try:
            loading.take(rules.read_row(row, options))
        except Unfit as unfit:
            loading.outcome.bad.append(bad_row(line, row, unfit))
    if loading.news:
        load = loading.write(now)
        event = events.BudgetLoaded(
            source=load.source,
            fiscal_years=" ".join(map(str, load.fiscal_years)),
            events=load.size,
            root=load.root,
            satang=sum(satang for _, satang, _, _ in loading.news),
        )
        ledger.record_entry(event, actor=actor, at=now)
    return loading.outcome


class _Loading:
    """One table on its way in."""

    def __init__(self, options: Mapping[str, str]) -> None:
        self.options = options
        self.outcome = Outcome()
        self.years: set[int] = set()
        # (row, satang to add, code of its heading, key)
        self.news: list[tuple[rules.Given, int, str, str]] = []
        self._codes: dict[tuple[int, Path], str] = {}
        self._seen: Counter[tuple[Any, ...]] = Counter()
        self._known = self._sums_by_key()

    def take(self, given: rules.Given) -> None:
        place = (given.fiscal_year, given.path)
        code = self._codes.get(place)
        if code is None:
            code = self._codes[place] = rules.code_of(*place)
        about = (code, given.stage, given.money_year, given.holds_on, given.document, given.page_from)
        nth = self._seen[about]
        self._seen[about] += 1
        key = rules.key_of(given, code, nth)
        before = self._known.get(key)
        if before == given.satang:
            self.outcome.unchanged += 1
            return
        if before is None:
            self.outcome.added += 1
        else:
            self.outcome.changed += 1
        self.years.add(given.fiscal_year)
        self.news.append((given, given.satang - (before or 0), code, key))

    def write(self, now: datetime) -> Load:
        leaves = [merkle.leaf_hash(rules.leaf_of(given, satang)) for given, satang, _, _ in self.news]
        subtrees = [merkle.root_over(part) for part in _parts(leaves)]
        total, options = self.options.get("published_total", ""), self.options
        load = Load.objects.create(
            source=options["source"],
            fiscal_years=sorted(self.years),
            root=merkle.root_over(subtrees).hex(),
            size=len(leaves),
            subtrees=b"".join(subtrees),
            published_satang=int(total) * 100 if total else None,
            published_stage=options.get("stage", "") if total else "",
            missing_th=options.get("missing_th", ""),
            missing_en=options.get("missing_en", ""),
            recorded_at=now,
            is_example=bool(options.get("example")),
        )
        headings = self._headings()
        self._copy_events(load, headings)
        return load

    def _sums_by_key(self) -> dict[str, int]:
        found: dict[str, int] = {}
        told = BudgetEvent.objects.filter(load__source=self.options["source"]).values_list("key", "satang")
        for key, satang in told.iterator(chunk_size=10_000):
            found[key.hex] = found.get(key.hex, 0) + satang
        return found

    def _headings(self) -> dict[str, int]:
        """Code -> id of every heading the news stand at; those that are new are written with all above them."""
        wanted: dict[tuple[int, Path], str] = {}
        for given, _, _, _ in self.news:
            for length in range(len(given.path), 0, -1):
                place = (given.fiscal_year, given.path[:length])
                if place in wanted:
                    break
                wanted[place] = self._codes.get(place) or rules.code_of(*place)
        there = Heading.objects.filter(fiscal_year__in=self.years)
        trails: dict[str, list[int]] = dict(there.values_list("code", "trail"))
        ids = {code: trail[-1] for code, trail in trails.items()}
        new = sorted(
            (place for place, code in wanted.items() if code not in ids), key=lambda one: len(one[1])
        )
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence('budgeting_heading', 'id')) FROM generate_series(1, %s)",
                [len(new)],
            )
            # "Investment" stands below every project: each name is cut into words once.
            vectors: dict[str, str] = {}
            numbers = [number for (number,) in cursor.fetchall()]
            with cursor.copy(_COPY_HEADINGS) as copy:
                for (year, path), number in zip(new, numbers, strict=True):
                    code, above = wanted[year, path], trails[wanted[year, path[:-1]]] if path[1:] else []
                    trail = trails[code] = [*above, number]
                    ids[code] = number
                    level, kind, name = path[-1]
                    parent = above[-1] if above else None
                    words = vectors.get(name)
                    if words is None:
                        words = vectors[name] = thai.vector_literal([(name, "A")])
                    copy.write_row((number, year, code, parent, level, kind, name, trail, words))
        return ids

    def _copy_events(self, load: Load, headings: Mapping[str, int]) -> None:
        with connection.cursor() as cursor:
            with cursor.copy(_COPY_EVENTS) as copy:
                for position, (given, satang, code, key) in enumerate(self.news):
                    copy.write_row(
                        (
                            *(headings[code], load.pk, position, given.stage, given.money_year, satang),
                            *(given.holds_on, given.actor, given.document, given.page_from, given.page_to),
                            *(given.doubtful, given.note, key),
                        )
                    )
            cursor.execute(_FOLD, [load.pk])


def _parts(leaves: list[bytes]) -> Iterator[list[bytes]]:
    return (leaves[at : at + SUBTREE] for at in range(0, len(leaves), SUBTREE))
