"""Our indicators about buyers, suppliers and markets over all their processes."""

from math import log10

import ibis
from ibis import _
from ibis.expr.types import BooleanValue, Table, Value

from sala.engines.indicators.quartiles import figure
from sala.engines.indicators.study import DAY, Study
from sala.engines.indicators.tables import moment
from sala.engines.indicators.tendering import CLOSED_METHODS
from sala.engines.indicators.verdicts import Rule, Statistics, by_process, organizations, state, verdict

YES = ibis.literal(True)


def awarded(study: Study) -> Table:
    """Active awards to one supplier, in the main currency, with buyer, method and class."""
    f = study.features.filter(_.included).select("seq", "buyer", "method", "class_id")
    awards = study.tables["awards"].filter(
        _.status == "active", _.supplier.notnull(), _.satang > 0, _.currency == (study.currency or "")
    )
    return awards.inner_join(f, "seq")


def _buyers(study: Study, asked: BooleanValue) -> Table:
    """Every buyer in the data, and whether the question `asked` of a process makes sense for any of theirs."""
    f = study.features
    asks = (f.included & asked).fill_null(False).ifelse(1, 0)
    return f.mutate(asks=asks).filter(f.buyer.notnull()).group_by("buyer").aggregate(applies=_.asks.sum() > 0)


def _awards_to(study: Study) -> Table:
    """Every active award to a known supplier, priced or not, with what its process says."""
    suppliers = study.tables["suppliers"].filter(_.status == "active").select("seq", "award", supplier="id")
    f = study.features.select("seq", "included", "buyer", "method", "class_id")
    when = study.tables["awards"].select("seq", "award", "at", "year")
    joined = suppliers.inner_join(when, ["seq", "award"], rname="{name}_award").inner_join(f, "seq")
    return joined.drop(*(name for name in ("seq_award", "award_award") if name in joined.columns))


def _suppliers(study: Study) -> Table:
    """Every supplier of an active award, and whether one of the awards is in a process that counts."""
    included = _.included.ifelse(1, 0).sum() > 0
    return _awards_to(study).group_by("supplier").aggregate(applies=included)


def _of_all(everyone: Table, records: Table, name: str) -> Table:
    """Everyone with `applies`, and what is known of those who have a record."""
    joined = everyone.left_join(records, name)
    return joined.drop(f"{name}_right") if f"{name}_right" in joined.columns else joined


def _buyer_supplier(study: Study, table: Table, *by: str) -> Table:
    """Sums by group and supplier beside the sums of the group, as satang, awards, total and all_awards."""
    pairs = table.group_by([*by, "supplier"]).aggregate(satang=_.satang.sum().cast("int64"), awards=_.count())
    totals = pairs.group_by(list(by)).aggregate(
        total=_.satang.sum().cast("int64"), all_awards=_.awards.sum(), largest=_.satang.max()
    )
    joined = pairs.inner_join(totals, list(by), rname="{name}_total")
    return joined.drop(*(f"{name}_total" for name in by if f"{name}_total" in joined.columns))


def just_below_threshold(study: Study, statistics: Statistics) -> list[Table]:
    """R002: a buyer's tenders crowd just below a legal threshold (one-sided binomial test, normal limit)."""
    settings, f = study.settings, study.features
    limit = settings.number("R002", "threshold")
    cut, band = limit or 1.0, settings.number("R002", "band") or 0.0
    rows = f.filter(f.included & f.buyer.notnull() & (f.amount > 0) & (f.currency == (study.currency or "")))
    below = (rows.amount >= figure(cut * (1 - band))) & (rows.amount < figure(cut))
    above = (rows.amount >= figure(cut)) & (rows.amount < figure(cut * (1 + band)))
    counts = rows.group_by("buyer").aggregate(below=below.ifelse(1, 0).sum(), above=above.ifelse(1, 0).sum())
    counts = _of_all(_buyers(study, YES), counts, "buyer")
    near = counts.below + counts.above
    score = (counts.below - counts.above - 1) / near.cast("float64").sqrt().nullif(0)
    known = (near >= settings.number("R002", "minimum_tenders")) & (limit is not None)
    strict = settings.number("R002", "score")
    finding = state(applies=counts.applies, known=known, flagged=score > figure(strict))
    facts = {"below": counts.below, "above": counts.above}
    common = {"name": counts.buyer, "finding": finding, "value": score, "threshold": strict, "facts": facts}
    return [verdict(counts, "R002", "Buyer", **common)]


def split_purchase(study: Study, statistics: Statistics) -> list[Table]:
    """R011: tenders of one buyer and class within days, each below the threshold, together above it."""
    settings, f = study.settings, study.features
    limit = settings.number("R011", "threshold")
    span = round((settings.number("R011", "days") or 0) * DAY)
    rows = f.filter(
        f.included & f.buyer.notnull() & f.class_id.notnull() & (f.currency == (study.currency or ""))
    )
    when = ibis.coalesce(rows.start, rows["at"])
    rows = rows.mutate(when=when, satang=(rows.amount * 100).round().cast("int64"))
    rows = rows.filter(rows.when.notnull() & (rows.amount > 0) & (rows.amount < figure(limit)))
    window = ibis.range_window(
        group_by=[rows.buyer, rows.class_id], order_by=rows.when, preceding=span, following=0
    )
    sums = rows.select("seq", near=rows.count().over(window), together=rows.satang.sum().over(window) / 100)
    joined = study.beside(sums)
    least = settings.number("R011", "minimum_tenders")
    ready = joined.amount.notnull() & joined.buyer.notnull() & joined.class_id.notnull() & (limit is not None)
    return [
        by_process(
            study.looking_at(joined),
            "R011",
            applies=~(joined.amount >= figure(limit)).fill_null(False) if limit is not None else YES,
            known=ready & joined.near.notnull(),
            flagged=(joined.near >= least) & (joined.together >= figure(limit)),
            value=joined.together,
            threshold=limit,
            facts={"tenders": joined.near},
        )
    ]


def seldom_competitive(study: Study, statistics: Statistics) -> list[Table]:
    """R013: a buyer avoids open competition unusually often."""
    f, settings = study.features, study.settings
    rows = f.filter(f.included & f.buyer.notnull() & f.method.notnull())
    records = rows.group_by("buyer").aggregate(
        processes=_.count(), closed=_.method.isin(CLOSED_METHODS).ifelse(1, 0).sum()
    )
    records = records.mutate(share=records.closed / records.processes)
    records = _of_all(_buyers(study, YES), records, "buyer")
    enough = records.processes >= settings.number("R013", "minimum_contracting_processes")
    limit = settings.number("R013", "threshold")
    if limit is None:
        fence = statistics.quartiles("R013", records.filter(enough), "share")
        limit = None if fence is None or fence.flat else fence.upper
    known = enough & (limit is not None)
    finding = state(applies=records.applies, known=known, flagged=records.share >= figure(limit))
    facts = {"closed": records.closed, "processes": records.processes}
    common = {"name": records.buyer, "finding": finding, "value": records.share, "facts": facts}
    return [verdict(records, "R013", "Buyer", **common, threshold=limit)]


def few_bidders(study: Study, statistics: Statistics) -> list[Table]:
    """R019: a buyer's competitive procedures draw unusually few bidders."""
    f, settings = study.features, study.settings
    count = ibis.coalesce(f.tenderers, (f.submitted > 0).ifelse(f.parties, None).cast("float64"))
    competitive = f.method.isin(("open", "selective"))
    rows = f.mutate(bidders=count).filter(f.included & f.buyer.notnull() & competitive)
    rows = rows.filter(rows.bidders > 0)
    records = rows.group_by("buyer").aggregate(processes=_.count(), total=_.bidders.sum())
    records = records.mutate(mean=records.total / records.processes)
    records = _of_all(_buyers(study, competitive), records, "buyer")
    enough = records.processes >= settings.number("R019", "minimum_contracting_processes")
    limit = settings.number("R019", "threshold")
    if limit is None:
        fence = statistics.quartiles("R019", records.filter(enough), "mean")
        limit = None if fence is None or fence.flat else fence.lower
    known = enough & (limit is not None)
    finding = state(applies=records.applies, known=known, flagged=records["mean"] <= figure(limit))
    facts = {"processes": records.processes}
    common = {"name": records.buyer, "finding": finding, "value": records["mean"], "facts": facts}
    return [verdict(records, "R019", "Buyer", **common, threshold=limit)]


def odd_first_digits(study: Study, statistics: Statistics) -> list[Table]:
    """R029: first digits of a buyer's award amounts do not follow Benford's law."""
    rows = study.keep("r029_awards", awarded(study).filter(_.buyer.notnull()).select("buyer", "satang"))
    digit = rows.satang.cast("string").left(1)
    counts = rows.group_by("buyer").aggregate(
        amounts=_.count(), **{f"d{at}": (digit == str(at)).ifelse(1, 0).sum() for at in range(1, 10)}
    )
    counts = _of_all(_buyers(study, study.features.active > 0), counts, "buyer")
    shares = [(counts[f"d{at}"] / counts.amounts - log10(1 + 1 / at)).abs() for at in range(1, 10)]
    distance = (sum(shares[1:], shares[0]) / 9).round(12)
    limit = study.settings.number("R029", "threshold")
    known = counts.amounts >= study.settings.number("R029", "minimum_amounts")
    finding = state(applies=counts.applies, known=known, flagged=distance > figure(limit))
    common = {
        "name": counts.buyer,
        "finding": finding,
        "value": distance,
        "facts": {"amounts": counts.amounts},
    }
    return [verdict(counts, "R029", "Buyer", **common, threshold=limit)]


def captured_buyer(study: Study, statistics: Statistics) -> list[Table]:
    """R040: one supplier gets most of what a buyer awards."""
    limit = study.settings.number("R040", "threshold")
    rows = awarded(study).filter(_.buyer.notnull())
    pairs = study.keep("r040_pairs", _buyer_supplier(study, rows, "buyer"))
    share = pairs.satang / pairs.total
    enough = pairs.all_awards >= study.settings.number("R040", "minimum_awards")
    records = pairs.group_by("buyer").aggregate(share=share.max(), awards=pairs.all_awards.max())
    records = _of_all(_buyers(study, study.features.active > 0), records, "buyer")
    known = records.awards >= study.settings.number("R040", "minimum_awards")
    finding = state(applies=records.applies, known=known, flagged=records.share > figure(limit))
    common = {
        "name": records.buyer,
        "finding": finding,
        "value": records.share,
        "facts": {"awards": records.awards},
    }
    named = pairs.filter(enough & (share > figure(limit)))
    return [
        verdict(records, "R040", "Buyer", **common, threshold=limit),
        organizations("R040", named, named.supplier, score=1.0),
    ]


def _with_market(study: Study, awards: Table) -> Table:
    """Awards of a known class and year, with the name of their market."""
    digits = int(study.settings.number("R051", "digits") or 0)
    rows = awards.filter(_.class_id.notnull(), _.year.notnull())
    return rows.mutate(market=rows.class_id.left(digits) + " " + rows.year.cast("string"))


def _market_shares(study: Study) -> Table:
    pairs = _buyer_supplier(study, _with_market(study, awarded(study)), "market")
    return study.keep("market_shares", pairs)


def large_market_share(study: Study, statistics: Statistics) -> list[Table]:
    """R050: one supplier has a large share of a class of goods in a year."""
    limit = study.settings.number("R050", "threshold")
    pairs = _market_shares(study)
    pairs = pairs.mutate(share=pairs.satang / pairs.total)
    enough = pairs.all_awards >= study.settings.number("R050", "minimum_awards")
    best = pairs.group_by("supplier").aggregate(
        share=pairs.share.max(where=enough), markets=_.count(), awards=pairs.awards.sum()
    )
    best = _of_all(_suppliers(study), best, "supplier")
    finding = state(applies=best.applies, known=best.share.notnull(), flagged=best.share > figure(limit))
    common = {
        "name": best.supplier,
        "finding": finding,
        "value": best.share,
        "facts": {"markets": best.markets},
    }
    return [verdict(best, "R050", "Tenderer", **common, threshold=limit)]


def concentrated_market(study: Study, statistics: Statistics) -> list[Table]:
    """R051: a class of goods in a year is in few hands (Herfindahl-Hirschman index)."""
    limit = study.settings.number("R051", "threshold")
    pairs = _market_shares(study)
    share = pairs.satang / pairs.total
    markets = pairs.group_by("market").aggregate(
        index=(share * share).sum().round(12), awards=pairs.all_awards.max(), suppliers=_.count()
    )
    everyone = _with_market(study, _awards_to(study)).group_by("market")
    markets = _of_all(everyone.aggregate(applies=_.included.ifelse(1, 0).sum() > 0), markets, "market")
    known = markets.awards >= study.settings.number("R051", "minimum_awards")
    finding = state(applies=markets.applies, known=known, flagged=markets["index"] > figure(limit))
    facts = {"suppliers": markets.suppliers, "awards": markets.awards}
    common = {"name": markets.market, "finding": finding, "value": markets["index"], "facts": facts}
    return [verdict(markets, "R051", "Market", **common, threshold=limit)]


def same_winner_of_pair(study: Study, statistics: Statistics) -> list[Table]:
    """R053: of two that often bid together, the same one nearly always wins."""
    settings = study.settings
    rows = study.parts.filter(_.valid > 0).select("seq", "id", "won")
    other = rows.select("seq", other="id", lost=1 - rows.won)
    pairs = rows.inner_join(other, "seq").filter(_.id != _.other)
    decided = pairs.group_by(["id", "other"]).aggregate(
        together=_.count(),
        decided=(pairs.won != 1 - pairs.lost).ifelse(1, 0).sum(),
        wins=(pairs.won * pairs.lost).sum(),
    )
    known = (decided.together >= settings.number("R053", "minimum_together")) & (decided.decided > 0)
    often = study.keep("r053_pairs", decided.filter(known).mutate(share=_.wins / _.decided))
    limit = settings.number("R053", "threshold")
    enough = often.decided >= settings.number("R053", "minimum_together")
    best = often.group_by("id").aggregate(share=often.share.max(where=enough), partners=_.count())
    everyone = study.tables["tenderers"].select("id").distinct()
    met = study.keep("r053_met", decided.group_by("id").aggregate(met=_.count()))
    best = _of_all(study.keep("r053_all", _of_all(everyone, met, "id")), best, "id")
    finding = state(applies=best.met > 0, known=best.share.notnull(), flagged=best.share >= figure(limit))
    common = {"name": best.id, "finding": finding, "value": best.share, "facts": {"partners": best.partners}}
    return [verdict(best, "R053", "Tenderer", **common, threshold=limit)]


def repeated_direct_awards(study: Study, statistics: Statistics) -> list[Table]:
    """R055: direct awards of one buyer to one supplier in a year add up to more than the threshold."""
    limit = study.settings.number("R055", "threshold")
    least = study.settings.number("R055", "minimum_awards")
    rows = _direct(study, awarded(study)).filter(_.year.notnull())
    sums = rows.group_by(["buyer", "supplier", "year"]).aggregate(
        satang=_.satang.sum().cast("int64"), awards=_.count()
    )
    several = sums.filter(_.awards >= least)
    best = several.group_by("supplier").aggregate(satang=_.satang.max(), awards=_.awards.max())
    awards = _awards_to(study)
    given = _direct(study, awards.filter(awards.included)).group_by(["buyer", "supplier", "year"])
    often = given.aggregate(direct=_.count()).filter(_.direct >= least)
    repeated = often.group_by("supplier").aggregate(often=_.count())
    everyone = _of_all(awards.select("supplier").distinct(), repeated, "supplier")
    best = _of_all(everyone, best, "supplier")
    known = best.satang.notnull() & (limit is not None)
    finding = state(applies=best.often > 0, known=known, flagged=best.satang / 100 > figure(limit))
    common = {
        "name": best.supplier,
        "finding": finding,
        "value": best.satang / 100,
        "facts": {"awards": best.awards},
    }
    return [verdict(best, "R055", "Tenderer", **common, threshold=limit)]


def _direct(study: Study, awards: Table) -> Table:
    """Those of the awards that were made without competition, within the dates of the settings if any are set."""
    rows = awards.filter(_.buyer.notnull(), _.method.isin(CLOSED_METHODS))
    first, last = study.settings.text("R055", "start_date"), study.settings.text("R055", "end_date")
    if first:
        rows = rows.filter(_["at"] >= moment(f"{first}T00:00:00Z"))
    if last:
        rows = rows.filter(_["at"] <= moment(f"{last}T23:59:59.999999Z"))
    return rows.mutate(year=0) if first or last else rows


def many_classes_one_buyer(study: Study, statistics: Statistics) -> list[Table]:
    """USAS33: a supplier sells goods of many classes to one buyer in one year."""
    settings = study.settings
    digits = int(settings.number("USAS33", "digits") or 0)
    items = study.tables["items"].filter(_.stage == "award", _.status == "active", _.supplier.notnull())
    items = (
        items.filter(_.class_id.notnull())
        .mutate(kind=_.class_id.left(digits))
        .select("seq", "supplier", "kind")
    )
    f = study.features.filter(_.included & _.buyer.notnull() & _.award_year.notnull())
    years = f.select("seq", "buyer", year="award_year")
    rows = items.inner_join(years, "seq").select("supplier", "buyer", "year", "kind").distinct()
    counts = rows.group_by(["supplier", "buyer", "year"]).aggregate(kinds=_.count())
    best = counts.group_by("supplier").aggregate(kinds=_.kinds.max(), buyers=_.count())
    best = _of_all(_suppliers(study), best, "supplier")
    limit = settings.number("USAS33", "threshold")
    finding = state(applies=best.applies, known=best.kinds.notnull(), flagged=best.kinds >= figure(limit))
    common = {"name": best.supplier, "finding": finding, "value": best.kinds}
    return [verdict(best, "USAS33", "Tenderer", **common, threshold=limit)]


def corruption_risk(study: Study, statistics: Statistics) -> list[Table]:
    """CRI: the mean of the risk components that the data carries, each between 0 and 1."""
    f, settings = study.features, study.settings
    pairs = _buyer_supplier(study, awarded(study).filter(_.buyer.notnull()), "buyer")
    pairs = pairs.filter(_.all_awards >= settings.number("R040", "minimum_awards"))
    shares = study.keep(
        "cri_shares", pairs.select("buyer", winner="supplier", share=pairs.satang / pairs.total)
    )
    f = f.left_join(shares, ["buyer", "winner"], rname="{name}_share").drop("buyer_share", "winner_share")
    count = ibis.coalesce(f.tenderers, (f.submitted > 0).ifelse(f.parties, None).cast("float64"))
    offered, decided = (f.end - f.start) / DAY, (f.award_at - f.end) / DAY
    short, long = settings.number("R061", "threshold"), settings.number("R062", "threshold")
    parts: list[Value] = [
        _risk(count.notnull(), count == 1),
        _risk(f.method.notnull(), f.method.isin(CLOSED_METHODS)),
        _risk(offered.notnull(), offered < settings.number("R003", "threshold")),
        _risk(decided.notnull(), (decided < short) | (decided > long)),
        _risk(f.documents > 0, f.notices == 0),
        f.share,
    ]
    carried = sum((part.notnull().ifelse(1, 0) for part in parts), ibis.literal(0))
    total = sum((part.fill_null(0.0) for part in parts), ibis.literal(0.0))
    index = (total / carried.nullif(0)).round(12)
    limit = settings.number("CRI", "threshold")
    found = {"applies": YES, "known": carried >= settings.number("CRI", "minimum_components"), "value": index}
    facts = {"components": carried}
    return [
        by_process(
            study.looking_at(f), "CRI", **found, flagged=index >= figure(limit), threshold=limit, facts=facts
        )
    ]


def _risk(known: Value, risky: Value) -> Value:
    return ibis.cases((known.fill_null(False) & risky.fill_null(False), 1.0), (known.fill_null(False), 0.0))


RULES: dict[str, Rule] = {
    "R002": just_below_threshold,
    "R011": split_purchase,
    "R013": seldom_competitive,
    "R019": few_bidders,
    "R029": odd_first_digits,
    "R040": captured_buyer,
    "R050": large_market_share,
    "R051": concentrated_market,
    "R053": same_winner_of_pair,
    "R055": repeated_direct_awards,
    "USAS33": many_classes_one_buyer,
    "CRI": corruption_risk,
}
