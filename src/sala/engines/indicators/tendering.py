"""Our indicators about planning, the notice, its questions and the decision: before a contract is signed."""

import ibis
from ibis import _
from ibis.expr.types import Table, Value

from sala.engines.indicators.quartiles import figure, robust_scores
from sala.engines.indicators.study import DAY, Study
from sala.engines.indicators.verdicts import Rule, Statistics, by_process

YES = ibis.literal(True)
CLOSED_METHODS = ("limited", "direct")


def no_plan(study: Study, statistics: Statistics) -> list[Table]:
    """R001: planning documents are published, but neither a procurement plan nor a needs assessment."""
    f = study.features
    plans = f.plans.fill_null(0)
    return [
        by_process(study, "R001", applies=YES, known=f.planned, flagged=plans == 0, value=plans, threshold=1)
    ]


def missing_documents(study: Study, statistics: Statistics) -> list[Table]:
    """R005: notice, bidding documents or specifications are absent from the published documents."""
    f = study.features
    methods = study.settings.listed("R005", "procurement_methods") or ("open", "selective")
    kinds = (f.notices, f.bidding_documents, f.specifications)
    missing = sum(((kind.fill_null(0) == 0).ifelse(1, 0) for kind in kinds), ibis.literal(0))
    found = {"applies": f.method.isin(methods), "known": f.documents > 0, "flagged": missing > 0}
    return [by_process(study, "R005", **found, value=missing, threshold=1)]


def unexplained_method(study: Study, statistics: Statistics) -> list[Table]:
    """R010: a procedure without open competition and without a stated reason."""
    f = study.features
    closed = f.method.isin(CLOSED_METHODS)
    found = {"applies": closed.fill_null(True), "known": f.method.notnull(), "flagged": ~f.rationale}
    return [by_process(study, "R010", **found, value=(~f.rationale).ifelse(1, 0), threshold=1)]


def odd_value(study: Study, statistics: Statistics) -> list[Table]:
    """R016: the estimate is far from those of the same class and method."""
    settings, f = study.settings, study.features
    digits = int(settings.number("R016", "digits") or 0)
    rows = f.filter(
        f.included & (f.amount > 0) & (f.currency == (study.currency or "")) & f.class_id.notnull()
    )
    rows = rows.select("seq", "method", kind=f.class_id.left(digits), size=f.amount.ln())
    rows = rows.mutate(method=_.method.fill_null(""))
    scores = study.keep("r016_scores", robust_scores(rows, ["kind", "method"], "size"))
    return [_far_off(study, "R016", scores.select("seq", peers=scores["count"], distance=scores.score.abs()))]


def odd_unit_price(study: Study, statistics: Statistics) -> list[Table]:
    """R017: a unit price is far from those of the same class and unit."""
    items = study.tables["items"].filter(
        _.unit_amount > 0, _.currency == (study.currency or ""), _.class_id.notnull(), _.unit.notnull()
    )
    items = items.semi_join(study.features.filter(_.included), "seq")
    rows = items.select("seq", "class_id", "unit", price=items.unit_amount.ln())
    scores = study.keep("r017_scores", robust_scores(rows, ["class_id", "unit"], "price"))
    least = study.settings.number("R017", "minimum_peers")
    known = scores.filter(scores["count"] >= least)
    worst = known.group_by("seq").aggregate(distance=known.score.abs().max(), peers=known["count"].max())
    return [_far_off(study, "R017", worst)]


def _far_off(study: Study, code: str, scores: Table) -> Table:
    f = study.beside(scores)
    limit = study.settings.number(code, "threshold")
    return by_process(
        study.looking_at(f),
        code,
        applies=YES,
        known=(f.peers >= study.settings.number(code, "minimum_peers")) & f.distance.notnull(),
        flagged=f.distance > figure(limit),
        value=f.distance,
        threshold=limit,
        facts={"peers": f.peers},
    )


def complaint_filed(study: Study, statistics: Statistics) -> list[Table]:
    """R020: someone complained about the procedure."""
    f = study.features
    found = {"applies": YES, "known": f.complaints.notnull(), "flagged": f.complaints >= 1}
    return [by_process(study, "R020", **found, value=f.complaints, threshold=1)]


def unanswered_questions(study: Study, statistics: Statistics) -> list[Table]:
    """R039: bidders' questions stayed without an answer."""
    f = study.features
    return [
        by_process(
            study,
            "R039",
            applies=~(f.enquiries == 0).fill_null(False),
            known=f.enquiries.notnull(),
            flagged=f.unanswered > 0,
            value=f.unanswered / f.enquiries.nullif(0),
            threshold=0,
            facts={"unanswered": f.unanswered, "asked": f.enquiries},
        )
    ]


def _decision_days(study: Study) -> Value:
    return ((study.features.award_at - study.features.end) / DAY).floor()


def hasty_decision(study: Study, statistics: Statistics) -> list[Table]:
    """R061: the award came very soon after the deadline, or before it."""
    limit, days = study.settings.number("R061", "threshold"), _decision_days(study)
    found = {"applies": YES, "known": days.notnull(), "flagged": days < figure(limit), "value": days}
    return [by_process(study, "R061", **found, threshold=limit)]


def slow_decision(study: Study, statistics: Statistics) -> list[Table]:
    """R062: the award came very long after the deadline."""
    limit, days = study.settings.number("R062", "threshold"), _decision_days(study)
    found = {"applies": YES, "known": days.notnull(), "flagged": days > figure(limit), "value": days}
    return [by_process(study, "R062", **found, threshold=limit)]


RULES: dict[str, Rule] = {
    "R001": no_plan,
    "R005": missing_documents,
    "R010": unexplained_method,
    "R016": odd_value,
    "R017": odd_unit_price,
    "R020": complaint_filed,
    "R039": unanswered_questions,
    "R061": hasty_decision,
    "R062": slow_decision,
}
