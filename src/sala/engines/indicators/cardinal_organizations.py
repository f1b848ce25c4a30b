"""Cardinal's indicators about organizations over all their processes: R025, R038, R048.

Source of each: the documentation of Cardinal (Open Contracting Partnership), in the catalogue.
"""

import ibis
from ibis import _
from ibis.expr.types import Table

from sala.engines.indicators.quartiles import figure
from sala.engines.indicators.study import Study
from sala.engines.indicators.verdicts import Rule, Statistics, state, verdict

YES = ibis.literal(True)


def seldom_wins(study: Study, statistics: Statistics) -> list[Table]:
    """R025: a tenderer that bids often wins unusually seldom."""
    settings = study.settings
    asked = study.bids.filter(
        _.valid, _.members == 1, _.bidder.notnull(), _.undecided == 0, _.winner.notnull()
    )
    once = asked.select("seq", id=asked.bidder, won=(asked.bidder == asked.winner).ifelse(1, 0)).distinct()
    records = once.group_by("id").aggregate(bids=_.count(), wins=_.won.sum())
    records = study.keep("r025_records", records.mutate(ratio=records.wins / records.bids))
    percentile = settings.number("R025", "percentile") or 0.0
    often = statistics.percentile("R025", records, "bids", percentile / 100)
    limit = settings.number("R025", "threshold")
    if limit is None:
        fence = statistics.quartiles("R025", records, "ratio")
        limit = None if fence is None or fence.flat else fence.lower
    finding = state(
        applies=records.bids >= (often or 0.0),
        known=YES & (limit is not None),
        flagged=YES & (limit is not None and limit > 0) & (records.ratio <= figure(limit)),
    )
    return [
        verdict(
            records,
            "R025",
            "Tenderer",
            name=records.id,
            finding=finding,
            value=records.ratio,
            threshold=limit,
            facts={"wins": records.wins, "bids": records.bids},
        )
    ]


def often_disqualified(study: Study, statistics: Statistics) -> list[Table]:
    """R038: a buyer disqualifies, or a tenderer is disqualified, unusually often."""
    f = study.features
    tables = []
    for about, column in (("Buyer", "buyer"), ("ProcuringEntity", "entity")):
        rows = f.filter(f.included & f[column].notnull() & (f.submitted > 0))
        records = rows.group_by(id=rows[column]).aggregate(out=_.disqualified.sum(), bids=_.submitted.sum())
        # Cardinal compares this minimum with the number of bids received, not of processes; so do we.
        tables.append(_disqualified(study, statistics, records, about, "minimum_contracting_processes"))
    parts = study.parts.filter(_.submitted > 0)
    records = parts.group_by("id").aggregate(out=_.disqualified.sum(), bids=_.submitted.sum())
    tables.append(_disqualified(study, statistics, records, "Tenderer", "minimum_submitted_bids"))
    return tables


def _disqualified(study: Study, statistics: Statistics, records: Table, about: str, least: str) -> Table:
    minimum = study.settings.number("R038", least)
    records = study.keep(f"r038_{about.lower()}", records.mutate(ratio=records.out / records.bids))
    enough = records.bids >= minimum
    fence = statistics.quartiles(f"R038.{about}", records.filter(enough), "ratio")
    limit = study.settings.number("R038", "threshold")
    if limit is None:
        limit = None if fence is None or fence.flat else fence.upper
    return verdict(
        records,
        "R038",
        about,
        name=records.id,
        finding=state(
            applies=enough,
            known=YES & (limit is not None),
            flagged=YES & (limit is not None and limit > 0) & (records.ratio >= figure(limit)),
        ),
        value=records.ratio,
        threshold=limit,
        facts={"disqualified": records.out, "bids": records.bids},
    )


def sells_everything(study: Study, statistics: Statistics) -> list[Table]:
    """R048: a supplier is awarded unusually many different kinds of goods and services."""
    settings = study.settings
    digits = int(settings.number("R048", "digits") or 0)
    included = study.features.filter(_.included)
    items = study.tables["items"].filter(
        _.stage == "award", _.status == "active", _.supplier.notnull(), _.class_id.notnull()
    )
    items = items.semi_join(included, "seq").mutate(kind=_.class_id.left(digits))
    kinds = items.select("supplier", "kind").distinct().group_by("supplier").aggregate(variety=_.count())
    counts = items.select("supplier", "seq").distinct().group_by("supplier").aggregate(processes=_.count())
    records = study.keep("r048_records", kinds.inner_join(counts, "supplier"))
    enough = records.processes >= settings.number("R048", "minimum_contracting_processes")
    limit = settings.number("R048", "threshold")
    if limit is None:
        fence = statistics.quartiles("R048", records.filter(enough), "variety")
        limit = None if fence is None or fence.flat else fence.upper
    return [
        verdict(
            records,
            "R048",
            "Tenderer",
            name=records.supplier,
            finding=state(
                applies=YES,
                known=enough & (limit is not None),
                flagged=records.variety >= figure(limit),
            ),
            value=records.variety,
            threshold=limit,
            facts={"processes": records.processes},
        )
    ]


RULES: dict[str, Rule] = {"R025": seldom_wins, "R038": often_disqualified, "R048": sells_everything}
