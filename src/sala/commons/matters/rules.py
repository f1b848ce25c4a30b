"""Decisions about matters: kinds, who may see what, how often a follower is told."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum


class Visibility(StrEnum):
    """Who may see a matter. Confidential ones appear only in counts, quarantined ones only to moderators."""

    PUBLIC = "public"
    AGENCY_ONLY = "agency_only"
    CONFIDENTIAL = "confidential"
    QUARANTINED = "quarantined"


class Frequency(StrEnum):
    """How often a follower wants to be told at most."""

    EACH = "each"
    DAILY = "daily"
    WEEKLY = "weekly"


# Steps within this time become one letter even for those who want to know of each.
GROUPING = timedelta(minutes=10)
PAUSE = {Frequency.EACH: GROUPING, Frequency.DAILY: timedelta(days=1), Frequency.WEEKLY: timedelta(days=7)}


# The pace a person chose for their whole account, as a frequency; "never" has none.
ACCOUNT_PACE = {"at_once": Frequency.EACH, "daily": Frequency.DAILY, "weekly": Frequency.WEEKLY}


def may_tell(*, frequency: Frequency, last_told_at: datetime | None, now: datetime) -> bool:
    """Whether a follower may be sent a letter now: never more often than they chose."""
    return last_told_at is None or now - last_told_at >= PAUSE[frequency]


# Neighbouring matters of which the search can leave out all others.
PART = 4096


def search_tags(
    *, number: int, kind: str, agency: str, topic: str, stage: str, areas: Iterable[str]
) -> list[str]:
    """What a matter's search words hold beside words, so that one index answers filters too.

    `number` is the matter's row number, `areas` its area and those that contain it. No word begins with "=".
    """
    named = {"kind": kind, "agency": agency, "topic": topic, "stage": stage}
    told = [f"={name}:{value}" for name, value in named.items() if value]
    return [*told, *(f"=area:{code}" for code in areas), part_tag(number // PART)]


def part_tag(part: int) -> str:
    """The tag of all matters whose row number, divided by PART, is `part`."""
    return f"=part:{part}"


# A step waits this long for others to go with it.
WAIT_FOR_MORE = timedelta(minutes=2)

_ADDRESS = re.compile(r"[^@\s<>\"(),;:]+@[^@\s<>\"(),;:]+\.[^@\s<>\"(),;:.]+")


def is_address(text: str) -> bool:
    """Whether this looks like one e-mail address; only a letter that arrives proves that it is one."""
    return len(text) <= 200 and _ADDRESS.fullmatch(text.strip()) is not None
