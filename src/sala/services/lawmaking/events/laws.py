"""Facts in the life of a law's text in the library."""

from dataclasses import dataclass
from typing import ClassVar

from sala.core.events import Event


@dataclass(frozen=True, kw_only=True)
class LawPublished(Event):
    """A version of a law is in the library; `digest` is the SHA-256 of its text, `not_understood` counts lines."""

    kind: ClassVar[str] = "lawmaking.law_published"
    law: str
    holds_from: str | None
    digest: str
    provisions: int
    not_understood: int
