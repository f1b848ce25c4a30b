"""A case of each of the four states for every indicator about one process."""

from typing import Any

from engines.indicators.processes import award, bid

Json = dict[str, Any]
F, C, U, N = "flagged", "clear", "insufficient", "not_applicable"


def baht(amount: float) -> Json:
    return {"amount": amount, "currency": "THB"}


def tender(**more: Any) -> Json:
    return {"tender": more}


def bids(*details: Json, **more: Any) -> Json:
    return {"bids": {"details": list(details)}, **more}


def awarded(amount: float, date: str = "2024-03-10T00:00:00Z", **more: Any) -> Json:
    return {"awards": [award("W", amount, date=date)], **more}


def contract(amount: float, **more: Any) -> Json:
    return {"contracts": [{"value": baht(amount), **more}]}


def work(**more: Any) -> Json:
    return contract(100, implementation=more)


def milestones(*entries: Json) -> Json:
    return work(milestones=list(entries))


def period(end: str, start: str = "2024-01-01T00:00:00Z") -> Json:
    return {"tenderPeriod": {"startDate": start, "endDate": end}}


def documents(*kinds: str) -> list[Json]:
    return [{"documentType": kind} for kind in kinds]


def party(name: str, *roles: str, **more: Any) -> Json:
    return {"id": name, "roles": list(roles), **more}


def owner(*names: str) -> list[Json]:
    return [{"id": name} for name in names]


def amended(*days: int, **more: Any) -> Json:
    return contract(
        120, amendments=[{"date": f"2024-0{1 + day // 30}-{1 + day % 30:02d}T00:00:00Z"} for day in days]
    )


ROAD = {"address": {"streetAddress": "1 ถนนสุขใจ", "postalCode": "10200"}}
LANE = {"address": {"streetAddress": "9 ซอยเย็น", "postalCode": "10200"}}
PAIR = bids(bid("A", 10), bid("B", 20))
DIRECT = {"procurementMethod": "direct"}
CASES: dict[str, list[tuple[str, Json]]] = {
    "R001": [
        (F, {"planning": {"documents": documents("notice")}}),
        (C, {"planning": {"documents": documents("procurementPlan")}}),
        (U, {}),
        (N, {"planning": {"documents": []}} | tender(status="cancelled")),
    ],
    "R005": [
        (F, tender(procurementMethod="open", documents=documents("tenderNotice"))),
        (
            C,
            tender(
                procurementMethod="open",
                documents=documents("tenderNotice", "biddingDocuments", "technicalSpecifications"),
            ),
        ),
        (U, tender(procurementMethod="open")),
        (N, tender(**DIRECT, documents=documents("tenderNotice"))),
    ],
    "R010": [
        (F, tender(**DIRECT)),
        (C, tender(**DIRECT, procurementMethodRationale="มีผู้ขายรายเดียว")),
        (N, tender(procurementMethod="open")),
        (U, tender(title="ไม่บอกวิธี")),
    ],
    "R020": [(F, {"complaints": [{"id": "1"}]}), (C, {"complaints": []}), (U, {})],
    "R039": [
        (F, tender(enquiries=[{"id": "1", "answer": "ได้"}, {"id": "2"}])),
        (C, tender(enquiries=[{"id": "1", "dateAnswered": "2024-01-02T00:00:00Z"}])),
        (U, tender()),
        (N, tender(enquiries=[])),
    ],
    "R061": [
        (F, awarded(9, tender=period("2024-03-06T00:00:00Z"))),
        (C, awarded(9, tender=period("2024-03-05T00:00:00Z"))),
        (U, awarded(9)),
    ],
    "R062": [
        (F, awarded(9, tender=period("2023-11-10T00:00:00Z"))),
        (C, awarded(9, tender=period("2023-11-11T00:00:00Z"))),
        (U, awarded(9)),
    ],
    "SCRCV": [
        (F, bids(bid("A", 100), bid("B", 101), bid("C", 102))),
        (C, bids(bid("A", 100), bid("B", 150), bid("C", 180))),
        (U, bids(bid("A", 100), bid("B", 101), bid("C"))),
        (N, bids(bid("A", 100), bid("B", 101))),
    ],
    "SCRRD": [
        (F, bids(bid("W", 100), bid("B", 150), bid("C", 151), awards=[award("W")])),
        (C, bids(bid("W", 100), bid("B", 110), bid("C", 151), awards=[award("W")])),
        (U, bids(bid("W", 100), bid("B", 110), bid("C", 151))),
    ],
    "R023": [
        (F, bids(bid("A", 100), bid("B", 110), bid("C", 121))),
        (C, bids(bid("A", 100), bid("B", 110), bid("C", 140))),
        (N, bids(bid("A", 100), bid("B", 110))),
        (U, bids(bid("A", 100), bid("B", 110), bid("C"))),
    ],
    "R034": [
        (F, bids(bid("A", date="2024-01-01T10:00:00Z"), bid("B", date="2024-01-01T10:00:59Z"))),
        (C, bids(bid("A", date="2024-01-01T10:00:00Z"), bid("B", date="2024-01-01T10:01:00Z"))),
        (U, bids(bid("A"), bid("B"))),
        (N, bids(bid("A", date="2024-01-01T10:00:00Z"), bid("A", date="2024-01-01T10:00:01Z"))),
    ],
    "R032": [
        (
            F,
            PAIR
            | {
                "parties": [
                    party("A", beneficialOwners=owner("x", "y")),
                    party("B", beneficialOwners=owner("x")),
                ]
            },
        ),
        (
            C,
            PAIR
            | {"parties": [party("A", beneficialOwners=owner("x")), party("B", beneficialOwners=owner("y"))]},
        ),
        (U, PAIR | {"parties": [party("A", beneficialOwners=owner("x")), party("B")]}),
    ],
    "R033": [
        (F, PAIR | {"parties": [party("A", shareholders=owner("x")), party("B", shareholders=owner("x"))]}),
        (C, PAIR | {"parties": [party("A", shareholders=owner("x")), party("B", shareholders=owner("z"))]}),
        (N, bids(bid("A", 1))),
        (U, PAIR | {"parties": [party("A", shareholders=owner("x")), party("B")]}),
    ],
    "R043": [
        (F, PAIR | {"parties": [party("A", **ROAD), party("G", "buyer", **ROAD)]}),
        (C, PAIR | {"parties": [party("A", **LANE), party("G", "buyer", **ROAD)]}),
        (U, PAIR | {"parties": [party("A", **LANE), party("G", "buyer")]}),
    ],
    "R044": [
        (F, PAIR | {"parties": [party("A", **ROAD), party("B", **ROAD)]}),
        (C, PAIR | {"parties": [party("A", **ROAD), party("B", **LANE), party("G", "buyer", **ROAD)]}),
        (U, PAIR | {"parties": [party("A", **ROAD)]}),
        (N, bids(bid("A", 1))),
    ],
    "R031": [
        (F, awarded(98, tender={"value": baht(100)})),
        (C, awarded(97, tender={"value": baht(100)})),
        (U, awarded(97)),
        (N, {"awards": [award("A", 1), award("B", 1)]} | tender(value=baht(2))),
    ],
    "USAS36": [
        (F, awarded(70, tender={**DIRECT, "value": baht(100)})),
        (C, awarded(71, tender={**DIRECT, "value": baht(100)})),
        (U, awarded(70, tender=DIRECT)),
        (N, awarded(70, tender={"procurementMethod": "open", "value": baht(100)})),
    ],
    "R054": [
        (F, awarded(400_000, tender=DIRECT) | contract(500_000)),
        (C, awarded(400_000, tender=DIRECT) | contract(499_999)),
        (U, awarded(400_000, tender=DIRECT)),
        (N, awarded(400_000, tender={"procurementMethod": "open"}) | contract(500_000)),
    ],
    "R059": [
        (F, awarded(100) | contract(120.01)),
        (C, awarded(100) | contract(120)),
        (U, awarded(100)),
    ],
    "R064": [(F, amended(1)), (C, contract(1)), (U, {})],
    "R066": [
        (F, contract(116, amendments=[{"changes": [{"property": "value.amount", "former_value": 100}]}])),
        (C, contract(115, amendments=[{"changes": [{"property": "value.amount", "former_value": 100}]}])),
        (U, amended(1)),
        (N, contract(1)),
    ],
    "R069": [
        (F, amended(1, 80)),
        (C, amended(1, 100)),
        (N, amended(1)),
        (U, contract(120, amendments=[{"id": "1"}, {"id": "2"}])),
    ],
    "R067": [
        (F, milestones({"dueDate": "2024-01-01T00:00:00Z", "status": "scheduled"})),
        (C, milestones({"dueDate": "2024-01-01T00:00:00Z", "status": "met"})),
        (
            F,
            milestones(
                {"dueDate": "2024-01-01T00:00:00Z", "dateMet": "2024-01-02T00:00:00Z", "status": "met"}
            ),
        ),
        (C, milestones({"dueDate": "2030-01-01T00:00:00Z", "status": "scheduled"})),
        (U, contract(1)),
    ],
    "R068": [
        (F, work(transactions=[{"value": baht(60)}, {"value": baht(40.01)}])),
        (C, work(transactions=[{"value": baht(60)}, {"value": baht(40)}])),
        (U, work(transactions=[{"value": {"amount": 200, "currency": "USD"}}])),
    ],
    "USAS37": [
        (
            F,
            contract(
                1,
                dateSigned="2024-01-01T00:00:00Z",
                implementation={"milestones": [{"dateMet": "2024-02-29T00:00:00Z"}]},
            )
            | tender(mainProcurementCategory="works"),
        ),
        (
            C,
            contract(
                1,
                dateSigned="2024-01-01T00:00:00Z",
                implementation={"milestones": [{"dateMet": "2024-03-01T00:00:00Z"}]},
            )
            | tender(mainProcurementCategory="works"),
        ),
        (U, contract(1) | tender(mainProcurementCategory="works")),
        (N, contract(1) | tender(mainProcurementCategory="goods")),
    ],
    "CRI": [
        (
            F,
            awarded(
                9,
                tender={
                    **DIRECT,
                    "numberOfTenderers": 1,
                    **period("2024-03-08T00:00:00Z", "2024-03-01T00:00:00Z"),
                },
            ),
        ),
        (
            C,
            awarded(
                9,
                tender={
                    "procurementMethod": "open",
                    "numberOfTenderers": 3,
                    **period("2024-03-01T00:00:00Z"),
                },
            ),
        ),
        (U, tender(procurementMethod="open")),
    ],
}
