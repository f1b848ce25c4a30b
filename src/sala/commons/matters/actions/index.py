"""Keeping the search index in step with the ledger."""

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

from django.db import connection

from sala.commons.ledger import actions as ledger
from sala.commons.ledger.queries import LoggedEntry
from sala.commons.matters import rules, slots
from sala.commons.matters.models import Matter, SearchText
from sala.commons.matters.queries.search import lexemes
from sala.commons.places.queries import area_chain
from sala.engines import thai

VERSION = f"{thai.NORMALISER_VERSION}/{thai.DICTIONARY_HASH[:12]}/tags"

# What is found by the same words as before is not written again.
_PUT = """
INSERT INTO matters_searchtext AS known (matter_id, words, grams, version)
SELECT id, words::tsvector, grams::tsvector, %s
FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS given (id, words, grams)
ON CONFLICT (matter_id) DO UPDATE SET words = EXCLUDED.words, grams = EXCLUDED.grams, version = EXCLUDED.version
WHERE (known.words, known.grams, known.version) IS DISTINCT FROM (EXCLUDED.words, EXCLUDED.grams, EXCLUDED.version)
"""


@ledger.projection("what a public matter is found by, made again after its entries")
def index_matters(entries: Sequence[LoggedEntry]) -> None:
    """Public matters are found by their present words; those that are public no longer are not found.

    However many entries tell of a matter, it is read and written once. Two queries, and two for each kind.
    """
    named = {entry.content["matter"] for entry in entries}
    references = {name for name in named if name and not name.startswith("~")}
    if not references:
        return
    told = Matter.objects.filter(reference__in=references, kind__in=slots.kinds).order_by("kind", "pk")
    public = [matter for matter in told if matter.is_public]
    SearchText.objects.filter(matter__in=[matter.pk for matter in told if not matter.is_public]).delete()
    for kind, matters in groupby(public, key=attrgetter("kind")):
        _put(kind, list(matters))


def _put(kind: str, matters: Sequence[Matter]) -> None:
    parts = slots.kinds[kind].search_parts(matters)
    known = [matter for matter in matters if matter.pk in parts]
    found_by = [_found_by(matter, parts[matter.pk]) for matter in known]
    words, grams = [words for words, _ in found_by], [grams for _, grams in found_by]
    with connection.cursor() as cursor:
        cursor.execute(_PUT, [VERSION, [matter.pk for matter in known], words, grams])


def _found_by(matter: Matter, parts: Sequence[tuple[str, slots.Weight]]) -> tuple[str, str]:
    """Words and letter groups, each with the tags of the filters, as PostgreSQL's tsvector literals."""
    tags = lexemes(
        rules.search_tags(
            number=matter.pk,
            kind=matter.kind,
            agency=matter.agency,
            topic=matter.topic,
            stage=matter.stage,
            areas=area_chain(matter.area),
        )
    )
    grams = lexemes(thai.trigrams(" ".join(text for text, _ in parts[:2])))
    return f"{thai.vector_literal(parts)} {tags}", f"{grams} {tags}"
