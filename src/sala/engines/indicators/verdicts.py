"""Stage two's common shape: one row says what one indicator found about one process or organization."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import ibis
from ibis.expr.types import BooleanValue, NumericValue, Table, Value

from sala.engines.indicators.catalog import CATALOG
from sala.engines.indicators.quartiles import Quartiles, figure, quantiles, quartiles
from sala.engines.indicators.study import Study

FLAGGED, CLEAR, INSUFFICIENT, NOT_APPLICABLE = "flagged", "clear", "insufficient", "not_applicable"
STATES = (FLAGGED, CLEAR, INSUFFICIENT, NOT_APPLICABLE)
FACTS = 4


@dataclass
class Statistics:
    """The quartiles and percentiles in force; computed once, or given when one process is looked at again."""

    known: dict[str, Quartiles | None] = field(default_factory=dict)
    percentiles: dict[str, float | None] = field(default_factory=dict)

    def quartiles(self, key: str, table: Table, column: str) -> Quartiles | None:
        """Quartiles of `column` under the name `key`, computed the first time."""
        if key not in self.known:
            self.known[key] = quartiles(table, column)
        return self.known[key]

    def percentile(self, key: str, table: Table, column: str, share: float) -> float | None:
        """The quantile `share` of `column` under the name `key`, computed the first time."""
        if key not in self.percentiles:
            found = quantiles(table, column, (share,))[1]
            self.percentiles[key] = found[0] if found else None
        return self.percentiles[key]


Rule = Callable[[Study, Statistics], list[Table]]


def state(*, applies: Value, known: Value, flagged: Value) -> Value:
    """One of the four states from three conditions, each asked only if the one before holds; null is no."""
    return ibis.cases(
        (~_sure(applies), NOT_APPLICABLE),
        (~_sure(known), INSUFFICIENT),
        (_sure(flagged), FLAGGED),
        else_=CLEAR,
    )


def _sure(condition: Value) -> BooleanValue:
    return condition.fill_null(False)


def verdict(
    table: Table,
    code: str,
    about: str,
    *,
    name: Value,
    finding: Value,
    value: NumericValue,
    threshold: NumericValue | float | None = None,
    score: NumericValue | float | None = None,
    facts: Mapping[str, Value] | None = None,
) -> Table:
    """Rows in the common shape. `score` is the result Cardinal prints, by default the value itself.

    `facts` are the figures of the evidence sentence, at most four, named in the catalogue.
    """
    named = facts or {}
    assert tuple(named) == CATALOG[code].facts, f"{code} promises other facts"
    empty = ibis.null("float64")
    figures = [named[fact].cast("float64") for fact in CATALOG[code].facts] + [empty] * FACTS
    number = value.cast("float64")
    return table.select(
        code=ibis.literal(code),
        about=ibis.literal(about),
        id=name.cast("string"),
        seq=table.seq if "seq" in table.columns else ibis.null("int64"),
        state=finding,
        score=number if score is None else _number(score),
        value=number,
        threshold=_number(threshold),
        **{f"fact{at}": figures[at] for at in range(FACTS)},
    )


def _number(value: NumericValue | float | None) -> NumericValue:
    return value.cast("float64") if isinstance(value, Value) else figure(value)


def by_process(
    study: Study,
    code: str,
    *,
    applies: Value,
    known: Value,
    flagged: Value,
    value: NumericValue,
    threshold: NumericValue | float | None = None,
    score: NumericValue | float | None = None,
    facts: Mapping[str, Value] | None = None,
) -> Table:
    """The verdicts of an indicator that looks at each process alone."""
    features = study.features
    return verdict(
        features,
        code,
        "OCID",
        name=features.ocid,
        finding=state(applies=features.included & applies, known=known, flagged=flagged),
        value=value,
        threshold=threshold,
        score=score,
        facts=facts,
    )


def organizations(code: str, table: Table, name: Value, score: float = 0.0, about: str = "Tenderer") -> Table:
    """Flag organizations because of a process they took part in, one row for each process."""
    empty = {fact: ibis.null("float64") for fact in CATALOG[code].facts}
    value = ibis.literal(score, "float64")
    return verdict(table, code, about, name=name, finding=ibis.literal(FLAGGED), value=value, facts=empty)
