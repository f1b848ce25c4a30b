"""How dates and web addresses are written: RFC 3339 and RFC 3986."""

import re
from datetime import datetime
from typing import Final

_DATE_TIME: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)
_CHARACTERS: Final = r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2})*"
_WEB_ADDRESS: Final = re.compile(
    r"[A-Za-z][A-Za-z0-9+.\-]*:"
    r"(?://(?:[A-Za-z0-9\-._~!$&'()*+,;=:%]*@)?(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9\-._~!$&'()*+,;=%]*)(?::\d*)?(?=[/?#]|$))?"
    rf"{_CHARACTERS}(?:\?(?:[?]|{_CHARACTERS[:-1]})*)?(?:#(?:[?]|{_CHARACTERS[:-1]})*)?"
)


def read_date_time(text: object) -> datetime | None:
    """The moment that RFC 3339 text names, to the second; None where it is not such text or no such day."""
    found = _DATE_TIME.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        return None
    day, clock, zone = found.groups()
    try:
        return datetime.fromisoformat(f"{day}T{clock}{'+00:00' if zone in 'Zz' else zone}")
    except ValueError:
        return None


def is_web_address(text: str) -> bool:
    """Whether text is an absolute URI of RFC 3986 (so: with a scheme, and without spaces or Thai letters)."""
    return _WEB_ADDRESS.fullmatch(text) is not None
