"""Our indicators about the bids of one process: screens for collusion and links between bidders."""

import ibis
from ibis import _
from ibis.expr.types import Table, Value

from sala.engines.indicators.quartiles import figure
from sala.engines.indicators.study import Study, beside
from sala.engines.indicators.verdicts import Rule, Statistics, by_process, organizations

YES = ibis.literal(True)


def _several(study: Study) -> tuple[Value, Value]:
    """Where prices can be compared, and where at least three valid ones are known."""
    f = study.features
    return f.comparable & ~((f.foreign_valid > 0) | (f.valid < 3)).fill_null(False), f.priced_valid >= 3


def wide_disparity(study: Study, statistics: Statistics) -> list[Table]:
    """R022: the bids differ from one another far more than usual."""
    return _variation(study, statistics, "R022", high=True)


def narrow_variation(study: Study, statistics: Statistics) -> list[Table]:
    """SCRCV: the bids differ from one another hardly at all."""
    return _variation(study, statistics, "SCRCV", high=False)


def _variation(study: Study, statistics: Statistics, code: str, *, high: bool) -> list[Table]:
    applies, known = _several(study)
    f = study.features
    # Rounded so that two engines, which add in different orders, agree to the last printed digit.
    variation = (f.sd_price / f.mean_price.nullif(0)).round(9)
    known &= variation.notnull()
    limit = study.settings.number(code, "threshold")
    if limit is None:
        rows = f.mutate(variation=variation).filter(f.included & applies & known)
        fence = statistics.quartiles(code, rows, "variation")
        limit = None if fence is None or fence.flat else fence.upper
    flagged = variation >= figure(limit) if high else variation <= figure(limit)
    found = {"applies": applies, "known": known & (limit is not None), "flagged": flagged}
    facts = {"bids": f.priced_valid, "lowest": f.low_price, "highest": f.high_price}
    return [by_process(study, code, **found, value=variation, threshold=limit, facts=facts)]


def relative_distance(study: Study, statistics: Statistics) -> list[Table]:
    """SCRRD: the gap to the second bid is large beside the differences among the losing bids."""
    applies, known = _several(study)
    f = study.features
    applies &= ~(f.unclear > 0).fill_null(False)
    distance = ((f.next_at - f.won_at) / f.sd_losing.nullif(0)).round(9)
    limit = study.settings.number("SCRRD", "threshold")
    found = {"applies": applies, "known": known & distance.notnull(), "flagged": distance > figure(limit)}
    return [
        by_process(study, "SCRRD", **found, value=distance, threshold=limit, facts={"bids": f.priced_valid})
    ]


def fixed_multiple(study: Study, statistics: Statistics) -> list[Table]:
    """R023: each bid is the one below it times the same number."""
    tolerance = study.settings.number("R023", "tolerance") or 0.0
    bids = study.bids.filter(_.valid, _.amount > 0, _.bidder.notnull(), _.currency == (study.currency or ""))
    lowest = bids.group_by(["seq", "bidder"]).aggregate(amount=_.amount.min())
    before = lowest.amount.lag().over(group_by=lowest.seq, order_by=[lowest.amount, lowest.bidder])
    steps = lowest.mutate(step=lowest.amount / before)
    ladder = steps.group_by("seq").aggregate(steps=_.step.count(), low=_.step.min(), high=_.step.max())
    f = study.beside(ladder)
    return [
        by_process(
            study.looking_at(f),
            "R023",
            applies=_several(study)[0],
            known=f.steps >= 2,
            flagged=(f.low > figure(1 + tolerance)) & (f.high - f.low <= figure(tolerance)),
            value=f.high - f.low,
            threshold=tolerance,
            facts={"multiple": f.low, "steps": f.steps},
        )
    ]


def bids_together(study: Study, statistics: Statistics) -> list[Table]:
    """R034: bids of different tenderers were handed in within moments of each other."""
    limit = study.settings.number("R034", "threshold")
    bids = study.bids.filter(_.submitted, _["at"].notnull(), _.bidder.notnull())
    window = ibis.window(group_by=bids.seq, order_by=[bids["at"], bids.bid])
    steps = bids.mutate(wait=bids["at"] - bids["at"].lag().over(window), other=bids.bidder.lag().over(window))
    gaps = steps.filter(steps.other != steps.bidder).group_by("seq").aggregate(wait=_.wait.min())
    f = study.beside(gaps)
    seconds = f.wait / 1_000_000
    found = {
        "applies": ~(f.parties < 2).fill_null(False),
        "known": f.wait.notnull(),
        "flagged": seconds < figure(limit),
        "value": seconds,
    }
    return [by_process(study.looking_at(f), "R034", **found, threshold=limit)]


def shared_beneficial_owner(study: Study, statistics: Statistics) -> list[Table]:
    """R032: two bidders of one process have the same beneficial owner."""
    return _shared_owner(study, "R032", "beneficialOwners")


def shared_shareholder(study: Study, statistics: Statistics) -> list[Table]:
    """R033: two bidders of one process have the same shareholder."""
    return _shared_owner(study, "R033", "shareholders")


def _shared_owner(study: Study, code: str, kind: str) -> list[Table]:
    bidders = study.parts.filter(_.submitted > 0).select("seq", "id")
    owners = study.tables["owners"].filter(_.kind == kind).select("seq", "id", "owner").distinct()
    owned = owners.semi_join(bidders, ["seq", "id"])
    return _shared(study, code, owned, "owner")


def _shared(study: Study, code: str, held: Table, mark: str) -> list[Table]:
    """Flag processes where the same `mark` is held by two bidders; the bidders too."""
    groups = held.group_by(["seq", mark]).aggregate(first=_.id.min(), last=_.id.max())
    shared = study.keep(f"{code.lower()}_shared", groups.filter(groups["first"] != groups["last"]))
    counts = shared.group_by("seq").aggregate(shared=_.count())
    holders = held.group_by("seq").aggregate(one=_.id.min(), another=_.id.max())
    f = beside(study.beside(holders), counts)
    number = f.shared.fill_null(0)
    found = {"applies": ~(f.parties < 2).fill_null(False), "known": f.one != f.another, "flagged": number > 0}
    process = by_process(study.looking_at(f), code, **found, value=number, threshold=1, score=1.0)
    named = held.semi_join(shared, ["seq", mark]).select("seq", "id").distinct()
    return [process, organizations(code, named, named.id, score=1.0)]


def _contacts(study: Study) -> Table:
    """Addresses, telephones and e-mails of a process's organizations; who bids is read from the bids too."""
    contacts = study.tables["contacts"]
    bidders = study.parts.filter(_.submitted > 0).select("seq", "id").mutate(bids=True)
    joined = contacts.left_join(bidders, ["seq", "id"]).drop("seq_right", "id_right")
    named = joined.mutate(
        bidder=joined.bidder | joined.bids.fill_null(False), trait=joined.kind + ":" + joined.mark
    )
    return named.semi_join(study.features.filter(_.included), "seq")


def same_contact_as_bidder(study: Study, statistics: Statistics) -> list[Table]:
    """R044: two bidders of one process have the same address, telephone or e-mail."""
    contacts = _contacts(study)
    return _shared(
        study, "R044", contacts.filter(contacts.bidder).select("seq", "id", "trait").distinct(), "trait"
    )


def same_contact_as_official(study: Study, statistics: Statistics) -> list[Table]:
    """R043: a bidder has the same address, telephone or e-mail as the buyer."""
    contacts = _contacts(study)
    bidders = contacts.filter(contacts.bidder & ~contacts.official).select("seq", "id", "trait").distinct()
    officials = contacts.filter(contacts.official).select("seq", "trait").distinct()
    matched = bidders.semi_join(officials, ["seq", "trait"]).select("seq", "id").distinct()
    counts = matched.group_by("seq").aggregate(matched=_.count())
    seen = bidders.select("seq").distinct().semi_join(officials, "seq").mutate(seen=True)
    f = beside(study.beside(seen), counts)
    number = f.matched.fill_null(0)
    found = {"applies": YES, "known": f.seen, "flagged": number > 0, "value": number}
    process = by_process(study.looking_at(f), "R043", **found, threshold=1, score=1.0)
    return [process, organizations("R043", matched, matched.id, score=1.0)]


RULES: dict[str, Rule] = {
    "R022": wide_disparity,
    "R023": fixed_multiple,
    "R032": shared_beneficial_owner,
    "R033": shared_shareholder,
    "R034": bids_together,
    "R043": same_contact_as_official,
    "R044": same_contact_as_bidder,
    "SCRCV": narrow_variation,
    "SCRRD": relative_distance,
}
