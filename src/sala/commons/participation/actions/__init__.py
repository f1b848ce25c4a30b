"""Writes of participation, by what people do: sign, comment, vote on statements."""

from sala.commons.participation.actions.signatures import (
    fold_changes,
    open_collection,
    sign,
    sign_collection,
    withdraw,
)
from sala.commons.participation.actions.together import Wish, sign_together

__all__ = [
    "Wish",
    "fold_changes",
    "open_collection",
    "sign",
    "sign_collection",
    "sign_together",
    "withdraw",
]
