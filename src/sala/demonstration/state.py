"""The state of the demonstration: areas, agencies, mandates, holidays, desks, people in office."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sala.commons.agencies import actions as agencies
from sala.commons.agencies.cast import appoint_cast
from sala.commons.places import actions as places
from sala.core.actors import SYSTEM
from sala.core.tables import Outcome
from sala.platform.package_tables import Row, columns_and_rows, rows, spread

DATA = "sala.demonstration"


class ContentFault(RuntimeError):
    """The demonstration's own content contradicts itself; nothing a visitor did."""


def found_state(*, now: datetime) -> None:
    """Everything that must be there before anybody can complain. Raises ContentFault for a bad table."""
    columns, areas = columns_and_rows(DATA, "areas")
    table = places.AreaTable("areas.csv", columns, areas)
    _checked("areas", places.import_areas(actor=SYSTEM, now=now, tables=[table]).outcome)
    tables: list[tuple[str, Callable[..., Outcome], list[Row]]] = [
        ("agencies", agencies.import_agencies, rows(DATA, "agencies")),
        ("mandates", agencies.import_mandates, spread(rows(DATA, "mandates"), "topic", "area")),
        ("holidays", agencies.import_holidays, rows(DATA, "holidays")),
        ("desks", agencies.import_desks, rows(DATA, "desks")),
    ]
    for name, take, content in tables:
        _checked(name, take(actor=SYSTEM, now=now, rows=content))
    if lacking := appoint_cast(now=now):
        raise ContentFault(f"agencies.csv lacks {', '.join(lacking)}")


def _checked(name: str, outcome: Any) -> None:
    if outcome.bad:
        raise ContentFault(f"{name}.csv: {outcome.bad[0]}")
