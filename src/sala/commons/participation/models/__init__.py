"""Tables of participation, by what people do: sign, comment, vote on statements."""

from sala.commons.participation.models.signatures import AreaCount, Change, Collection, Signature
from sala.commons.participation.models.statements import Conversation, DrawnMap, Statement, Vote

__all__ = [
    "AreaCount",
    "Change",
    "Collection",
    "Conversation",
    "DrawnMap",
    "Signature",
    "Statement",
    "Vote",
]
