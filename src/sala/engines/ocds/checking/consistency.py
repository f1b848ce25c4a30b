"""Does a release agree with itself? References lead somewhere, roles fit, dates follow one another."""

from collections.abc import Iterator
from typing import Any, Final

from sala.engines.ocds.checking.findings import CONSISTENCY, Issue, JsonPath
from sala.engines.ocds.checking.forms import read_date_time

JsonObject = dict[str, Any]
Placed = tuple[JsonPath, JsonObject]

# where organizations are referred to, and the role that the party must then have ("" for none in particular)
_ORGANIZATIONS: Final[tuple[tuple[tuple[str, ...], str], ...]] = (
    (("buyer",), "buyer"),
    (("tender", "procuringEntity"), "procuringEntity"),
    (("tender", "tenderers"), "tenderer"),
    (("tender", "enquiries", "author"), ""),
    (("tender", "lots", "buyer"), "buyer"),
    (("bids", "details", "tenderers"), "tenderer"),
    (("awards", "suppliers"), "supplier"),
    (("contracts", "suppliers"), "supplier"),
    (("contracts", "implementation", "transactions", "payer"), "payer"),
    (("contracts", "implementation", "transactions", "payee"), "payee"),
    (("planning", "budget", "budgetBreakdown", "sourceParty"), ""),
)
# (where a reference may stand, its field, the list it leads into)
_REFERENCES: Final[tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...]] = (
    (("contracts",), "awardID", ("awards",)),
    (("contracts",), "relatedBids", ("bids", "details")),
    (("awards",), "relatedBids", ("bids", "details")),
    (("awards",), "relatedBid", ("bids", "details")),
    (("awards",), "relatedLots", ("tender", "lots")),
    (("bids", "details"), "relatedLots", ("tender", "lots")),
    (("tender", "items"), "relatedLot", ("tender", "lots")),
    (("tender", "documents"), "relatedLots", ("tender", "lots")),
    (("tender", "milestones"), "relatedLots", ("tender", "lots")),
    (("tender", "lotGroups"), "relatedLots", ("tender", "lots")),
)


def check_release(release: JsonObject) -> Iterator[Issue]:
    """What in one release contradicts the rest of it."""
    yield from _organizations(release)
    yield from _references(release)
    yield from _periods(release, ())
    yield from _stages(release)


def _objects(value: Any, names: tuple[str, ...], path: JsonPath = ()) -> Iterator[Placed]:
    """Every object at a path of field names, through lists."""
    if isinstance(value, list):
        for number, one in enumerate(value):
            yield from _objects(one, names, (*path, number))
    elif isinstance(value, dict):
        if not names:
            yield path, value
        elif names[0] in value:
            yield from _objects(value[names[0]], names[1:], (*path, names[0]))


def _ids(release: JsonObject, names: tuple[str, ...]) -> dict[str, JsonObject]:
    return {str(one["id"]): one for _, one in _objects(release, names) if "id" in one}


def _organizations(release: JsonObject) -> Iterator[Issue]:
    parties = _ids(release, ("parties",))
    has_parties = "parties" in release
    for path, party in _objects(release, ("parties",)):
        if not party.get("roles"):
            yield Issue(CONSISTENCY, "missing_roles", path, party.get("id"), "the party has no role")
    for names, role in _ORGANIZATIONS:
        for path, reference in _objects(release, names):
            key = reference.get("id")
            if key is None:
                continue
            named = parties.get(str(key))
            if named is None:
                kind = "dangling_reference" if has_parties else "missing_parties"
                reason = "no party has this id" if has_parties else "the release lists no parties"
                yield Issue(CONSISTENCY, kind, (*path, "id"), key, reason)
            elif role and not _has_role(named, role):
                reason = f"the party of this id has not the role {role}"
                yield Issue(CONSISTENCY, "missing_role", (*path, "id"), key, reason)


def _has_role(party: JsonObject, role: str) -> bool:
    roles = party.get("roles")
    return isinstance(roles, list) and role in roles


def _references(release: JsonObject) -> Iterator[Issue]:
    for names, name, into in _REFERENCES:
        known = _ids(release, into)
        if not known:
            # the other stage may be in another release
            continue
        for path, one in _objects(release, names):
            told = one.get(name)
            for key in told if isinstance(told, list) else [] if told is None else [told]:
                if str(key) not in known:
                    reason = f"nothing in {'.'.join(into)} has this id"
                    yield Issue(CONSISTENCY, "dangling_reference", (*path, name), key, reason)


def _periods(value: Any, path: JsonPath) -> Iterator[Issue]:
    if isinstance(value, list):
        for number, one in enumerate(value):
            if isinstance(one, dict | list):
                yield from _periods(one, (*path, number))
        return
    if "startDate" in value and "endDate" in value:
        start, end = read_date_time(value["startDate"]), read_date_time(value["endDate"])
        if start and end and end < start:
            reason = f"the end is before the start, {value['startDate']}"
            yield Issue(CONSISTENCY, "dates_out_of_order", (*path, "endDate"), value["endDate"], reason)
    for name, one in value.items():
        if isinstance(one, dict | list):
            yield from _periods(one, (*path, name))


def _stages(release: JsonObject) -> Iterator[Issue]:
    """An award follows the start of the tender period, a signature follows its award."""
    opened = [one for _, one in _objects(release, ("tender", "tenderPeriod"))]
    start = read_date_time(opened[0].get("startDate")) if opened else None
    awards = _ids(release, ("awards",))
    for path, award in _objects(release, ("awards",)):
        made = read_date_time(award.get("date"))
        if start and made and made < start:
            reason = "awarded before the tender period began"
            yield Issue(CONSISTENCY, "dates_out_of_order", (*path, "date"), award["date"], reason)
    for path, contract in _objects(release, ("contracts",)):
        signed = read_date_time(contract.get("dateSigned"))
        made = read_date_time(awards.get(str(contract.get("awardID")), {}).get("date"))
        # publishers often give the day alone, at midnight: compare days
        if signed and made and signed.date() < made.date():
            reason = "signed before the award was made"
            yield Issue(
                CONSISTENCY, "dates_out_of_order", (*path, "dateSigned"), contract["dateSigned"], reason
            )
