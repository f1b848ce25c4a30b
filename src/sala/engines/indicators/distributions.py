"""How the values of an indicator spread over processes or organizations, and where its fence stands."""

from collections.abc import Iterator
from dataclasses import dataclass

import ibis
from ibis import _
from ibis.expr.types import Table

from sala.engines.indicators.quartiles import Quartiles, figure, quartiles
from sala.engines.indicators.results import verdict_tables
from sala.engines.indicators.study import Study
from sala.engines.indicators.verdicts import CLEAR, FLAGGED, Statistics

BARS = 40


@dataclass(frozen=True)
class Bar:
    """The values in one step of a distribution: how many are clear, how many flagged."""

    clear: int = 0
    flagged: int = 0


@dataclass(frozen=True)
class Distribution:
    """One indicator over one kind of thing (`about`).

    `states` counts the four states. Values of what is clear or flagged fall into `bars` of equal width from
    `low` to `high`; those beyond are counted in the first or last bar. `fence` is the threshold in force,
    None where there is none or where it differs from row to row. Without any value there are no bars.
    """

    code: str
    about: str
    states: dict[str, int]
    low: float = 0.0
    high: float = 0.0
    bars: tuple[Bar, ...] = ()
    fence: float | None = None
    quartiles: Quartiles | None = None
    goes_below: bool = False
    goes_above: bool = False


def distributions(study: Study, statistics: Statistics) -> Iterator[Distribution]:
    """The distribution of every enabled indicator, in the order of the settings.

    Lists of organizations named because of a process have no values of their own and are left out.
    """
    for table in verdict_tables(study, statistics):
        kept = study.keep(
            "distribution",
            table.filter(_.id.notnull()).select("code", "about", "seq", "state", "value", "threshold"),
        )
        named = (
            kept.group_by("code", "about", "state")
            .aggregate(n=_.count(), of=_.seq.count())
            .to_pyarrow()
            .to_pylist()
        )
        if named and not (named[0]["about"] != "OCID" and named[0]["of"]):
            states = {row["state"]: row["n"] for row in named}
            yield _measured(kept, named[0]["code"], named[0]["about"], states)


def _measured(kept: Table, code: str, about: str, states: dict[str, int]) -> Distribution:
    valued = kept.filter(_.state.isin((CLEAR, FLAGGED)), _.value.notnull())
    middle = quartiles(valued, "value")
    if middle is None:
        return Distribution(code, about, states)
    ends = valued.aggregate(
        low=_.value.min(), high=_.value.max(), fence=_.threshold.min(), other=_.threshold.max()
    )
    (row,) = ends.to_pyarrow().to_pylist()
    # An engine may take a written threshold for a decimal.
    fence = float(row["fence"]) if row["fence"] is not None and row["fence"] == row["other"] else None
    low, high = _span(row["low"], row["high"], middle, fence)
    return Distribution(
        code,
        about,
        states,
        low,
        high,
        _bars(valued, low, high),
        fence,
        middle,
        goes_below=row["low"] < low,
        goes_above=row["high"] > high,
    )


def _span(low: float, high: float, middle: Quartiles, fence: float | None) -> tuple[float, float]:
    """From end to end, but no further than three spreads beyond the quartiles; the fence is always inside."""
    spread = middle.q3 - middle.q1
    if spread > 0:
        low, high = max(low, middle.q1 - 3 * spread), min(high, middle.q3 + 3 * spread)
    if fence is not None:
        low, high = min(low, fence), max(high, fence)
    return (low, high) if high > low else (low - 0.5, high + 0.5)


def _bars(valued: Table, low: float, high: float) -> tuple[Bar, ...]:
    step = (valued.value - figure(low)) / figure((high - low) / BARS)
    place = ibis.cases((step < 0, 0.0), (step >= BARS, float(BARS - 1)), else_=step.floor()).cast("int64")
    counted = (
        valued.mutate(place=place).group_by("place", "state").aggregate(n=_.count()).to_pyarrow().to_pylist()
    )
    counts = {(row["place"], row["state"]): row["n"] for row in counted}
    return tuple(Bar(counts.get((at, CLEAR), 0), counts.get((at, FLAGGED), 0)) for at in range(BARS))
