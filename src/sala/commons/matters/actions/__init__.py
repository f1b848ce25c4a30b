"""Writes on the spine, by noun: matters, the search index, those who follow and what they are told."""

from sala.commons.matters.actions.duty import note_duties
from sala.commons.matters.actions.following import (
    confirm_follow,
    follow_as_filer,
    follow_by_email,
    follow_matter,
    forget_follower,
    note_entries,
    send_letter,
    unfollow,
    unfollow_by_token,
)
from sala.commons.matters.actions.index import index_matters
from sala.commons.matters.actions.spine import (
    Matter,
    NewMatter,
    Visibility,
    lock_matter,
    move_matter,
    next_reference,
    open_matter,
    shortened,
)
from sala.commons.matters.rules import Frequency

__all__ = [
    "Frequency",
    "Matter",
    "NewMatter",
    "Visibility",
    "confirm_follow",
    "follow_as_filer",
    "follow_by_email",
    "follow_matter",
    "forget_follower",
    "index_matters",
    "lock_matter",
    "move_matter",
    "next_reference",
    "note_duties",
    "note_entries",
    "open_matter",
    "send_letter",
    "shortened",
    "unfollow",
    "unfollow_by_token",
]
