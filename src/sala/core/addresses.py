"""Addresses given from outside to which a person is sent back: only ever a page of this site."""

import re

_LONGEST = 2000
# Browsers drop tabs and line ends inside an address and read a backslash as a slash; both hide another host.
_HIDING = re.compile(r"[\x00-\x20\x7f-\x9f\\\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def safe_back_address(text: str | None) -> str:
    """`text` if it is a path of this site, with query and fragment as they were; else "".

    Refused: a scheme, a host, `//` anywhere in the path, a backslash, a space or control character, an address
    over 2,000 characters, and one that is no path from the root (`name`, `?page=2`).
    """
    if not text or len(text) > _LONGEST or not text.startswith("/") or _HIDING.search(text):
        return ""
    # Not `urlsplit`: it takes the empty host of ///evil for none, and a browser does not.
    path = re.split("[?#]", text, maxsplit=1)[0]
    return "" if "//" in path else text
