"""Tables of participation, by what people do: sign, comment, vote on statements."""

from sala.commons.participation.models.signatures import AreaCount, Change, Collection, Signature

__all__ = ["AreaCount", "Change", "Collection", "Signature"]
