"""Periods of the Act as dated data; how days are counted is `core.deadlines`, by the Civil and Commercial Code."""

from collections.abc import Iterable, Mapping
from datetime import date

from sala.core import deadlines
from sala.core.deadlines import Basis, NoPeriod, Period, Unit, last_day

__all__ = ["Basis", "NoPeriod", "Period", "Unit", "last_day", "period_in_force", "periods_of"]


def periods_of(rows: Iterable[Mapping[str, str]]) -> tuple[Period, ...]:
    """Periods from the rows of `data/periods.csv`. Raises ValueError or KeyError for a row that is none."""
    return tuple(
        Period(
            code=row["code"],
            days=int(row["days"]),
            unit=Unit(row["unit"]),
            counted_from=row["counted_from"],
            law_th=row["law_th"],
            law_en=row["law_en"],
            basis=Basis(row["basis"]),
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_until=date.fromisoformat(row["valid_until"]) if row["valid_until"] else None,
        )
        for row in rows
    )


def period_in_force(periods: Iterable[Period], code: str, on: date) -> Period:
    """The newest period of a code that is in force on a day. Raises NoPeriod if none is."""
    return deadlines.period_in_force(periods, code=code, topic="", on=on)
