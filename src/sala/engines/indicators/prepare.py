"""Correct what spoils the indicators in compiled releases, with the settings and results of Cardinal."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sala.engines.indicators.settings import Settings
from sala.engines.ocds.numbers import dumps

Process = dict[str, Any]
BID_STATUSES = {"invited", "pending", "valid", "disqualified", "withdrawn"}
AWARD_STATUSES = {"pending", "active", "cancelled", "unsuccessful"}


@dataclass(frozen=True)
class Issue:
    """One thing wrong in one contracting process; `indexes` are the array positions, joined by points."""

    ocid: str
    path: str
    indexes: str
    value: str
    reason: str


class Preparer:
    """Corrects compiled releases one by one; made once from settings.

    Source: the documentation of Cardinal's `prepare` command (Open Contracting Partnership, MIT).
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.redacted_amounts = {
            float(text) for text in settings.listed("redactions", "amount") if _is_number(text)
        }
        self.redacted_ids = set(settings.listed("redactions", "organization_id"))
        self.buyer_prefix = settings.text("modifications", "prefix_buyer_or_procuring_entity_id") or ""
        self.bidder_prefix = settings.text("modifications", "prefix_tenderer_or_supplier_id") or ""
        self.separator = settings.text("modifications", "split_procurement_method_details")
        self.scheme = settings.text("defaults", "item_classification_scheme")

    def prepare(self, process: Process) -> list[Issue]:
        """Correct `process` in place and return what could not be corrected (missing, invalid, zero)."""
        issues: list[Issue] = []
        given = process.get("ocid")
        ocid = given if isinstance(given, str) else "" if given is None else dumps(given).decode()

        def note(path: str, indexes: str, value: Any, reason: str) -> None:
            issues.append(Issue(ocid, path, indexes, "" if value is None else str(value), reason))

        if self.settings.switched("modifications", "move_auctions"):
            _move_auctions(process, note)
        self._organizations(process)
        for position, bid in _objects(_inside(process, "bids"), "details"):
            self._bid(bid, str(position), note)
        for position, award in _objects(process, "awards"):
            self._award(award, str(position), note)
        if self.settings.switched("corrections", "award_status_by_contract_status"):
            _cancel_awards_by_contracts(process)
        if self.settings.switched("defaults", "party_roles"):
            _fill_roles(process)
        return issues

    def _organizations(self, process: Process) -> None:
        self._listed(process, "parties", "")
        tender = _inside(process, "tender")
        self._identify(_inside(process, "buyer"), self.buyer_prefix)
        self._identify(_inside(tender, "procuringEntity"), self.buyer_prefix)
        details = tender.get("procurementMethodDetails")
        if self.separator and isinstance(details, str):
            tender["procurementMethodDetails"] = details.split(self.separator)[0].rstrip()

    def _bid(self, bid: Process, at: str, note: Callable[..., None]) -> None:
        self._listed(bid, "tenderers", self.bidder_prefix)
        value = bid.get("value")
        if isinstance(value, dict):
            self._amount(value, at, note)
            currency = self.settings.text("defaults", "currency")
            if _fill(value, "currency", currency):
                note("/bids/details[]/value/currency", at, None, "not set")
        self._schemes(bid, "/bids/details[]", at, note)
        self._status(bid, "bid_status", BID_STATUSES, ("/bids/details[]/status", at), note)

    def _award(self, award: Process, at: str, note: Callable[..., None]) -> None:
        _as_text(award, "id")
        self._listed(award, "suppliers", self.bidder_prefix)
        for _, item in _objects(award, "items"):
            _as_text(_inside(item, "classification"), "id")
        self._schemes(award, "/awards[]", at, note)
        self._status(award, "award_status", AWARD_STATUSES, ("/awards[]/status", at), note)

    def _listed(self, holder: Process, key: str, prefix: str) -> None:
        """Organizations as a list, also where there is one that is not in a list."""
        if isinstance(holder.get(key), dict):
            holder[key] = [holder[key]]
        for _, organization in _objects(holder, key):
            self._identify(organization, prefix)

    def _identify(self, organization: Process, prefix: str) -> None:
        _as_text(organization, "id")
        name = organization.get("id")
        if not isinstance(name, str):
            return
        if name in self.redacted_ids:
            del organization["id"]
        elif prefix and not name.startswith(prefix):
            organization["id"] = prefix + name

    def _amount(self, value: Process, at: str, note: Callable[..., None]) -> None:
        amount = value.get("amount")
        if isinstance(amount, bool) or not isinstance(amount, int | float | Decimal):
            return
        if amount in self.redacted_amounts:
            del value["amount"]
        elif amount == 0:
            note("/bids/details[]/value/amount", at, None, "is zero")

    def _schemes(self, holder: Process, path: str, at: str, note: Callable[..., None]) -> None:
        for position, item in _objects(holder, "items"):
            classification = item.get("classification")
            if isinstance(classification, dict) and _fill(classification, "scheme", self.scheme):
                note(f"{path}/items[]/classification/scheme", f"{at}.{position}", None, "not set")

    def _status(
        self, holder: Process, name: str, valid: set[str], where: tuple[str, str], note: Callable[..., None]
    ) -> None:
        if _fill(holder, "status", self.settings.text("defaults", name)):
            note(*where, None, "not set")
        status = holder.get("status")
        if not isinstance(status, str):
            return
        status = holder["status"] = self.settings.sections.get(f"codelists.{name}", {}).get(status, status)
        if status not in valid:
            note(*where, status, "invalid")


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _inside(holder: Process, key: str) -> Process:
    value = holder.get(key)
    return value if isinstance(value, dict) else {}


def _objects(holder: Process, key: str) -> Iterator[tuple[int, Process]]:
    entries = holder.get(key)
    if isinstance(entries, list):
        yield from ((at, entry) for at, entry in enumerate(entries) if isinstance(entry, dict))


def _as_text(holder: Process, key: str) -> None:
    value = holder.get(key)
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        holder[key] = dumps(value).decode()


def _fill(holder: Process, key: str, default: str | None) -> bool:
    """Fill in a missing value; true when it is missing and there is nothing to fill in. Null is not missing."""
    if key in holder:
        return False
    if default is None:
        return True
    holder[key] = default
    return False


def _move_auctions(process: Process, note: Callable[..., None]) -> None:
    """Move `auctions[].stages[].bids` to `bids.details`; bids in both places are reported and left alone."""
    stages = [
        stage for _, auction in _objects(process, "auctions") for _, stage in _objects(auction, "stages")
    ]
    if "bids" in process:
        if any(isinstance(stage.get("bids"), list) for stage in stages):
            note("/auctions", "", None, "both auctions and bids are set")
    elif isinstance(process.get("auctions"), list):
        held = [stage.pop("bids", None) for stage in stages]
        process["bids"] = {"details": [bid for bids in held if isinstance(bids, list) for bid in bids]}


def _cancel_awards_by_contracts(process: Process) -> None:
    """An award of which every contract is cancelled is cancelled."""
    statuses: dict[str, set[bool]] = {}
    for _, contract in _objects(process, "contracts"):
        _as_text(contract, "awardID")
        if isinstance(contract.get("awardID"), str):
            statuses.setdefault(contract["awardID"], set()).add(contract.get("status") == "cancelled")
    for _, award in _objects(process, "awards"):
        name = award.get("id")
        if isinstance(name, str) and statuses.get(name) == {True}:
            award["status"] = "cancelled"


def _fill_roles(process: Process) -> None:
    """Add to every party the roles it plays elsewhere, in order; of parties of one id the last one's are kept."""
    parties = [party for _, party in _objects(process, "parties") if isinstance(party.get("id"), str)]
    played = _played_roles(process)
    roles = {party["id"]: _texts(party.get("roles")) | played.get(party["id"], set()) for party in parties}
    for party in parties:
        if roles[party["id"]]:
            party["roles"] = sorted(roles[party["id"]])


def _texts(value: Any) -> set[str]:
    return {entry for entry in value if isinstance(entry, str)} if isinstance(value, list) else set()


def _played_roles(process: Process) -> dict[str, set[str]]:
    """The roles that references to an organization, anywhere in the process, say it plays."""
    roles: dict[str, set[str]] = {}

    def plays(organization: Process, role: str) -> None:
        if isinstance(organization.get("id"), str):
            roles.setdefault(organization["id"], set()).add(role)

    plays(_inside(process, "buyer"), "buyer")
    plays(_inside(_inside(process, "tender"), "procuringEntity"), "procuringEntity")
    for _, bid in _objects(_inside(process, "bids"), "details"):
        for _, tenderer in _objects(bid, "tenderers"):
            plays(tenderer, "tenderer")
    for _, award in _objects(process, "awards"):
        for _, supplier in _objects(award, "suppliers"):
            plays(supplier, "supplier")
    return roles
