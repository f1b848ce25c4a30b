"""Quartiles and fences, method R-8 (Hyndman and Fan 1996), in SQL that means the same to every engine."""

from dataclasses import dataclass
from fractions import Fraction
from math import floor

import ibis
from ibis import _
from ibis.expr.types import BooleanValue, NumericValue, Table

_LARGEST = 1e300


@dataclass(frozen=True)
class Quartiles:
    """First and third quartile of a set of `count` values, with Tukey's fences."""

    count: int
    q1: float
    q3: float

    @property
    def lower(self) -> float:
        """Q1 - 1.5 (Q3 - Q1)."""
        return _sum_of(self.q1, -1.5, self.q3 - self.q1)

    @property
    def upper(self) -> float:
        """Q3 + 1.5 (Q3 - Q1)."""
        return _sum_of(self.q3, 1.5, self.q3 - self.q1)

    @property
    def flat(self) -> bool:
        """Both quartiles are zero: a fence would flag a quarter of a set for nothing."""
        return self.q1 == 0 and self.q3 == 0


def _sum_of(number: float, factor: float, other: float) -> float:
    """number + factor * other, rounded once, so that a value on the fence is on it everywhere."""
    return float(Fraction(number) + Fraction(factor) * Fraction(other))


def figure(number: float | None) -> NumericValue:
    """A number in an expression, exactly; null for None.

    Written as text and cast there: an engine that reads 0.7 as a decimal may turn it into 0.7000000000000001.
    """
    return ibis.null("float64") if number is None else ibis.literal(repr(float(number))).cast("float64")


def is_finite(number: NumericValue) -> BooleanValue:
    """Whether an expression has a value that can be counted with: null, no number and infinity have none."""
    return (number.abs() <= figure(_LARGEST)).fill_null(False)


def position(count: int, share: float) -> tuple[int, float]:
    """The 1-based rank below the quantile `share` of `count` values and the weight of the next rank (R-8)."""
    place = (count + 1 / 3) * share + 1 / 3
    if place < 1:
        return 1, 0.0
    if place >= count:
        return count, 0.0
    return floor(place), place - floor(place)


def quantiles(table: Table, column: str, shares: tuple[float, ...]) -> tuple[int, list[float]]:
    """How many values the column has, and their quantiles by R-8; an empty list when there are none."""
    values = table.select(value=table[column].cast("float64")).filter(lambda one: is_finite(one.value))
    count = int(values.count().to_pyarrow().as_py())
    if not count:
        return 0, []
    ranks = {rank for share in shares for rank in _ranks(count, share)}
    ranked = values.mutate(rank=ibis.row_number().over(ibis.window(order_by=_.value)) + 1)
    picked = ranked.filter(ranked["rank"].isin(sorted(ranks))).to_pyarrow().to_pylist()
    at = {row["rank"]: row["value"] for row in picked}
    found = []
    for share in shares:
        below, weight = position(count, share)
        above = min(below + 1, count)
        found.append(at[below] + weight * (at[above] - at[below]))
    return count, found


def quartiles(table: Table, column: str) -> Quartiles | None:
    """Quartiles of a column, None when it has no value."""
    count, found = quantiles(table, column, (0.25, 0.75))
    return Quartiles(count, *found) if found else None


def _ranks(count: int, share: float) -> tuple[int, int]:
    below, _weight = position(count, share)
    return below, min(below + 1, count)


def medians(table: Table, by: list[str], column: str) -> Table:
    """The median of a column in each group, as columns `count` and `median` beside the group's."""
    window = ibis.window(group_by=by)
    ranked = table.filter(table[column].notnull()).mutate(
        rank_in_group=ibis.row_number().over(ibis.window(group_by=by, order_by=column)),
        size_of_group=_.count().over(window),
    )
    middle = ranked.filter(
        (2 * ranked.rank_in_group + 2 >= ranked.size_of_group)
        & (2 * ranked.rank_in_group <= ranked.size_of_group)
    )
    return middle.group_by(by).aggregate(median=middle[column].mean(), count=middle.size_of_group.max())


def robust_scores(table: Table, by: list[str], column: str) -> Table:
    """The table with `count` of its group and `score`: 0.6745 (x - median) / median absolute deviation.

    Iglewicz and Hoaglin 1993. The score is null where the deviation is zero.
    """
    centred = table.inner_join(medians(table, by, column), by, rname="{name}_median")
    centred = centred.drop(*(f"{name}_median" for name in by if f"{name}_median" in centred.columns))
    centred = centred.mutate(deviation=(centred[column] - centred.median).abs())
    spread = medians(centred, by, "deviation").select(*by, spread="median")
    joined = centred.inner_join(spread, by, rname="{name}_spread")
    joined = joined.drop(*(f"{name}_spread" for name in by if f"{name}_spread" in joined.columns))
    score = figure(0.6745) * (joined[column] - joined.median) / joined.spread.nullif(0)
    return joined.mutate(score=score)
