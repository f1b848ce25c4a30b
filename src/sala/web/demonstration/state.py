"""The state of the demonstration: areas, agencies, mandates, holidays, desks, ready words, people in office."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sala.commons.agencies import actions as agencies
from sala.core.actors import SYSTEM
from sala.core.tables import Outcome
from sala.services.complaints import actions as complaints
from sala.web.demo_people import appoint_cast
from sala.web.demonstration.tables import Row, columns_and_rows, rows, spread


class ContentFault(RuntimeError):
    """The demonstration's own content contradicts itself; nothing a visitor did."""


def found_state(*, now: datetime) -> None:
    """Everything that must be there before anybody can complain. Raises ContentFault for a bad table."""
    columns, areas = columns_and_rows("areas")
    table = agencies.AreaTable("areas.csv", columns, areas)
    _checked("areas", agencies.import_areas(actor=SYSTEM, now=now, tables=[table]).outcome)
    tables: list[tuple[str, Callable[..., Outcome], list[Row]]] = [
        ("agencies", agencies.import_agencies, rows("agencies")),
        ("mandates", agencies.import_mandates, spread(rows("mandates"), "topic", "area")),
        ("holidays", agencies.import_holidays, rows("holidays")),
        ("desks", agencies.import_desks, rows("desks")),
        ("templates", complaints.import_templates, rows("templates")),
    ]
    for name, take, content in tables:
        _checked(name, take(actor=SYSTEM, now=now, rows=content))
    if lacking := appoint_cast(now=now):
        raise ContentFault(f"agencies.csv lacks {', '.join(lacking)}")


def _checked(name: str, outcome: Any) -> None:
    if outcome.bad:
        raise ContentFault(f"{name}.csv: {outcome.bad[0]}")
