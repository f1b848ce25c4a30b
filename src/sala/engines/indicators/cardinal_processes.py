"""Cardinal's indicators about one contracting process: R003, R018, R024, R028, R030, R035, R036, R058.

Source of each: the documentation of Cardinal (Open Contracting Partnership), in the catalogue.
"""

import ibis
from ibis import _
from ibis.expr.types import Table, Value

from sala.engines.indicators.quartiles import figure, is_finite
from sala.engines.indicators.study import DAY, Study, beside
from sala.engines.indicators.verdicts import Rule, Statistics, by_process, organizations

YES = ibis.literal(True)


def short_period(study: Study, statistics: Statistics) -> list[Table]:
    """R003: whole days from the start to the end of the tender period, below the legal or usual minimum."""
    f, settings = study.features, study.settings
    exact = (f.end - f.start) / DAY
    days = (exact >= 0).ifelse(exact.floor(), exact.ceil())
    threshold: Value = ibis.literal(settings.number("R003", "threshold"), "float64")
    special = settings.sections.get("R003.procurement_method_details", {})
    branches = [(f.details == name, float(text)) for name, text in special.items() if text]
    if branches:
        threshold = ibis.cases(*branches, else_=threshold)
    methods = settings.listed("R003", "procurement_methods")
    applies = f.method.isin(methods) if methods else YES
    known = f.start.notnull() & f.end.notnull()
    found = {"applies": applies, "known": known, "flagged": days < threshold, "value": days}
    return [by_process(study, "R003", **found, threshold=threshold, score=1.0)]


def single_bid(study: Study, statistics: Statistics) -> list[Table]:
    """R018: one tenderer in a competitive procedure; counted from the bids where no number is published."""
    f = study.features
    methods = study.settings.listed("R018", "procurement_methods", "open|selective")
    count = ibis.coalesce(f.tenderers, (f.submitted > 0).ifelse(f.parties, None).cast("float64"))
    found = {
        "applies": f.method.isin(methods) if methods else YES,
        "known": count.notnull(),
        "flagged": count == 1,
        "value": count,
    }
    return [by_process(study, "R018", **found, threshold=1, score=1.0)]


def price_gap(features: Table) -> tuple[Value, Value, Value]:
    """The relative gap between the winning and the next bid, where it applies, and where it is known.

    Joint bids and bids in another currency are passed over; they matter only where no two bids are left.
    """
    f = features
    gap = (f.next_at - f.won_at) / f.won_at.nullif(0)
    known = (f.undecided == 0) & f.winner.notnull() & is_finite(gap)
    applies = f.comparable & ~(f.active > 1).fill_null(False) & ~(f.joint > 0).fill_null(False)
    passed_over = ((f.unclear > 0) | (f.foreign_valid > 0)).fill_null(False)
    applies &= known.fill_null(False) | ~passed_over
    applies &= ~(f.won_at > f.next_at).fill_null(False) & ~(f.valid < 2).fill_null(False)
    return gap, applies, known


def _gaps(study: Study) -> Table:
    gap, applies, known = price_gap(study.features)
    return study.features.mutate(gap=gap).filter(study.features.included & applies & known)


def close_price(study: Study, statistics: Statistics) -> list[Table]:
    """R024: the next valid bid is unusually close to the winning one."""
    limit = study.settings.number("R024", "threshold")
    if limit is None:
        fence = statistics.quartiles("gap", _gaps(study), "gap")
        limit = None if fence is None or fence.flat else fence.lower
    gap, applies, known = price_gap(study.features)
    seen = known & (limit is not None)
    at_fence = YES & (limit is not None and limit > 0)
    f = study.features
    process = by_process(
        study,
        "R024",
        applies=applies,
        known=seen,
        flagged=at_fence & (gap <= figure(limit)),
        value=gap,
        threshold=limit,
        facts={"winning": f.won_at, "next": f.next_at},
    )
    if limit is None:
        return [process]
    flagged = _gaps(study).filter(at_fence & (_.gap <= figure(limit)))
    return [process, organizations("R024", flagged, flagged.winner), _runners_up(study, flagged)]


def heavy_discount(study: Study, statistics: Statistics) -> list[Table]:
    """R058: the winning bid is unusually far below the next valid one."""
    limit = study.settings.number("R058", "threshold")
    if limit is None:
        fence = statistics.quartiles("gap", _gaps(study), "gap")
        limit = None if fence is None or fence.flat else fence.upper
    gap, applies, known = price_gap(study.features)
    at_fence = YES & (limit is not None and limit > 0)
    f = study.features
    process = by_process(
        study,
        "R058",
        applies=applies,
        known=known & (limit is not None),
        flagged=at_fence & (gap >= figure(limit)),
        value=gap,
        threshold=limit,
        facts={"winning": f.won_at, "next": f.next_at},
    )
    if limit is None:
        return [process]
    flagged = _gaps(study).filter(at_fence & (_.gap >= figure(limit)))
    return [process, organizations("R058", flagged, flagged.winner)]


def _runners_up(study: Study, flagged: Table) -> Table:
    """The tenderer of the next bid; of several equal ones the first listed."""
    wanted = flagged.select("seq", "next_at")
    single = study.bids.filter(_.valid, _.members == 1, _.currency == (study.currency or ""))
    bids = single.inner_join(wanted, "seq")
    bids = bids.filter((bids.amount == bids.next_at) & (bids.bidder != bids.winner))
    first = bids.mutate(place=ibis.row_number().over(group_by=bids.seq, order_by=bids.bid)).filter(
        _.place == 0
    )
    return organizations("R024", first, first.bidder)


def same_price(study: Study, statistics: Statistics) -> list[Table]:
    """R028: two different tenderers (or groups of tenderers) bid the same price."""
    bids = study.bids
    offered = bids.filter(
        bids.submitted,
        bids.comparable,
        bids.known.notnull(),
        bids.amount.notnull(),
        bids.currency.notnull(),
    )
    price = ["seq", "amount", "currency"]
    twins = offered.group_by(price).aggregate(first=_.known.min(), last=_.known.max())
    twins = study.keep("r028_twins", twins.filter(twins["first"] != twins["last"]).select(price))
    seen = twins.group_by("seq").aggregate(prices=_.count())
    priced = offered.group_by("seq").aggregate(offered=_.count())
    joined = beside(study.beside(seen), priced)
    process = by_process(
        study.looking_at(joined),
        "R028",
        applies=joined.comparable & ~(joined.submitted < 2).fill_null(False),
        known=joined.offered > 1,
        flagged=joined.prices > 0,
        value=joined.prices.fill_null(0),
        score=1.0,
    )
    members = offered.inner_join(twins, price).select("seq", "bid")
    named = study.tables["tenderers"].inner_join(members, ["seq", "bid"]).select("seq", "id").distinct()
    return [process, organizations("R028", named, named.id, score=1.0)]


def late_bid_won(study: Study, statistics: Statistics) -> list[Table]:
    """R030: a valid bid received after the deadline, by a supplier of an active award."""
    f = study.features
    process = by_process(
        study,
        "R030",
        applies=YES,
        known=(f.dated > 0) & (f.active > 0),
        flagged=f.late_winners > 0,
        value=f.late_winners,
        score=1.0,
    )
    named = study.parts.filter((_.late > 0) & (_.won > 0))
    return [process, organizations("R030", named, named.id, score=1.0)]


def only_winner_left(study: Study, statistics: Statistics) -> list[Table]:
    """R035: every tenderer but the winner was disqualified."""
    f = study.features
    limit = max(study.settings.number("R035", "threshold") or 1, 1)
    others = f.valid_or_out - f.valid_parties
    sole = (f.valid_parties == 1) & (f.supplier_first == f.valid_first) & (f.supplier_last == f.valid_first)
    found = {"known": (f.undecided == 0) & (f.active > 0) & (f.valid_or_out > 0), "value": others}
    flagged = sole & (others >= figure(limit))
    process = by_process(study, "R035", applies=YES, **found, flagged=flagged, threshold=limit)
    named = f.filter(f.included & found["known"] & flagged)
    return [process, organizations("R035", named, named.valid_first)]


def lowest_disqualified(study: Study, statistics: Statistics) -> list[Table]:
    """R036: the lowest submitted bid was disqualified, where price decides; of equal ones the first listed."""
    f = study.beside(_first_of_equals(study))
    lower = (f.lowest_disqualified < f.lowest_other).fill_null(False)
    found = lower | (f.out_at < f.other_at).fill_null(False) | f.lowest_other.isnull()
    process = by_process(
        study.looking_at(f),
        "R036",
        applies=f.comparable & ~((f.foreign_submitted > 0) & (f.priced_valid == 0)).fill_null(False),
        known=(f.active > 0) & (f.priced_valid > 0),
        flagged=f.lowest_disqualified.notnull() & found,
        value=f.lowest_disqualified,
        threshold=f.lowest,
        score=1.0,
    )
    return [process]


def _first_of_equals(study: Study) -> Table:
    """Where a disqualified and another bid are both lowest: the places of the first of each."""
    f = study.features
    ties = f.filter(f.lowest_disqualified == f.lowest_other).select("seq", lowest_price=f.lowest)
    ours = study.bids.filter(_.submitted, _.currency == (study.currency or ""))
    tied = ours.inner_join(ties, "seq")
    tied = tied.filter(tied.amount == tied.lowest_price)
    return tied.group_by("seq").aggregate(
        out_at=tied.bid.min(where=tied.disqualified), other_at=tied.bid.min(where=~tied.disqualified)
    )


RULES: dict[str, Rule] = {
    "R003": short_period,
    "R018": single_bid,
    "R024": close_price,
    "R028": same_price,
    "R030": late_bid_won,
    "R035": only_winner_left,
    "R036": lowest_disqualified,
    "R058": heavy_discount,
}
