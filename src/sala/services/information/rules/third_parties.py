"""Those whose interests an answer may touch (s. 17): their days to object, and when a file may be given."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sala.core.errors import Conflict, Invalid
from sala.core.working_time import WorkingCalendar
from sala.services.information.rules.periods import Period, last_day
from sala.services.information.rules.proceedings import Ruling


class Reply(StrEnum):
    """What a third party said."""

    AWAITED = "awaited"
    AGREES = "agrees"
    OBJECTS = "objects"


@dataclass(frozen=True, slots=True)
class Notice:
    """That somebody was asked: when they received it, until when they may object, what they said, what came of it.

    `overruled_on` is the day on which they received the order that their objection is not heard; from it their
    own days to appeal run. `appealed_on` and `ruling` are of that appeal.
    """

    received_on: date
    object_until: date
    reply: Reply = Reply.AWAITED
    overruled_on: date | None = None
    appealed_on: date | None = None
    ruling: Ruling | None = None


def check_object_until(
    object_until: date, *, received_on: date, least: Period, calendar: WorkingCalendar
) -> None:
    """The office may give longer than the Act's fifteen days, never shorter. Raises Invalid."""
    if object_until < last_day(least, received_on, calendar):
        raise Invalid("invalid", {"object_until": "too_short_to_object"})


def is_heard(notice: Notice, today: date) -> bool:
    """Whether the office need not wait for this one any more: they answered, or their days are over."""
    return notice.reply is not Reply.AWAITED or today > notice.object_until


def require_heard(notices: Iterable[Notice], today: date) -> None:
    """Nothing is granted while somebody still may object. Raises Conflict."""
    if not all(is_heard(notice, today) for notice in notices):
        raise Conflict("third_party_not_heard")


def require_objections_decided(notices: Iterable[Notice]) -> None:
    """What somebody objected to is given only after they were told that they are not heard. Raises Conflict."""
    if any(n.reply is Reply.OBJECTS and n.overruled_on is None for n in notices):
        raise Conflict("objection_not_decided")


@dataclass(frozen=True, slots=True)
class Release:
    """When what was granted may be handed over: on a day, after a ruling (`on` None), or never (`is_barred`)."""

    on: date | None
    is_barred: bool = False


def release(
    notices: Iterable[Notice], *, granted_on: date, appeal: Period, calendar: WorkingCalendar
) -> Release:
    """When the granted files may be given (s. 17 para 3).

    At once where nobody objected. Else the day after the last objector's days to appeal have passed; if one
    appealed, not before the Tribunal has ruled; if it upheld the objector, never.
    """
    overruled = [n for n in notices if n.overruled_on is not None]
    if any(n.ruling in (Ruling.UPHELD, Ruling.PARTLY_UPHELD) for n in overruled):
        return Release(on=None, is_barred=True)
    if any(n.appealed_on is not None and n.ruling is None for n in overruled):
        return Release(on=None)
    waiting = [
        last_day(appeal, n.overruled_on, calendar) + timedelta(days=1)
        for n in overruled
        if n.overruled_on is not None and n.appealed_on is None
    ]
    return Release(on=max([granted_on, *waiting]))
