"""Writes of participation, by what people do: sign, comment, vote on statements."""

from sala.commons.participation.actions.signatures import fold_changes, open_collection, sign, withdraw
from sala.commons.participation.actions.statements import (
    Opening,
    close_conversation,
    decide_statement,
    draw_conversation,
    erase_statements,
    open_conversation,
    say_opinion,
    say_opinions,
    seed_statement,
    tell_statement,
)

__all__ = [
    "Opening",
    "close_conversation",
    "decide_statement",
    "draw_conversation",
    "erase_statements",
    "fold_changes",
    "open_collection",
    "open_conversation",
    "say_opinion",
    "say_opinions",
    "seed_statement",
    "sign",
    "tell_statement",
    "withdraw",
]
