"""A moderator's decisions: for which reasons, until when a person may appeal, who may decide then."""

from datetime import datetime, timedelta
from enum import StrEnum


class What(StrEnum):
    """What a moderator decided against what somebody wrote or sent."""

    COVERED = "covered"
    SET_ASIDE = "set_aside"
    PICTURE_COVERED = "picture_covered"
    PICTURE_WITHHELD = "picture_withheld"


class Breach(StrEnum):
    """Why: the published rules of what may not stand here for all to read. Anything else is not a reason."""

    PERSONAL_DATA = "personal_data"
    ACCUSES_A_PERSON = "accuses_a_person"
    INSULT = "insult"
    THREAT = "threat"
    ADVERTISING = "advertising"
    SHOWS_A_PERSON = "shows_a_person"
    UNLAWFUL = "unlawful"


# Rules of this platform, published beside the reasons: calendar days since a decision, and since an appeal.
APPEAL_WITHIN = timedelta(days=30)
DECIDE_WITHIN = timedelta(days=15)


def may_appeal(*, decided_at: datetime, appealed_at: datetime | None, now: datetime) -> bool:
    """Whether whoever wrote it may appeal: once, within the days."""
    return appealed_at is None and now <= decided_at + APPEAL_WITHIN


def may_decide(
    *, decided_by: int | None, person_id: int | None, is_moderator_there: bool, is_head_there: bool
) -> bool:
    """Whether somebody may decide the appeal: a moderator or head who is not the one who decided. Nobody judges
    their own."""
    return person_id is not None and person_id != decided_by and (is_moderator_there or is_head_there)
