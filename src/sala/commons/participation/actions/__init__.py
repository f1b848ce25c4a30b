"""Writes of participation, by what people do: sign, comment, vote on statements."""

from sala.commons.participation.actions.comments import (
    Saying,
    erase_commenter,
    hide_comment,
    write_comment,
)
from sala.commons.participation.actions.folding import (
    fold_changes,
    tell_thresholds,
)
from sala.commons.participation.actions.invalidation import (
    begin_invalidation,
    reverse_invalidation,
    work_on_invalidation,
)
from sala.commons.participation.actions.papers import (
    Entered,
    RegisterRow,
    SheetRow,
    ask_register,
    enter_sheet,
    erase_details,
    hand_over,
    take_findings,
)
from sala.commons.participation.actions.signatures import (
    file_collection,
    open_collection,
    sign,
    sign_collection,
    withdraw,
    withdraw_from_collection,
)
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
from sala.commons.participation.actions.together import (
    Wish,
    sign_together,
)

__all__ = [
    "Entered",
    "Opening",
    "RegisterRow",
    "Saying",
    "SheetRow",
    "Wish",
    "ask_register",
    "begin_invalidation",
    "close_conversation",
    "decide_statement",
    "draw_conversation",
    "enter_sheet",
    "erase_commenter",
    "erase_details",
    "erase_statements",
    "file_collection",
    "fold_changes",
    "hand_over",
    "hide_comment",
    "open_collection",
    "open_conversation",
    "reverse_invalidation",
    "say_opinion",
    "say_opinions",
    "seed_statement",
    "sign",
    "sign_collection",
    "sign_together",
    "take_findings",
    "tell_statement",
    "tell_thresholds",
    "withdraw",
    "withdraw_from_collection",
    "work_on_invalidation",
    "write_comment",
]
