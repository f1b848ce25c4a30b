"""Reads of the law library: search by words, number, year and kind; a law on a day; one provision; two versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from sala.core.errors import NotFound
from sala.engines import legislation, thai
from sala.engines.legislation.document import Item, Law, Paragraph, Unit
from sala.engines.legislation.kinds import PROVISIONS, WORDS
from sala.engines.legislation.kinds import Kind as UnitKind
from sala.services.lawmaking.models import Expression, Provision, Work
from sala.services.lawmaking.rules import laws as rules

LONGEST = 200
MOST_HITS = 3
_LIGHT = ("preamble", "ending", "akn", "not_understood")
_HOLDING = """
SELECT version.work_id FROM lawmaking_provision told JOIN lawmaking_expression version ON version.id = told.version_id
WHERE told.words @@ %s::tsquery AND (version.holds_from IS NULL OR version.holds_from <= %s)
AND (version.holds_until IS NULL OR version.holds_until >= %s)
"""
_HITS = """
SELECT work_id, id FROM (
SELECT version.work_id, told.id, row_number() OVER (
PARTITION BY version.work_id ORDER BY ts_rank(told.words, %(query)s::tsquery) DESC, told."order") AS place
FROM lawmaking_provision told JOIN lawmaking_expression version ON version.id = told.version_id
WHERE version.work_id = ANY(%(works)s) AND told.words @@ %(query)s::tsquery
AND (version.holds_from IS NULL OR version.holds_from <= %(day)s)
AND (version.holds_until IS NULL OR version.holds_until >= %(day)s)) found WHERE place <= %(most)s ORDER BY place
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody looks for: words, a kind of law, an office's code, a Buddhist year, as it holds on a day.

    `is_dated`: laws without a text for that day are left out.
    """

    words: str = ""
    kind: str = ""
    agency: str = ""
    year: int | None = None
    day: date
    is_dated: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A provision that holds the words, with those around the first of them."""

    label: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """A page of laws, each with the provisions that hold the words; how many laws there are in all."""

    laws: tuple[tuple[Work, tuple[Hit, ...]], ...]
    count: int


def label_of(provision: Provision | Unit) -> str:
    """มาตรา ๑๐, หมวด ๒, บทเฉพาะกาล, as printed."""
    word = WORDS[UnitKind(provision.kind)]
    return f"{word} {provision.number}" if provision.number else word


def search_laws(wanted: Wanted, *, page: int = 1, size: int = 20) -> Found:
    """Laws whose title, or one of whose provisions on that day, holds all the words. Four queries at most."""
    query = thai.query_literal(wanted.words[:LONGEST])
    found = _narrowed(wanted, query)
    count = found.count()
    works = list(found[(page - 1) * size : page * size])
    hits = _hits(query, [work.pk for work in works], wanted.day) if query and works else {}
    return Found(tuple((work, tuple(hits.get(work.pk, ()))) for work in works), count)


def _narrowed(wanted: Wanted, query: str) -> QuerySet[Work]:
    found = Work.objects.all()
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.year:
        found = found.filter(year=wanted.year)
    if wanted.agency:
        found = found.filter(agency=wanted.agency)
    if wanted.is_dated:
        found = found.filter(Exists(_texts_on(wanted.day).filter(work=OuterRef("pk"))))
    order: list[Any] = [F("year").desc(nulls_last=True), F("title"), F("code")]
    if not query:
        return found.order_by(*order)
    titled = RawSQL("lawmaking_work.words @@ %s::tsquery", [query], output_field=BooleanField())
    held = RawSQL(_HOLDING, [query, wanted.day, wanted.day])  # a sub-query of numbers
    found = found.annotate(is_titled=titled).filter(Q(is_titled=True) | Q(pk__in=held))
    return found.order_by("-is_titled", *order)


def _texts_on(day: date) -> QuerySet[Expression]:
    since = Q(holds_from__isnull=True) | Q(holds_from__lte=day)
    return Expression.objects.filter(since, Q(holds_until__isnull=True) | Q(holds_until__gte=day))


def _hits(query: str, works: Sequence[int], day: date) -> dict[int, list[Hit]]:
    with connection.cursor() as cursor:
        cursor.execute(_HITS, {"query": query, "works": list(works), "day": day, "most": MOST_HITS})
        rows: list[tuple[int, int]] = cursor.fetchall()
    told = Provision.objects.in_bulk([key for _, key in rows])
    found: dict[int, list[Hit]] = {}
    for work, key in rows:
        one = told[key]
        text = " ".join((one.text or one.heading).split())
        found.setdefault(work, []).append(
            Hit(label_of(one), rules.address_name(one.eid), text[:160] + ("…" if len(text) > 160 else ""))
        )
    return found


def kinds() -> list[str]:
    """The kinds of law there are in the library. One query."""
    return list(Work.objects.order_by("kind").values_list("kind", flat=True).distinct())


def agencies() -> list[str]:
    """The codes of the offices that laws of the library belong to. One query."""
    found = Work.objects.exclude(agency="").order_by("agency")
    return list(found.values_list("agency", flat=True).distinct())


def get_work(code: str) -> Work:
    """A law by its permanent name. Raises NotFound."""
    work = Work.objects.filter(code=code).first()
    if work is None:
        raise NotFound("law_not_found", law=code)
    return work


def list_versions(work: Work) -> list[Expression]:
    """Its versions without their texts, the earliest first."""
    found = list(Expression.objects.filter(work=work).defer(*_LIGHT))
    for one in found:
        one.work = work
    return sorted(found, key=lambda one: one.holds_from or date.min)


def version_on(versions: Sequence[Expression], day: date) -> Expression:
    """The version that holds on a day. Raises NotFound where there was none."""
    found = next((one for one in versions if rules.holds_on(one.holds_from, one.holds_until, day)), None)
    if found is None:
        raise NotFound("no_version_that_day", day=day.isoformat())
    return found


def get_whole(version: Expression) -> Expression:
    """A version with all of its text. One query."""
    return Expression.objects.get(pk=version.pk)


def list_provisions(version: Expression) -> list[Provision]:
    """Headings and provisions of a version in their order. One query."""
    return list(Provision.objects.filter(version=version).defer("words").order_by("order"))


@dataclass(frozen=True, slots=True)
class Through:
    """One provision: as it is in the version read, its neighbours, and in every version of the law."""

    here: Provision
    before: Provision | None
    after: Provision | None
    versions: tuple[tuple[Expression, Provision | None], ...]


def get_provision(versions: Sequence[Expression], version: Expression, name: str) -> Through:
    """A provision by its name in an address, through all versions. Two queries. Raises NotFound."""
    eid = rules.eid_of(name)
    same = Provision.objects.filter(version__in=[one.pk for one in versions], eid=eid).defer("words")
    by_version = {one.version_id: one for one in same}
    here = by_version.get(version.pk)
    if here is None:
        raise NotFound("no_such_provision")
    near = Provision.objects.filter(version=version, order__in=(here.order - 1, here.order + 1))
    beside = {one.order: one for one in near.defer("words", "content", "text")}
    through = tuple((one, by_version.get(one.pk)) for one in versions)
    return Through(here, beside.get(here.order - 1), beside.get(here.order + 1), through)


def compare(before: Expression, after: Expression) -> legislation.Comparison:
    """Two versions compared by word. Two queries."""
    return legislation.compare_laws(_law(before), _law(after))


def _law(version: Expression) -> Law:
    units = tuple(map(_unit, list_provisions(version)))
    return Law(title=version.work.title, instrument="", year="", text="", units=units)


def _unit(one: Provision) -> Unit:
    return Unit(
        kind=UnitKind(one.kind),
        number=one.number,
        number_arabic=one.number_arabic,
        heading=one.heading,
        start=0,
        end=0,
        eid=one.eid,
        text=one.text,
        paragraphs=tuple(map(_paragraph, one.content)),
    )


def _paragraph(told: dict[str, Any]) -> Paragraph:
    return Paragraph(
        told["text"],
        tuple(map(_item, told.get("items", ()))),
        told.get("tail", ""),
        tuple(told.get("definitions", ())),
        told["eid"],
    )


def _item(told: dict[str, Any]) -> Item:
    inner = tuple(map(_item, told.get("items", ())))
    return Item(told["label"], told["label"], told["text"], told["eid"], inner)


def to_document(work: Work, version: Expression, provisions: Sequence[Provision]) -> dict[str, Any]:
    """A version as programs read it."""
    return {
        "code": work.code,
        "kind": work.kind,
        "title": work.title,
        "year": work.year,
        "amends": work.amends,
        "agency": work.agency,
        "source": work.source,
        "url": work.url,
        "is_example": work.is_example,
        "holds_from": version.holds_from and version.holds_from.isoformat(),
        "holds_until": version.holds_until and version.holds_until.isoformat(),
        "sha256": version.sha256,
        "units": [
            {
                "eid": one.eid,
                "kind": one.kind,
                "number": one.number,
                "number_arabic": one.number_arabic,
                "heading": one.heading,
                "path": one.path.split(),
                "text": one.text,
                "content": one.content,
            }
            for one in provisions
        ],
        "not_understood": version.not_understood,
    }


def page_of_provisions(after: int, size: int) -> list[Provision]:
    """Provisions of every version by their number, for reading the whole library. One query."""
    found = Provision.objects.filter(pk__gt=after, kind__in=[kind.value for kind in PROVISIONS])
    return list(found.select_related("version__work").defer("words", "version__akn").order_by("pk")[:size])


def page_of_versions(after: int, size: int) -> list[Expression]:
    """Versions of every law by their number. One query."""
    found = Expression.objects.filter(pk__gt=after).select_related("work").defer("akn", "preamble", "ending")
    return list(found.order_by("pk")[:size])
