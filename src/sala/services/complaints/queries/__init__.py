"""Reads about complaints, by noun: the complaint itself, its clock, the lists officers work from."""

from sala.services.complaints.queries.classify import guesses_of
from sala.services.complaints.queries.clock import (
    Clock,
    clock_of,
    due_after,
    periods,
    resumed_due,
)
from sala.services.complaints.queries.complaint import (
    Contact,
    complaint_types,
    find_by_key,
    find_draft,
    get_complaint,
    get_for_staff,
    matters_named,
    search_parts,
    sent_as,
    topic_name,
    topic_names,
    unsealed_contact,
    version_of,
)
from sala.services.complaints.queries.similar import Similar, list_similar

__all__ = [
    "Clock",
    "Contact",
    "Similar",
    "clock_of",
    "complaint_types",
    "due_after",
    "find_by_key",
    "find_draft",
    "sent_as",
    "version_of",
    "get_complaint",
    "get_for_staff",
    "guesses_of",
    "list_similar",
    "periods",
    "resumed_due",
    "matters_named",
    "search_parts",
    "topic_name",
    "topic_names",
    "unsealed_contact",
]
