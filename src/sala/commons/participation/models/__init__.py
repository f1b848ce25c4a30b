"""Tables of participation, by what people do: sign, comment, vote on statements."""

from sala.commons.participation.models.papers import Invalidation, Sheet, Signatory
from sala.commons.participation.models.signatures import AreaCount, Change, Collection, HourCount, Signature

__all__ = [
    "AreaCount",
    "Change",
    "Collection",
    "HourCount",
    "Invalidation",
    "Sheet",
    "Signatory",
    "Signature",
]
