"""Our indicators about the award, the contract and the work: price, change, payment, delivery."""

import ibis
from ibis import _
from ibis.expr.types import Table, Value

from sala.engines.indicators.quartiles import figure
from sala.engines.indicators.study import DAY, Study
from sala.engines.indicators.tendering import CLOSED_METHODS
from sala.engines.indicators.verdicts import Rule, Statistics, by_process

YES = ibis.literal(True)


def _over_estimate(study: Study) -> tuple[Value, Value]:
    """The award over the estimate, and where both are known, in the main currency and for one award."""
    f, ours = study.features, study.currency or ""
    known = (f.active == 1) & (f.amount > 0) & (f.award_amount > 0)
    return f.award_amount / f.amount.nullif(0), known & (f.currency == ours) & (f.award_currency == ours)


def close_to_estimate(study: Study, statistics: Statistics) -> list[Table]:
    """R031: the winner's price is almost the reference price, or above it."""
    limit, f = study.settings.number("R031", "threshold"), study.features
    ratio, known = _over_estimate(study)
    found = {"applies": ~(f.active > 1).fill_null(False), "known": known, "flagged": ratio >= figure(limit)}
    facts = {"award": f.award_amount, "estimate": f.amount}
    return [by_process(study, "R031", **found, value=ratio, threshold=limit, facts=facts)]


def far_below_estimate(study: Study, statistics: Statistics) -> list[Table]:
    """USAS36: without competition the award is far below the estimate, so the estimate may be inflated."""
    limit, f = study.settings.number("USAS36", "threshold"), study.features
    ratio, known = _over_estimate(study)
    found = {"applies": f.method.isin(CLOSED_METHODS), "known": known, "flagged": ratio <= figure(limit)}
    facts = {"award": f.award_amount, "estimate": f.amount}
    return [by_process(study, "USAS36", **found, value=ratio, threshold=limit, facts=facts)]


def _priced_contracts(f: Table) -> Value:
    return (f.contracts > 0) & (f.contract_unpriced == 0)


def _priced_awards(study: Study) -> Value:
    f, ours = study.features, study.currency or ""
    return (
        (f.award_satang > 0)
        & (f.award_unpriced == 0)
        & (f.award_currency == ours)
        & (f.award_currency_last == ours)
    )


def grown_past_threshold(study: Study, statistics: Statistics) -> list[Table]:
    """R054: awarded without competition below the threshold, contracted above it."""
    limit, f = study.settings.number("R054", "threshold"), study.features
    cut = round((limit or 0.0) * 100)
    growth = (f.award_satang < cut) & (f.contract_satang >= cut)
    known = _priced_awards(study) & _priced_contracts(f) & (limit is not None)
    found = {"applies": f.method.isin(CLOSED_METHODS), "known": known, "flagged": growth}
    facts = {"award": f.award_satang / 100}
    return [by_process(study, "R054", **found, value=f.contract_satang / 100, threshold=limit, facts=facts)]


def contract_differs(study: Study, statistics: Statistics) -> list[Table]:
    """R059: what was contracted differs much from what was awarded."""
    limit, f = study.settings.number("R059", "threshold"), study.features
    difference = (f.contract_satang - f.award_satang).abs() / f.award_satang.nullif(0)
    known = _priced_awards(study) & _priced_contracts(f)
    facts = {"award": f.award_satang / 100, "contract": f.contract_satang / 100}
    found = {"applies": YES, "known": known, "flagged": difference > figure(limit), "value": difference}
    return [by_process(study, "R059", **found, threshold=limit, facts=facts)]


def slow_signature(study: Study, statistics: Statistics) -> list[Table]:
    """R060: unusually many days from award to signature."""
    f = study.features
    days = ((f.signed - f.award_at) / DAY).floor()
    limit = study.settings.number("R060", "threshold")
    if limit is None:
        rows = f.mutate(days=days).filter(f.included & (days >= 0))
        fence = statistics.quartiles("R060", rows, "days")
        limit = None if fence is None or fence.flat else fence.upper
    known = days.notnull() & (limit is not None)
    found = {"applies": YES, "known": known, "flagged": days >= figure(limit), "value": days}
    return [by_process(study, "R060", **found, threshold=limit)]


def amended(study: Study, statistics: Statistics) -> list[Table]:
    """R064: a contract was amended."""
    limit, f = study.settings.number("R064", "threshold"), study.features
    found = {
        "applies": YES,
        "known": f.contracts > 0,
        "flagged": f.amendments >= figure(limit),
        "value": f.amendments,
    }
    return [by_process(study, "R064", **found, threshold=limit)]


def grown_price(study: Study, statistics: Statistics) -> list[Table]:
    """R066: amendments raised the price much."""
    limit, f = study.settings.number("R066", "threshold"), study.features
    growth = (f.contract_satang - f.first_satang) / f.first_satang.nullif(0)
    found = {
        "applies": f.amendments > 0,
        "known": _priced_contracts(f) & growth.notnull(),
        "flagged": growth > figure(limit),
    }
    facts = {"before": f.first_satang / 100, "after": f.contract_satang / 100}
    return [by_process(study, "R066", **found, value=growth, threshold=limit, facts=facts)]


def quick_changes(study: Study, statistics: Statistics) -> list[Table]:
    """R069: a contract was amended twice within a short time."""
    limit = study.settings.number("R069", "days")
    rows = study.tables["amendments"].filter(_["at"].notnull())
    before = rows["at"].lag().over(group_by=[rows.seq, rows.contract], order_by=rows["at"])
    gaps = (
        rows.mutate(wait=rows["at"] - before).group_by("seq").aggregate(changes=_.count(), wait=_.wait.min())
    )
    f = study.beside(gaps)
    days = f.wait / DAY
    known = (f.contracts > 0) & (f.changes.fill_null(0) == f.amendments)
    found = {
        "applies": ~(f.amendments < 2).fill_null(False),
        "known": known,
        "flagged": days <= figure(limit),
    }
    return [by_process(study.looking_at(f), "R069", **found, value=days, threshold=limit)]


def late_delivery(study: Study, statistics: Statistics) -> list[Table]:
    """R067: milestones were missed or met late."""
    limit, f = study.settings.number("R067", "threshold"), study.features
    share = f.late_milestones / f.milestones.nullif(0)
    facts = {"late": f.late_milestones, "milestones": f.milestones}
    found = {"applies": YES, "known": f.milestones > 0, "flagged": share > figure(limit), "value": share}
    return [by_process(study, "R067", **found, threshold=limit, facts=facts)]


def paid_too_much(study: Study, statistics: Statistics) -> list[Table]:
    """R068: more was paid than contracted."""
    limit, f = study.settings.number("R068", "threshold"), study.features
    ratio = f.paid_satang / f.contract_satang.nullif(0)
    known = _priced_contracts(f) & (f.payments > 0) & (f.foreign_payments == 0)
    facts = {"paid": f.paid_satang / 100, "contract": f.contract_satang / 100}
    found = {"applies": YES, "known": known, "flagged": ratio > figure(limit), "value": ratio}
    return [by_process(study, "R068", **found, threshold=limit, facts=facts)]


def finished_too_fast(study: Study, statistics: Statistics) -> list[Table]:
    """USAS37: works were finished sooner than works can be."""
    limit, f = study.settings.number("USAS37", "threshold"), study.features
    days = ((f.completed - f.signed) / DAY).floor()
    found = {
        "applies": f.category == "works",
        "known": days.notnull(),
        "flagged": days < figure(limit),
        "value": days,
    }
    return [by_process(study, "USAS37", **found, threshold=limit)]


RULES: dict[str, Rule] = {
    "R031": close_to_estimate,
    "R054": grown_past_threshold,
    "R059": contract_differs,
    "R060": slow_signature,
    "R064": amended,
    "R066": grown_price,
    "R067": late_delivery,
    "R068": paid_too_much,
    "R069": quick_changes,
    "USAS36": far_below_estimate,
    "USAS37": finished_too_fast,
}
