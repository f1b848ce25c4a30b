"""Facts of participation, by what people do: sign, comment, vote on statements."""

from sala.commons.participation.events.signatures import SignatureGiven

__all__ = ["SignatureGiven"]
