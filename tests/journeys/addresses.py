"""Every named address of the site: who looks at its page, or why there is nothing to look at.

Nothing is written here: each box says it of its own addresses in its visits.py; tests/shape/test_looks.py says which
addresses are in none. A new service adds its own files: visits.py, and world.py for what its visitors see.
"""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType

from tests.journeys.visit import EMPTY, Visit, Visits

TESTS = Path(__file__).resolve().parents[1]


def _modules(folder: Path, name: str) -> list[ModuleType]:
    files = sorted(folder.rglob(name))
    return [import_module(".".join(path.relative_to(TESTS.parent).with_suffix("").parts)) for path in files]


def every_world() -> list[ModuleType]:
    """What each box has its visitors see: `build` gives the values of addresses, `own_links` opens the filer's."""
    return [one for floor in ("commons", "services") for one in _modules(TESTS / floor, "world.py")]


def every_visits() -> list[Visits]:
    """What each box says of its addresses, in the order of their folders."""
    return [module.VISITS for module in _modules(TESTS, "visits.py")]


_BOXES = every_visits()
CITIZEN_PAGES: tuple[Visit, ...] = tuple(visit for box in _BOXES for visit in box.citizens)
DESK_PAGES: tuple[Visit, ...] = tuple(visit for box in _BOXES for visit in box.staff)
NO_PAGE: Mapping[str, str] = {name: why for box in _BOXES for name, why in box.no_page.items()}
NO_PAGES_AT_ALL: Mapping[str, str] = {
    name: why for box in _BOXES for name, why in box.no_pages_at_all.items()
}
# The same page at a second address: the first question, of a draft and before there is one; one mistake twice.
TWINS = frozenset(
    visit for visit in CITIZEN_PAGES if visit.values.get("name") == "what" or visit.fills is EMPTY
)
