"""The one list of boxes: everything the site knows of a box it learns from here. Nothing else names a service."""

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from typing import Any

from sala.platform.registration import Box, Kind

# In the order in which addresses are tried, tables are erased and exports are written: the spine first.
PACKAGES = (
    "sala.commons.ledger",
    "sala.commons.identity",
    "sala.commons.places",
    "sala.commons.agencies",
    "sala.commons.matters",
    "sala.commons.files",
    "sala.commons.moderation",
    "sala.commons.drafts",
    "sala.commons.tables",
    "sala.commons.deadlines",
    "sala.commons.correspondence",
    "sala.commons.worklist",
    "sala.commons.imports",
    "sala.commons.participation",
    "sala.commons.oversight",
    "sala.services.complaints",
    "sala.services.information",
    "sala.services.lawmaking",
    "sala.services.budgeting",
)


@cache
def every_box() -> tuple[Box, ...]:
    """The boxes of the site. Their models must be loaded: the framework is ready first."""
    return tuple(import_module(f"{package}.registration").BOX for package in PACKAGES)


def every_kind() -> Iterator[Kind]:
    """The kinds of matter of all boxes."""
    for box in every_box():
        yield from box.kinds


def merged(point: Callable[[Box], Any]) -> dict[Any, Any]:
    """One mapping of what all boxes say at a point. Raises ValueError if two say different things of the same key."""
    whole: dict[Any, Any] = {}
    for box in every_box():
        for key, value in point(box).items():
            if whole.setdefault(key, value) is not value:
                raise ValueError(f"{box.package} says {key!r} once more")
    return whole


def found_at(point: Callable[[Box], Any]) -> Iterator[tuple[Box, Any]]:
    """Each box that has something at a point, with what it has."""
    for box in every_box():
        if found := point(box):
            yield box, found


def prepare() -> Iterator[str]:
    """Run what boxes want done when a site is set up or brought up to date; what each says it made."""
    for box in every_box():
        for place in box.preparations:
            module, _, name = place.partition(":")
            if made := getattr(import_module(module), name)():
                yield made
