"""Which indicators a publisher's data can carry, and which fields would unlock the rest."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sala.engines.indicators.catalog import CATALOG, Entry
from sala.engines.indicators.settings import Settings

Json = dict[str, Any]


@dataclass(frozen=True)
class Carried:
    """One indicator: the processes with all it needs, the needs found nowhere, the settings not set."""

    code: str
    processes: int
    share: float
    missing: tuple[tuple[str, ...], ...]
    unset: tuple[str, ...]


@dataclass(frozen=True)
class Field:
    """One path: the share of processes with it, and the indicators waiting for it alone or with others."""

    path: str
    share: float
    unlocks: tuple[str, ...]
    helps: tuple[str, ...]


@dataclass(frozen=True)
class Readiness:
    """What a file of `processes` contracting processes can carry."""

    processes: int
    indicators: tuple[Carried, ...]
    fields: tuple[Field, ...]


def readiness(processes: Iterable[Json], settings: Settings | None = None) -> Readiness:
    """Read compiled releases once and say, for each indicator, how many of them hold every field it needs.

    A field is there when it is neither null, empty text nor an empty list; `/a|/b` needs one of the two.
    """
    settings = settings or Settings()
    split = {path: path.strip("/").split("/") for path in _all_paths()}
    total, seen, whole = 0, Counter[str](), Counter[str]()
    for process in processes:
        total += 1
        there = {path for path, steps in split.items() if _has(process, steps)}
        seen.update(there)
        whole.update(code for code, entry in CATALOG.items() if _carries(entry, there))
    carried = tuple(_carried(entry, total, whole[entry.code], seen, settings) for entry in CATALOG.values())
    return Readiness(total, carried, _fields(carried, total, seen))


def _all_paths() -> list[str]:
    paths = (path for entry in CATALOG.values() for choice in entry.needs for path in choice)
    return list(dict.fromkeys(paths))


def _has(value: Any, steps: list[str]) -> bool:
    """Whether a path, with `[]` after the name of a list, holds something."""
    if not steps:
        return value is not None and value != "" and value != []
    if not isinstance(value, dict):
        return False
    name, rest = steps[0], steps[1:]
    if name.endswith("[]"):
        entries = value.get(name[:-2])
        return isinstance(entries, list) and any(_has(entry, rest) for entry in entries)
    return name in value and _has(value[name], rest)


def _carries(entry: Entry, there: set[str]) -> bool:
    return all(any(path in there for path in choice) for choice in entry.needs)


def _carried(entry: Entry, total: int, whole: int, seen: Mapping[str, int], settings: Settings) -> Carried:
    missing = tuple(choice for choice in entry.needs if not any(seen.get(path) for path in choice))
    unset = tuple(key for key in entry.must_set if settings.number(entry.code, key) is None)
    return Carried(entry.code, whole, whole / total if total else 0.0, missing, unset)


def _fields(carried: tuple[Carried, ...], total: int, seen: Mapping[str, int]) -> tuple[Field, ...]:
    fields = []
    for path in _all_paths():
        waiting = [one for one in carried if any(path in choice for choice in one.missing)]
        unlocks = tuple(one.code for one in waiting if len(one.missing) == 1)
        helps = tuple(one.code for one in waiting if len(one.missing) > 1)
        fields.append(Field(path, seen.get(path, 0) / total if total else 0.0, unlocks, helps))
    return tuple(sorted(fields, key=lambda field: (-len(field.unlocks), -len(field.helps), field.path)))
