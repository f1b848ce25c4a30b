"""Contracting processes as flat tables: one row a process, a bid, an award …; what every indicator reads."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import pyarrow as pa

from sala.engines.ocds.numbers import as_float

Json = dict[str, Any]
Rows = dict[str, list[tuple[Any, ...]]]

_KINDS = {"i": pa.int64(), "t": pa.string(), "f": pa.float64(), "b": pa.bool_()}
# Column names with i(nteger), t(ext), f(loat) or b(oolean). Times are microseconds since 1970 UTC;
# amounts are numbers as published, `_satang` columns the same in hundredths, exact.
COLUMNS = {
    "processes": "seq:i ocid:t at:i status:t method:t details:t category:t rationale:b criteria:t"
    " buyer:t entity:t start:i end:i tenderers:f amount:f currency:t class_id:t planned:b tendered:b"
    " enquiries:i unanswered:i complaints:i last:i",
    "bids": "seq:i bid:i status:t at:i late:b amount:f currency:t members:i bidder:t known:t",
    "tenderers": "seq:i bid:i status:t at:i late:b id:t",
    "awards": "seq:i award:i id:t status:t at:i amount:f satang:i currency:t members:i supplier:t year:i",
    "suppliers": "seq:i award:i status:t id:t",
    "items": "seq:i stage:t parent:i item:i class_id:t unit:t unit_amount:f currency:t status:t supplier:t",
    "contracts": "seq:i contract:i award_id:t status:t signed:i start:i end:i amount:f satang:i currency:t"
    " first_satang:i amendments:i paid_satang:i payments:i foreign_payments:i completed:i",
    "amendments": "seq:i contract:i at:i",
    "milestones": "seq:i contract:i due:i met:i status:t",
    "documents": "seq:i stage:t kind:t",
    "contacts": "seq:i id:t kind:t mark:t bidder:b official:b",
    "owners": "seq:i id:t kind:t owner:t",
}
SCHEMAS = {
    name: pa.schema([(column.split(":")[0], _KINDS[column.split(":")[1]]) for column in columns.split()])
    for name, columns in COLUMNS.items()
}
SEPARATOR = "\x1f"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$")
_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def flatten(processes: Iterable[tuple[int, Json]], size: int = 5_000) -> Iterator[dict[str, pa.Table]]:
    """Turn (number, compiled release) pairs into batches of Arrow tables, `size` processes at a time."""
    rows: Rows = {name: [] for name in COLUMNS}
    count = 0
    for seq, process in processes:
        add_rows(rows, seq, process)
        count += 1
        if count % size == 0:
            yield as_tables(rows)
            rows = {name: [] for name in COLUMNS}
    if any(rows.values()) or count == 0:
        yield as_tables(rows)


def as_tables(rows: Rows) -> dict[str, pa.Table]:
    """Arrow tables, with the schemas above, from rows of values in column order."""
    tables = {}
    for name, schema in SCHEMAS.items():
        columns = list(zip(*rows[name], strict=True)) or [()] * len(schema)
        arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
        tables[name] = pa.Table.from_arrays(arrays, schema=schema)
    return tables


def add_rows(rows: Rows, seq: int, process: Json) -> None:
    """Append the rows of one compiled release; a value of the wrong kind counts as missing."""
    tender = _object(process.get("tender"))
    closes = _text(_object(tender.get("tenderPeriod")).get("endDate"))
    for at, bid in enumerate(_objects(_object(process.get("bids")).get("details"))):
        _add_bid(rows, seq, at, bid, closes)
    for at, award in enumerate(_objects(process.get("awards"))):
        _add_award(rows, seq, at, award)
    for at, contract in enumerate(_objects(process.get("contracts"))):
        _add_contract(rows, seq, at, contract)
    for at, item in enumerate(_objects(tender.get("items"))):
        rows["items"].append((seq, "tender", 0, at, *_item(item), None, None))
    for stage, holder in (("planning", process.get("planning")), ("tender", tender)):
        for document in _objects(_object(holder).get("documents")):
            rows["documents"].append((seq, stage, _text(document.get("documentType"))))
    _add_parties(rows, seq, process)
    rows["processes"].append(_process(seq, process, tender))


def moment(value: Any) -> int | None:
    """Microseconds since 1970 UTC of an RFC 3339 date and time; None for anything else."""
    if not isinstance(value, str) or not _MOMENT.match(value):
        return None
    try:
        parsed = datetime.fromisoformat(value.upper())
    except ValueError:
        return None
    delta = parsed - _EPOCH
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


def _process(seq: int, process: Json, tender: Json) -> tuple[Any, ...]:
    amount, currency, _ = _money(tender.get("value"))
    period = _object(tender.get("tenderPeriod"))
    enquiries = _objects(tender.get("enquiries"))
    complaints = process.get("complaints", tender.get("complaints"))
    classes = [_text(_object(item.get("classification")).get("id")) for item in _objects(tender.get("items"))]
    start, end, at = (
        moment(period.get("startDate")),
        moment(period.get("endDate")),
        moment(process.get("date")),
    )
    return (
        seq,
        _text(process.get("ocid")),
        at,
        *(_text(tender.get(key)) for key in ("status", "procurementMethod", "procurementMethodDetails")),
        _text(tender.get("mainProcurementCategory")),
        bool(_text(tender.get("procurementMethodRationale"))),
        _text(tender.get("awardCriteria")),
        _text(_object(process.get("buyer")).get("id")),
        _text(_object(tender.get("procuringEntity")).get("id")),
        start,
        end,
        _number(tender.get("numberOfTenderers")),
        amount,
        currency,
        next((code for code in classes if code), None),
        isinstance(_object(process.get("planning")).get("documents"), list),
        bool(tender),
        len(enquiries) if "enquiries" in tender else None,
        sum(
            1 for enquiry in enquiries if not _text(enquiry.get("answer")) and not enquiry.get("dateAnswered")
        ),
        len(complaints) if isinstance(complaints, list) else None,
        max((time for time in (start, end, at) if time is not None), default=None),
    )


def _add_bid(rows: Rows, seq: int, at: int, bid: Json, closes: str | None) -> None:
    """The row of a bid: `bidder` is everyone on it where all are named, `known` those of them who are."""
    status, when = _text(bid.get("status")), moment(bid.get("date"))
    late = _later(_text(bid.get("date")), closes)
    amount, currency, _ = _money(bid.get("value"))
    names = _names(bid.get("tenderers"))
    named = sorted({name for name in names if name is not None})
    known = SEPARATOR.join(named) if named else None
    whole = None if None in names else known
    rows["bids"].append((seq, at, status, when, late, amount, currency, len(names), whole, known))
    rows["tenderers"] += [(seq, at, status, when, late, name) for name in named]


def _names(organizations: Any) -> list[str | None]:
    """The id of every entry of a list of organizations, None for an entry without."""
    return [_text(_object(one).get("id")) for one in organizations] if isinstance(organizations, list) else []


def _later(date: str | None, closes: str | None) -> bool | None:
    """Whether a date is after another: as moments where both are, else as text; None where one is missing."""
    if date is None or closes is None:
        return None
    one, other = moment(date), moment(closes)
    return date > closes if one is None or other is None else one > other


def _add_award(rows: Rows, seq: int, at: int, award: Json) -> None:
    status, when = _text(award.get("status")), moment(award.get("date"))
    amount, currency, satang = _money(award.get("value"))
    names = _names(award.get("suppliers"))
    single = names[0] if len(names) == 1 else None
    name = _text(award.get("id"))
    year = None if when is None else int(str(award["date"])[:4])
    rows["awards"].append((seq, at, name, status, when, amount, satang, currency, len(names), single, year))
    rows["suppliers"] += [
        (seq, at, status, name) for name in sorted({name for name in names if name is not None})
    ]
    for place, item in enumerate(_objects(award.get("items"))):
        rows["items"].append((seq, "award", at, place, *_item(item), status, single))


def _add_contract(rows: Rows, seq: int, at: int, contract: Json) -> None:
    amount, currency, satang = _money(contract.get("value"))
    period = _object(contract.get("period"))
    work = _object(contract.get("implementation"))
    amendments = _objects(contract.get("amendments"))
    payments = [
        _money(payment.get("value") or payment.get("amount"))
        for payment in _objects(work.get("transactions"))
    ]
    paid = [satang for _, unit, satang in payments if satang is not None and unit == currency]
    milestones = _objects(work.get("milestones")) + _objects(contract.get("milestones"))
    for milestone in milestones:
        met, due = moment(milestone.get("dateMet")), moment(milestone.get("dueDate"))
        rows["milestones"].append((seq, at, due, met, _text(milestone.get("status"))))
    rows["amendments"] += [(seq, at, moment(amendment.get("date"))) for amendment in amendments]
    rows["contracts"].append(
        (
            *(seq, at, _text(contract.get("awardID")), _text(contract.get("status"))),
            *(
                moment(contract.get("dateSigned")),
                moment(period.get("startDate")),
                moment(period.get("endDate")),
            ),
            *(amount, satang, currency, _first_satang(amendments), len(amendments)),
            *(sum(paid), len(paid), len(payments) - len(paid)),
            _completed(work, milestones),
        )
    )


def _first_satang(amendments: list[Json]) -> int | None:
    """The contract's value before its first amendment, where the amendments' `changes` (OCDS 1.1) tell it."""
    for amendment in amendments:
        for change in _objects(amendment.get("changes")):
            former = _number(change.get("former_value"))
            if former is not None and "value" in str(change.get("property")):
                return _hundredths(former)
    return None


def _completed(work: Json, milestones: list[Json]) -> int | None:
    """When the work was done: the stated end of implementation, else the last milestone met."""
    stated = moment(work.get("endDate"))
    met = [moment(milestone.get("dateMet")) for milestone in milestones]
    return stated if stated is not None else max((time for time in met if time is not None), default=None)


def _item(item: Json) -> tuple[Any, ...]:
    unit = _object(item.get("unit"))
    amount, currency, _ = _money(unit.get("value"))
    return (_text(_object(item.get("classification")).get("id")), _text(unit.get("name")), amount, currency)


def _add_parties(rows: Rows, seq: int, process: Json) -> None:
    for party in _objects(process.get("parties")):
        name = _text(party.get("id"))
        if name is None:
            continue
        roles = party.get("roles")
        roles = {role for role in roles if isinstance(role, str)} if isinstance(roles, list) else set()
        bidder, official = bool(roles & {"tenderer", "supplier"}), bool(roles & {"buyer", "procuringEntity"})
        rows["contacts"] += [(seq, name, kind, mark, bidder, official) for kind, mark in _marks(party)]
        for kind in ("beneficialOwners", "shareholders"):
            for owner in _objects(party.get(kind)):
                identity = _text(owner.get("id")) or _text(_object(owner.get("identifier")).get("id"))
                identity = identity or _text(owner.get("name"))
                if identity:
                    rows["owners"].append((seq, name, kind, _mark(identity)))


def _marks(party: Json) -> Iterator[tuple[str, str]]:
    """Address, telephone and e-mail as short fingerprints: equal when equal, unreadable otherwise."""
    address, contact = _object(party.get("address")), _object(party.get("contactPoint"))
    street = [_text(address.get(key)) or "" for key in ("streetAddress", "postalCode")]
    if street[0].strip():
        yield "address", _mark(" ".join(street))
    digits = re.sub(r"\D", "", _text(contact.get("telephone")) or "")
    if len(digits) >= 6:
        yield "telephone", _mark(digits[-9:])
    if _text(contact.get("email")):
        yield "email", _mark(contact["email"])


def _mark(text: str) -> str:
    folded = re.sub(r"[\s.,;:/\-]+", " ", text.casefold()).strip()
    return hashlib.blake2b(folded.encode(), digest_size=8).hexdigest()


def _object(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def _objects(value: Any) -> list[Json]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _number(value: Any) -> float | None:
    """A number that floating point holds as written; one with more digits counts as missing, never rounded."""
    return as_float(value)


def _money(value: Any) -> tuple[float | None, str | None, int | None]:
    holder = _object(value)
    amount, currency = _number(holder.get("amount")), _text(holder.get("currency"))
    return amount, currency, None if amount is None else _hundredths(amount)


def _hundredths(amount: float) -> int | None:
    """The amount in hundredths; None where a float no longer holds them all."""
    return round(amount * 100) if abs(amount) < 1e15 else None
