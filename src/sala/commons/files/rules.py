"""Decisions about files: who sees one and from when; what an old stored name without a row means."""

import re
from datetime import datetime, timedelta
from enum import StrEnum

MOST_FILES = 5
# A file is stored before the transaction that keeps its row: only what is older than this can be nobody's.
NOBODYS_AFTER = timedelta(days=1)
_OURS = re.compile(r"[0-9a-f]{32}\.(?:jpg|png|pdf)")


class Wish(StrEnum):
    """Who may see a file, as whoever adds it wishes."""

    PUBLIC = "public"
    REVIEW = "review"
    OFFICE = "office"


def is_shown_at_once(wish: Wish, *, is_matter_public: bool, looks_first: bool) -> bool:
    """Whether everyone sees a file as soon as it is added; `looks_first`: its topic wants somebody to look before."""
    return is_matter_public and wish is Wish.PUBLIC and not looks_first


def awaits_look(wish: Wish, *, is_matter_public: bool, looks_first: bool) -> bool:
    """Whether a moderator must look before everyone sees it. What is for the office alone waits for nobody."""
    is_shown = is_shown_at_once(wish, is_matter_public=is_matter_public, looks_first=looks_first)
    return is_matter_public and wish is not Wish.OFFICE and not is_shown


def may_be_seen(*, is_public: bool, public_from: datetime | None, now: datetime) -> bool:
    """Whether a file is public now: it may be given from a day on (s. 17 of the Information Act waits for one)."""
    return is_public and (public_from is None or public_from <= now)


def is_nobodys(stored_as: str, *, has_row: bool, stored_at: datetime, now: datetime) -> bool:
    """Whether a stored file belongs to nothing and may be deleted. What does not bear a name of ours is left alone."""
    return _OURS.fullmatch(stored_as) is not None and not has_row and now - stored_at > NOBODYS_AFTER
