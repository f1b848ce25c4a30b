"""Writes on the spine, by noun: matters, the search index, those who follow and what they are told."""

from sala.commons.matters.actions.duty import note_duties
from sala.commons.matters.actions.following import (
    ASK_BY_LETTER,
    confirm_follow,
    follow_as_filer,
    follow_by_email,
    follow_matter,
    forget_follower,
    note_entries,
    unfollow,
    unfollow_by_token,
)
from sala.commons.matters.actions.index import index_matters
from sala.commons.matters.actions.spine import (
    Matter,
    NewMatter,
    Visibility,
    count_supporters,
    lock_matter,
    make_sequences,
    move_matter,
    next_reference,
    open_matter,
    remove_matter,
    shortened,
)
from sala.commons.matters.actions.telling import post_letters
from sala.commons.matters.rules import Frequency, is_address

__all__ = [
    "ASK_BY_LETTER",
    "Frequency",
    "Matter",
    "NewMatter",
    "Visibility",
    "confirm_follow",
    "count_supporters",
    "follow_as_filer",
    "follow_by_email",
    "follow_matter",
    "forget_follower",
    "index_matters",
    "is_address",
    "lock_matter",
    "make_sequences",
    "move_matter",
    "next_reference",
    "note_duties",
    "note_entries",
    "open_matter",
    "remove_matter",
    "post_letters",
    "shortened",
    "unfollow",
    "unfollow_by_token",
]
