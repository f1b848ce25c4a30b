"""Thai text for public service: one spelling, words, search terms, and the hiding of personal data.

Pure: takes and returns text. Reads only its own package data and PyThaiNLP's, never the network.
"""

from sala.engines.thai.dictionary import DICTIONARY_HASH, TOKENISER
from sala.engines.thai.masking import (
    LABELS,
    MASKING_VERSION,
    Masked,
    Span,
    find_personal_data,
    mask,
)
from sala.engines.thai.near import near_literals
from sala.engines.thai.normalise import NORMALISER_VERSION, normalise
from sala.engines.thai.personal.numbers import is_citizen_number
from sala.engines.thai.public_text import PublicText, checked, cover, official
from sala.engines.thai.terms import (
    letters,
    query_literal,
    query_terms,
    search_terms,
    trigrams,
    vector_literal,
)
from sala.engines.thai.tokens import pieces, subwords, tokens
from sala.engines.thai.topics import OTHER, Topic, TopicFileError, complaint_topics, read_topics

__all__ = [
    "DICTIONARY_HASH",
    "LABELS",
    "MASKING_VERSION",
    "NORMALISER_VERSION",
    "OTHER",
    "TOKENISER",
    "Masked",
    "PublicText",
    "Span",
    "Topic",
    "TopicFileError",
    "checked",
    "complaint_topics",
    "cover",
    "find_personal_data",
    "is_citizen_number",
    "letters",
    "mask",
    "near_literals",
    "normalise",
    "official",
    "pieces",
    "query_literal",
    "query_terms",
    "read_topics",
    "search_terms",
    "subwords",
    "tokens",
    "trigrams",
    "vector_literal",
]
