"""What a person may choose when asking: the form of the answer, who may read the request; why one is sent on."""

from enum import StrEnum

from sala.core.errors import Invalid
from sala.services.information.rules.grounds import Wish


class Form(StrEnum):
    """How the person wants it: as a file, on paper, or to look at it where it lies (s. 9 para 3 with s. 11 para 5)."""

    FILE = "file"
    PAPER = "paper"
    VISIT = "visit"


class Openness(StrEnum):
    """Who may read request and answer. The values are those of `matters.Visibility`."""

    PUBLIC = "public"
    AGENCY_ONLY = "agency_only"


class TransferBasis(StrEnum):
    """By which rule a request goes to another office.

    The Act itself says "advise without delay" where another office has it (s. 12 para 1), and "send on" for what
    another office made and marked as not to be disclosed (para 2). That the wrong desk forwards what came
    electronically, or names the right one, is the e-Government Act's rule (B.E. 2565 s. 10 para 2); it does not bind
    Parliament, courts and independent bodies (s. 4), which only advise.
    """

    MADE_ELSEWHERE = "made_elsewhere"
    WRONG_DESK = "wrong_desk"


def check_openness(wish: Wish, openness: Openness) -> None:
    """Whoever asks about themselves tells of themselves: such a request is never public. Raises Invalid."""
    if wish is not Wish.INFORMATION and openness is Openness.PUBLIC:
        raise Invalid("invalid", {"openness": "own_data_stays_private"})


def may_become_public(wish: Wish, openness: Openness) -> bool:
    """Whether its person may make it public later, as those do who first want to read the answer alone.

    The other way is closed: what everyone has read cannot be taken out of their heads; a moderator covers words.
    """
    return wish is Wish.INFORMATION and openness is Openness.AGENCY_ONLY
