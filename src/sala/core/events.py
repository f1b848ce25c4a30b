"""The shape of a fact: past tense, frozen, ids and public values only. The ledger records facts."""

import re
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

_KIND = re.compile(r"[a-z_]+\.[a-z_]+")


@dataclass(frozen=True, kw_only=True)
class Event:
    """A fact that happened. Subclasses set `kind` ("complaint.filed") and add fields of public content.

    `matter` is a matter's reference, `agency` and `area` are codes; each may be None. Fields hold JSON values
    (text, whole numbers, booleans, lists, mappings, None): no floats, no personal data, no database rows.
    """

    kind: ClassVar[str]
    known: ClassVar[dict[str, type["Event"]]] = {}

    matter: str | None = None
    agency: str | None = None
    area: str | None = None

    def __init_subclass__(cls) -> None:
        if not _KIND.fullmatch(cls.kind):
            raise TypeError(f"{cls.__name__}.kind must look like 'complaint.filed', not {cls.kind!r}")
        if cls.known.get(cls.kind, cls).__qualname__ != cls.__qualname__:
            raise TypeError(f"two events are called {cls.kind}")
        cls.known[cls.kind] = cls

    def content(self) -> dict[str, Any]:
        """The fact's own public values, without the three that every entry carries."""
        values = asdict(self)
        for shared in ("matter", "agency", "area"):
            del values[shared]
        return values
