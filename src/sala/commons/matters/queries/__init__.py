"""Reads on the spine, by noun: matters, the search, those who follow."""

from sala.commons.matters.queries.following import (
    Letter,
    awaits_address,
    find_follow,
    is_following,
    list_due_letters,
    list_followed,
)
from sala.commons.matters.queries.matter import (
    Filter,
    Matter,
    Nearby,
    Page,
    distance,
    find_matter,
    get_matter,
    is_named,
    list_around,
    list_by_key,
    list_near,
    list_open_titles,
    list_points,
    list_public,
    public_among,
)
from sala.commons.matters.queries.search import Found, list_holding, search_matters
from sala.commons.matters.rules import Visibility

__all__ = [
    "awaits_address",
    "Filter",
    "Found",
    "Letter",
    "Matter",
    "Nearby",
    "Page",
    "distance",
    "find_follow",
    "find_matter",
    "get_matter",
    "is_following",
    "is_named",
    "list_due_letters",
    "list_around",
    "list_by_key",
    "list_near",
    "list_open_titles",
    "list_followed",
    "list_holding",
    "list_points",
    "list_public",
    "public_among",
    "search_matters",
    "Visibility",
]
