"""One step on the line of a matter's page, as the part `timeline` draws it."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Step:
    """`state` is done, now, next or stop; `at` when it happened or `due` by when it must; `url` leads to its proof."""

    what: str
    text: str
    state: str
    at: datetime | None = None
    due: date | None = None
    url: str = ""
    is_silent: bool = False
