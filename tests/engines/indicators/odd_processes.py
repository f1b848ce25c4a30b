"""Compiled releases in which anything may be missing or of the wrong kind, the same ones each time."""

import random
from typing import Any

from engines.indicators.processes import award, bid

Json = dict[str, Any]
TIMES = (
    "2024-01-01T00:00:00Z",
    "2024-01-05T12:00:00Z",
    "2024-01-15T23:59:59Z",
    "2024-01-16T00:00:00Z",
    "2024-01-31T00:00:00.5+00:00",
    "2024-01-15",
    "2024-13-01T00:00:00Z",
    "soon",
)


class Odd:
    """Compiled releases in which anything may be missing or of the wrong kind."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def one(self, *choices: Any) -> Any:
        """One of the choices; a later one comes more seldom."""
        return self.random.choices(choices, [8] + [2] * (len(choices) - 1))[0]

    def many(self, make: Any, most: int) -> list[Any]:
        return [make() for _ in range(self.random.randint(0, most))]

    def organization(self) -> Any:
        name = self.random.choice("ABCDEFGH")
        return self.one({"id": name}, {"id": name, "name": "x"}, {"id": 7}, {"name": "x"}, None, {"id": ""})

    def organizations(self) -> Any:
        pair = [{"id": "A"}, {"id": "B"}]
        single = [{"id": self.random.choice("ABCDEFGH")}]
        return self.random.choices(
            [single, [self.organization()], pair, [], single[0], [*single, None]], [20, 4, 2, 1, 1, 1]
        )[0]

    def value(self) -> Any:
        amount = self.random.choice([1, 2, 3, 10, 10, 12, 15.5, 40, 100])
        amount = self.random.choices([amount, 0, -5, "7", None, True], [30, 1, 1, 1, 1, 1])[0]
        currency = self.random.choices(["THB", "USD", None, 5], [16, 2, 1, 1])[0]
        return self.one(*[{"amount": amount, "currency": currency}] * 3, {"amount": amount}, "10", None)

    def bid(self) -> Any:
        statuses = ["valid", "disqualified", "pending", "withdrawn", "invited", "odd", "", None, 5]
        status = self.random.choices(statuses, [12, 5, 2, 1, 1, 1, 1, 1, 1])[0]
        made = {"status": status, "tenderers": self.organizations(), "value": self.value()}
        made["date"] = self.random.choice(TIMES)
        return {key: found for key, found in made.items() if self.random.random() > 0.03}

    def award(self) -> Any:
        statuses = ["active", "cancelled", "unsuccessful", "pending", "odd", None, 5]
        status = self.random.choices(statuses, [20, 2, 2, 1, 1, 1, 1])[0]
        codes = ["44121600", "4", "5599", "55", "7", "999", 44]
        items = self.many(lambda: {"classification": {"id": self.random.choice(codes)}}, 2)
        return {"status": status, "suppliers": self.organizations(), "items": items}

    def process(self, at: int) -> Any:
        tender = {
            "status": self.one("active", "cancelled", None),
            "procurementMethod": self.random.choice(["open", "selective", "limited", None]),
            "procurementMethodDetails": self.random.choice(["x", "y", "z", "w", None, 5]),
            "numberOfTenderers": self.random.choice([1, 2, 0, -1, "1", None]),
            "tenderPeriod": {key: self.random.choice(TIMES) for key in ("startDate", "endDate")},
            "procuringEntity": self.organization(),
        }
        details = self.one(*[self.many(self.bid, 5) + self.many(self.bid, 2)] * 6, {}, None)
        awards = self.one(*[[self.award()]] * 6, self.many(self.award, 3), {"status": "active"}, None)
        made = {
            "ocid": self.random.choices([f"p{at}", at, None], [30, 1, 1])[0],
            "buyer": self.organization(),
            "tender": self.one(*[tender] * 8, None, []),
            "bids": self.one(*[{"details": details}] * 8, None, []),
            "awards": awards,
        }
        return {key: found for key, found in made.items() if self.random.random() > 0.02}

    def ordinary(self, at: int) -> Json:
        """Two who win by turns and one who never does, so that there are quartiles to be outside of."""
        pair = at // 2 % 20
        winner, loser = (f"T{pair}", f"U{pair}") if at % 2 else (f"U{pair}", f"T{pair}")
        apart = self.random.choices([1 + self.random.randint(0, 9) / 100, 0.01, 9], [20, 1, 1])[0]
        bids = [bid(winner, 100), bid(loser, 100 * (1 + apart)), bid("L", 2_000)]
        bids += [bid("D", 5_000, "disqualified")] * (at % 3 == 0) + [bid("M", 1, "disqualified")] * (
            at % 9 == 0
        )
        buyer = self.random.choice("abcdefghij")
        bids += [bid("D", 6_000, "disqualified")] * (9 if buyer == "j" else 0)
        items = [{"classification": {"id": f"{40 + at % 5 if winner == 'T3' else 10}99"}}]
        return {
            "ocid": f"o{at}",
            "buyer": {"id": buyer},
            "tender": {"procuringEntity": {"id": buyer}, "procurementMethodDetails": "y"},
            "bids": {"details": bids},
            "awards": [award(winner) | {"items": items}],
        }
