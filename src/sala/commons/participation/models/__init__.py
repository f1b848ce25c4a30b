"""Tables of participation, by what people do: sign, comment, vote on statements."""

from sala.commons.participation.models.comments import (
    Comment,
)
from sala.commons.participation.models.papers import (
    Invalidation,
    Sheet,
    Signatory,
)
from sala.commons.participation.models.signatures import (
    AreaCount,
    Change,
    Collection,
    HourCount,
    Signature,
)
from sala.commons.participation.models.statements import (
    Conversation,
    DrawnMap,
    Statement,
    Vote,
)

__all__ = [
    "AreaCount",
    "Change",
    "Collection",
    "Comment",
    "Conversation",
    "DrawnMap",
    "HourCount",
    "Invalidation",
    "Sheet",
    "Signatory",
    "Signature",
    "Statement",
    "Vote",
]
