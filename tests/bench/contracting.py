"""A seeded generator of contracting processes with bids, awards, contracts and payments, as OCDS releases."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

START = datetime(2021, 10, 1, tzinfo=UTC)
METHODS = ("open", "open", "open", "selective", "limited", "direct", "direct")


def processes(count: int, seed: int = 20261122) -> Iterator[tuple[int, dict[str, Any]]]:
    """(number, compiled release) of `count` processes: about 60 for each buyer, 15 bids for each supplier."""
    chance = random.Random(seed)
    buyers, suppliers = max(5, count // 60), max(20, count // 5)
    for seq in range(1, count + 1):
        yield seq, _process(chance, seq, buyers, suppliers)


def _when(days: float) -> str:
    return (START + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _money(amount: float) -> dict[str, Any]:
    return {"amount": round(amount, 2), "currency": "THB"}


def _process(chance: random.Random, seq: int, buyers: int, suppliers: int) -> dict[str, Any]:
    buyer, method = f"B{chance.randrange(buyers)}", chance.choice(METHODS)
    kind = f"{10 + min(int(chance.expovariate(0.1)), 80)}{chance.randrange(100):02d}0000"
    day, estimate = chance.random() * 1_400, chance.lognormvariate(13.2, 1.4)
    closes = day + chance.choice((3, 7, 12, 16, 20, 30))
    bids = _bids(
        chance, estimate, closes, suppliers, 1 if method == "direct" else chance.choice((1, 2, 3, 3, 4, 5, 7))
    )
    valid = [bid for bid in bids if bid["status"] == "valid"]
    process: dict[str, Any] = {
        "ocid": f"ocds-sala00-{seq:09d}",
        "date": _when(closes + 20),
        "buyer": {"id": buyer},
        "planning": {"documents": [{"documentType": "procurementPlan"}] if chance.random() < 0.7 else []},
        "tender": {
            "status": "cancelled" if chance.random() < 0.03 else "complete",
            "procurementMethod": method,
            "procurementMethodDetails": f"method {method}",
            "mainProcurementCategory": chance.choice(("goods", "services", "works")),
            "procuringEntity": {"id": buyer},
            "tenderPeriod": {"startDate": _when(day), "endDate": _when(closes)},
            "value": _money(estimate),
            "documents": [{"documentType": name} for name in ("tenderNotice", "biddingDocuments")],
            "items": [
                {"classification": {"id": kind}, "unit": {"name": "unit", "value": _money(estimate / 10)}}
            ],
        },
        "bids": {"details": bids},
    }
    if valid:
        winner = min(valid, key=lambda bid: bid["value"]["amount"])
        _award(chance, process, winner, closes + chance.choice((2, 9, 15, 30, 130)), kind)
    return process


def _bids(
    chance: random.Random, estimate: float, closes: float, suppliers: int, count: int
) -> list[dict[str, Any]]:
    return [
        {
            "id": str(at),
            "status": "disqualified" if chance.random() < 0.12 else "valid",
            "date": _when(closes - chance.expovariate(1)),
            "value": _money(estimate * chance.gauss(0.95, 0.06 if estimate > 1e5 else 0.01)),
            "tenderers": [{"id": f"S{int(suppliers * chance.random() ** 2)}"}],
        }
        for at in range(count)
    ]


def _award(
    chance: random.Random, process: dict[str, Any], winner: dict[str, Any], day: float, kind: str
) -> None:
    amount = winner["value"]["amount"]
    process["awards"] = [
        {
            "id": "1",
            "status": "active",
            "date": _when(day),
            "value": _money(amount),
            "suppliers": winner["tenderers"],
            "items": [{"classification": {"id": kind}}],
        }
    ]
    signed, changes = day + chance.expovariate(0.1), int(chance.expovariate(2))
    paid = [{"id": "1", "value": _money(amount * chance.choice((0.5, 1, 1, 1.02)))}]
    due = signed + 60
    process["contracts"] = [
        {
            "id": "1",
            "awardID": "1",
            "status": "active",
            "dateSigned": _when(signed),
            "value": _money(amount * (1 + 0.1 * changes)),
            "amendments": [{"date": _when(signed + 40 * (at + 1))} for at in range(changes)],
            "implementation": {
                "transactions": paid,
                "milestones": [
                    {"status": "met", "dueDate": _when(due), "dateMet": _when(due + chance.gauss(-3, 5))}
                ],
            },
        }
    ]
