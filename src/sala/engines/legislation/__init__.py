"""Thai legal texts: read into provisions, written as Akoma Ntoso, compared, and amended as an amending act orders."""

from sala.engines.legislation.applying import Applied, NotApplied, applied_to_document, apply_amendments
from sala.engines.legislation.carrying import (
    BadPlaceError,
    Carried,
    Fate,
    Place,
    carried_to_document,
    carry_places,
    place_from_json,
)
from sala.engines.legislation.comparing import Change, Comparison, compare_laws, comparison_to_document
from sala.engines.legislation.document import Law, to_document
from sala.engines.legislation.reading import NoLawError, read_law
from sala.engines.legislation.telling import comparison_to_lines, to_lines
from sala.engines.legislation.wording import Span, word_changes
from sala.engines.legislation.writing import to_text

__all__ = [
    "Applied",
    "BadPlaceError",
    "Carried",
    "Change",
    "Comparison",
    "Fate",
    "Law",
    "NoLawError",
    "NotApplied",
    "Place",
    "Span",
    "applied_to_document",
    "apply_amendments",
    "carried_to_document",
    "carry_places",
    "compare_laws",
    "comparison_to_document",
    "comparison_to_lines",
    "place_from_json",
    "read_law",
    "to_document",
    "to_lines",
    "to_text",
    "word_changes",
]
