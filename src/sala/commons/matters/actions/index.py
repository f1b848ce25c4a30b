"""Keeping the search index in step with the ledger."""

from django.db import connection

from sala.commons.agencies.queries import area_chain
from sala.commons.ledger import actions as ledger
from sala.commons.ledger.queries import LoggedEntry
from sala.commons.matters import rules, slots
from sala.commons.matters.models import Matter, SearchText
from sala.commons.matters.queries.search import lexemes
from sala.engines import thai

VERSION = f"{thai.NORMALISER_VERSION}/{thai.DICTIONARY_HASH[:12]}/tags"

_PUT = """
INSERT INTO matters_searchtext (matter_id, words, grams, version) VALUES (%s, %s::tsvector, %s::tsvector, %s)
ON CONFLICT (matter_id) DO UPDATE SET words = EXCLUDED.words, grams = EXCLUDED.grams, version = EXCLUDED.version
"""


@ledger.projection("what a public matter is found by, made again after each of its entries")
def index_matter(entry: LoggedEntry) -> None:
    """A public matter is found by its present words; one that is public no longer is not found."""
    reference = entry.content["matter"]
    if not reference or reference.startswith("~"):
        return
    matter = Matter.objects.filter(reference=reference).first()
    if matter is None or matter.kind not in slots.texts:
        return
    if not matter.is_public:
        SearchText.objects.filter(matter=matter).delete()
        return
    parts = slots.texts[matter.kind](reference)
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
    words = f"{thai.vector_literal(parts)} {tags}"
    grams = f"{lexemes(thai.trigrams(' '.join(text for text, _ in parts[:2])))} {tags}"
    with connection.cursor() as cursor:
        cursor.execute(_PUT, [matter.pk, words, grams, VERSION])
