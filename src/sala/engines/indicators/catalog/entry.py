"""What the catalogue says about one indicator."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Entry:
    """One indicator: what it looks at, how, on whose authority, and what it says when it speaks.

    `needs` are OCDS paths, each a tuple of alternatives of which one must be there. `settings` hold the
    defaults; None means worked out from the data or not set. The sentences take `{value}`, `{threshold}`
    and the names in `facts`. `must_set` names settings that neither the data nor a default can give.
    """

    code: str
    title: str
    title_th: str
    about: tuple[str, ...]
    formula: str
    source: str
    needs: tuple[tuple[str, ...], ...]
    sentence: str
    sentence_th: str
    settings: Mapping[str, float | str | None] = field(default_factory=dict)
    facts: tuple[str, ...] = ()
    must_set: tuple[str, ...] = ()
    unit: str = ""
    wrong_when: str = ""


def paths(*names: str) -> tuple[tuple[str, ...], ...]:
    """Needed paths; alternatives are written with a bar between them."""
    return tuple(tuple(name.split("|")) for name in names)
