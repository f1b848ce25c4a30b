"""Reads about imports: runs, what of them stayed, the rows they refused."""

import json
from collections.abc import Iterator

from sala.commons.imports import permissions, slots
from sala.commons.imports.models import Added, RefusedRow, Run
from sala.core.actors import Actor
from sala.core.errors import NotFound
from sala.platform import seals
from sala.platform.registration import Importer

__all__ = [
    "Run",
    "find_importer",
    "get_run",
    "is_undoable",
    "list_importers",
    "list_refused",
    "list_runs",
    "list_stayed",
    "may_import",
]

PAGE = 50
may_import = permissions.may_import


def list_importers() -> list[Importer]:
    """Every table that can be brought in, the spine's first."""
    return list(slots.importers.values())


def find_importer(name: str) -> Importer:
    """The importer of a name. Raises NotFound."""
    if name not in slots.importers:
        raise NotFound("not_found")
    return slots.importers[name]


def list_runs(actor: Actor, *, most: int = PAGE) -> list[Run]:
    """The newest runs, the last one first. Raises Refused. One query."""
    permissions.require_may_import(actor)
    return list(Run.objects.order_by("-began_at", "-pk")[:most])


def get_run(actor: Actor, run_id: int) -> Run:
    """One run. Raises Refused, NotFound."""
    permissions.require_may_import(actor)
    run = Run.objects.filter(pk=run_id).first()
    if run is None:
        raise NotFound("run_not_found")
    return run


def is_undoable(run: Run) -> bool:
    """Whether what a run added can be taken back: not dates and laws, on which other things rest."""
    importer = slots.importers.get(run.importer)
    return importer is not None and importer.take_back is not None


def list_stayed(run: Run) -> list[tuple[str, str]]:
    """(key, code of why) of what an undone run left, by key."""
    return list(Added.objects.filter(run=run).exclude(stays="").order_by("pk").values_list("key", "stays"))


def list_refused(run: Run) -> Iterator[list[str]]:
    """The rows of the run's report, its header first; nothing if it refused none."""
    for sealed in (
        RefusedRow.objects.filter(run=run).order_by("pk").values_list("row_sealed", flat=True).iterator()
    ):
        yield json.loads(seals.unseal(sealed))
