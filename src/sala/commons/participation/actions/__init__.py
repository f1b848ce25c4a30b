"""Writes of participation, by what people do: sign, comment, vote on statements."""

from sala.commons.participation.actions.signatures import fold_changes, open_collection, sign, withdraw

__all__ = ["fold_changes", "open_collection", "sign", "withdraw"]
