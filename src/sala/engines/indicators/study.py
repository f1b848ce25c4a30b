"""Stage one: features of each contracting process, as Ibis expressions over the flat tables."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import ibis
from ibis import _
from ibis.expr.types import BooleanValue, Table

from sala.engines.indicators.settings import Settings

Keep = Callable[[str, Table], Table]
NOT_SUBMITTED = ("invited", "withdrawn")
FINAL_AWARDS = ("active", "cancelled", "unsuccessful")
DAY = 86_400_000_000


@dataclass(frozen=True)
class Study:
    """The flat tables of one publisher with the features of every process, ready for stage two.

    `features` has one row a process; `parts` one row a process and tenderer; `bids` the bids of the
    processes that are neither cancelled nor excluded by the settings.
    """

    tables: Mapping[str, Table]
    settings: Settings
    currency: str | None
    as_of: int | None
    keep: Keep
    bids: Table
    parts: Table
    features: Table

    def looking_at(self, features: Table) -> "Study":
        """The same study with more columns beside the features of each process."""
        return replace(self, features=features)

    def beside(self, part: Table) -> Table:
        """The features with the columns of `part`, which has one row for some of the processes."""
        return beside(self.features, part)


def beside(features: Table, part: Table) -> Table:
    """Features of every process with those of `part` where there are any; the names must be new."""
    clash = set(features.columns) & set(part.columns) - {"seq"}
    assert not clash, f"these features are there already: {clash}"
    return features.left_join(part, "seq").drop("seq_right")


def main_currency(tables: Mapping[str, Table], settings: Settings, bids: Table) -> str | None:
    """The currency of the settings, else the first that a price indicator meets, else the first seen.

    `bids` are those of the processes looked at. First seen is on a bid, an award or a tender, in that order.
    """
    if settings.text("", "currency"):
        return settings.text("", "currency")
    met = _first_currency(bids.filter(_compared(bids, settings.enabled)), ["seq", "later", "bid"])
    for name, order in (("bids", ["seq", "bid"]), ("awards", ["seq", "award"]), ("processes", ["seq"])):
        met = met or _first_currency(tables[name], order)
    return met


def _first_currency(table: Table, order: list[str]) -> str | None:
    priced = table.filter(table.currency.notnull(), table.amount.notnull())
    rows = priced.order_by(order).limit(1).select("currency").to_pyarrow().to_pylist()
    return str(rows[0]["currency"]) if rows else None


def _compared(bids: Table, enabled: tuple[str, ...]) -> BooleanValue:
    """The bids whose prices R024, R058 or R036 compare, where these are enabled."""
    never = ibis.literal(False)
    gaps = ~bids.later if {"R024", "R058"} & set(enabled) else never
    lowest = bids.submitted & (bids.active > 0).fill_null(False) if "R036" in enabled else never
    return bids.comparable & (gaps | lowest)


def latest_moment(tables: Mapping[str, Table]) -> int | None:
    """The last release, start or end date in the tables: the day as of which deadlines are judged."""
    last: int | None = tables["processes"].aggregate(last=_.at.max()).to_pyarrow().to_pylist()[0]["last"]
    return last


def open_study(
    tables: Mapping[str, Table],
    settings: Settings,
    keep: Keep,
    *,
    currency: str | None = None,
    as_of: int | None = None,
) -> Study:
    """Compute stage one. `keep(name, expression)` stores an expression in the engine and returns the table.

    `currency` and `as_of` (microseconds since 1970) default to what the tables show.
    """
    as_of = as_of if as_of is not None else latest_moment(tables)
    processes = keep("study_processes", _processes(tables, settings))
    awards = keep("study_awards", _award_features(tables))
    bids = keep("study_bids", _bids(tables, processes, awards))
    currency = currency if currency is not None else main_currency(tables, settings, bids)
    parts = keep("study_parts", _parts(tables, processes))
    features = processes
    for part in (
        awards,
        _bid_features(bids, currency),
        _part_features(parts),
        _contract_features(tables, currency),
        _document_features(tables),
        _milestone_features(tables, as_of),
    ):
        features = beside(features, part)
    features = keep("study_features", features)
    return Study(tables, settings, currency, as_of, keep, bids, parts, features)


def _one_of(column: ibis.Value, names: tuple[str, ...]) -> BooleanValue:
    return column.isin(names).fill_null(False)


def _other_than(column: ibis.Value, names: tuple[str, ...]) -> BooleanValue:
    """There is a text, and it is none of `names`."""
    return ~column.isin(names).fill_null(True)


def _processes(tables: Mapping[str, Table], settings: Settings) -> Table:
    processes = tables["processes"]
    included = processes.ocid.notnull() & (processes.status != "cancelled").fill_null(True)
    excluded = settings.listed("exclusions", "procurement_method_details")
    if excluded:
        included &= ~_one_of(processes.details, excluded)
    comparable: BooleanValue = ibis.literal(True)
    never = settings.listed("", "no_price_comparison_procurement_methods")
    only = settings.listed("", "price_comparison_procurement_methods")
    if only:
        comparable = _one_of(processes.details, only)
    elif never:
        comparable = ~_one_of(processes.details, never)
    return processes.mutate(included=included, comparable=comparable)


def _award_features(tables: Mapping[str, Table]) -> Table:
    awards = tables["awards"]
    active = (awards.status == "active").fill_null(False)
    by_award = awards.group_by("seq").aggregate(
        awards=_.count(),
        active=active.ifelse(1, 0).sum(),
        undecided=_other_than(awards.status, FINAL_AWARDS).ifelse(1, 0).sum(),
        joint=(active & ((awards.members != 1) | awards.supplier.isnull())).ifelse(1, 0).sum(),
        winner_first=awards.supplier.min(where=active),
        award_at=awards["at"].min(where=active),
        award_year=awards.year.min(where=active),
        award_satang=awards.satang.sum(where=active),
        award_unpriced=(active & awards.satang.isnull()).ifelse(1, 0).sum(),
        award_currency=awards.currency.min(where=active),
        award_currency_last=awards.currency.max(where=active),
        award_amount=awards.amount.max(where=active),
    )
    suppliers = tables["suppliers"]
    by_supplier = (
        suppliers.filter(suppliers.status == "active")
        .group_by("seq")
        .aggregate(supplier_first=_.id.min(), supplier_last=_.id.max())
    )
    joined = by_award.left_join(by_supplier, "seq").drop("seq_right")
    single = (joined.active == 1) & (joined.joint == 0)
    return joined.mutate(winner=single.ifelse(joined.winner_first, ibis.null("string"))).drop("winner_first")


def _bids(tables: Mapping[str, Table], processes: Table, awards: Table) -> Table:
    bids = tables["bids"]
    wanted = processes.filter(_.included).select("seq", "comparable")
    decided = awards.select("seq", "winner", "undecided", "active")
    joined = bids.inner_join(wanted, "seq").left_join(decided, "seq").drop("seq_right")
    one_winner = ((joined.undecided == 0) & joined.winner.notnull()).fill_null(False)
    one_bidder = (joined.members == 1) & joined.bidder.notnull()
    return joined.mutate(
        # False where the gap to the winner is asked, which comes before other questions about a process.
        later=~((joined.status == "valid").fill_null(False) & one_bidder & one_winner),
        submitted=_other_than(joined.status, NOT_SUBMITTED),
        valid=(joined.status == "valid").fill_null(False),
        disqualified=(joined.status == "disqualified").fill_null(False),
    )


def _bid_features(bids: Table, currency: str | None) -> Table:
    ours = (bids.currency == (currency or "")).fill_null(False)
    priced = bids.amount.notnull() & ours
    foreign = bids.amount.notnull() & bids.currency.notnull() & ~ours
    valid_priced = bids.valid & priced
    alone = bids.members == 1
    wins = alone & (bids.bidder == bids.winner).fill_null(False)
    loses = alone & (bids.bidder != bids.winner).fill_null(False)
    return bids.group_by("seq").aggregate(
        bids=_.count(),
        submitted=bids.submitted.ifelse(1, 0).sum(),
        valid=bids.valid.ifelse(1, 0).sum(),
        disqualified=bids.disqualified.ifelse(1, 0).sum(),
        unclear=(bids.valid & ((bids.members != 1) | bids.bidder.isnull())).ifelse(1, 0).sum(),
        lowest_other=bids.amount.min(where=bids.submitted & ~bids.disqualified & priced),
        foreign_valid=(bids.valid & foreign).ifelse(1, 0).sum(),
        foreign_submitted=(bids.submitted & foreign).ifelse(1, 0).sum(),
        priced=(bids.submitted & priced).ifelse(1, 0).sum(),
        priced_valid=valid_priced.ifelse(1, 0).sum(),
        won_at=bids.amount.min(where=valid_priced & wins),
        next_at=bids.amount.min(where=valid_priced & loses),
        lowest=bids.amount.min(where=bids.submitted & priced),
        lowest_disqualified=bids.amount.min(where=bids.disqualified & priced),
        first_bid=bids["at"].min(where=bids.submitted),
        last_bid=bids["at"].max(where=bids.submitted),
        dated=(bids.valid & bids.late.notnull()).ifelse(1, 0).sum(),
        low_price=bids.amount.min(where=valid_priced),
        high_price=bids.amount.max(where=valid_priced),
        mean_price=bids.amount.mean(where=valid_priced),
        sd_price=bids.amount.std(how="sample", where=valid_priced),
        losing=(valid_priced & ~wins).ifelse(1, 0).sum(),
        sd_losing=bids.amount.std(how="sample", where=valid_priced & ~wins),
    )


def _parts(tables: Mapping[str, Table], processes: Table) -> Table:
    """One row for each process and tenderer with what became of the tenderer's bids."""
    tenderers = tables["tenderers"]
    joined = tenderers.semi_join(processes.filter(_.included), "seq")
    valid = (joined.status == "valid").fill_null(False)
    late = valid & joined.late.fill_null(False)
    parts = joined.group_by(["seq", "id"]).aggregate(
        submitted=_other_than(joined.status, NOT_SUBMITTED).ifelse(1, 0).sum(),
        valid=valid.ifelse(1, 0).sum(),
        disqualified=(joined.status == "disqualified").fill_null(False).ifelse(1, 0).sum(),
        late=late.ifelse(1, 0).sum(),
    )
    suppliers = tables["suppliers"]
    winners = suppliers.filter(suppliers.status == "active").select("seq", "id").distinct().mutate(won=1)
    joined = parts.left_join(winners, ["seq", "id"]).drop("seq_right", "id_right")
    return joined.mutate(won=joined.won.fill_null(0))


def _part_features(parts: Table) -> Table:
    valid, disqualified = parts.valid > 0, parts.disqualified > 0
    return parts.group_by("seq").aggregate(
        parties=(parts.submitted > 0).ifelse(1, 0).sum(),
        valid_parties=valid.ifelse(1, 0).sum(),
        valid_first=parts.id.min(where=valid),
        valid_or_out=(valid | disqualified).ifelse(1, 0).sum(),
        late_winners=((parts.late > 0) & (parts.won > 0)).ifelse(1, 0).sum(),
    )


def _contract_features(tables: Mapping[str, Table], currency: str | None) -> Table:
    contracts = tables["contracts"]
    live = (contracts.status != "cancelled").fill_null(True)
    ours = (contracts.currency == (currency or "")).fill_null(False)
    return contracts.group_by("seq").aggregate(
        contracts=live.ifelse(1, 0).sum(),
        contract_satang=contracts.satang.sum(where=live),
        contract_unpriced=(live & ~(contracts.satang.notnull() & ours)).ifelse(1, 0).sum(),
        first_satang=contracts.first_satang.sum(where=live),
        amendments=contracts.amendments.sum(where=live),
        paid_satang=contracts.paid_satang.sum(where=live),
        payments=contracts.payments.sum(where=live),
        foreign_payments=contracts.foreign_payments.sum(where=live),
        signed=contracts.signed.min(where=live),
        work_start=contracts.start.min(where=live),
        completed=contracts.completed.max(where=live),
    )


def _document_features(tables: Mapping[str, Table]) -> Table:
    documents = tables["documents"]

    def count(stage: str, *kinds: str) -> ibis.Value:
        wanted = (documents.stage == stage) & _one_of(documents.kind, kinds)
        return wanted.fill_null(False).ifelse(1, 0).sum()

    return documents.group_by("seq").aggregate(
        documents=(documents.stage == "tender").ifelse(1, 0).sum(),
        plans=count("planning", "procurementPlan", "needsAssessment"),
        notices=count("tender", "tenderNotice"),
        bidding_documents=count("tender", "biddingDocuments"),
        specifications=count("tender", "technicalSpecifications"),
    )


def _milestone_features(tables: Mapping[str, Table], as_of: int | None) -> Table:
    milestones = tables["milestones"]
    met = (milestones.status == "met").fill_null(False) | milestones.met.notnull()
    late = milestones.due.notnull() & (
        ~met & (milestones.due < (as_of or 0)) | (milestones.met > milestones.due)
    )
    return milestones.group_by("seq").aggregate(
        milestones=milestones.due.notnull().ifelse(1, 0).sum(),
        late_milestones=late.fill_null(False).ifelse(1, 0).sum(),
    )
