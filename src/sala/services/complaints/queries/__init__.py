"""Reads about complaints, by noun: the complaint itself, its clock, the lists officers work from."""

from sala.commons.drafts.queries import Contact, unsealed_contact
from sala.commons.moderation.queries import version_of
from sala.services.complaints.queries.classify import guesses_of
from sala.services.complaints.queries.clock import (
    clock_of,
    due_after,
    periods,
)
from sala.services.complaints.queries.complaint import (
    complaint_types,
    find_by_key,
    find_complaint,
    get_complaint,
    get_for_staff,
    matters_named,
    search_parts,
    topic_name,
    topic_names,
)
from sala.services.complaints.queries.similar import Similar, list_similar

__all__ = [
    "Contact",
    "Similar",
    "clock_of",
    "complaint_types",
    "due_after",
    "find_by_key",
    "find_complaint",
    "version_of",
    "get_complaint",
    "get_for_staff",
    "guesses_of",
    "list_similar",
    "periods",
    "matters_named",
    "search_parts",
    "topic_name",
    "topic_names",
    "unsealed_contact",
]
