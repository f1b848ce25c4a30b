"""Indicators that look over many processes: flagged, clear, short of data, out of scope, each of them shown."""

from typing import Any

import pytest

from engines.indicators.market import baht, sale, tender
from engines.indicators.process_cases import CASES as ALONE
from engines.indicators.processes import award, bid
from sala.engines import indicators

pytestmark = pytest.mark.req("PRC-3.3", "PRC-2.4")
F, C, U, N = "flagged", "clear", "insufficient", "not_applicable"
Json = dict[str, Any]
Case = tuple[str, list[Json], dict[str, str]]


def cancelled(process: Json) -> Json:
    return process | {"tender": process.get("tender", {}) | {"status": "cancelled"}}


def unpriced(ocid: str, supplier: str, buyer: str = "P") -> Json:
    given = award(supplier, date="2024-05-01T00:00:00Z")
    return tender(ocid, 1, buyer, procurementMethod="direct") | {"awards": [given]}


def methods(buyer: str, closed: int, count: int) -> list[Json]:
    named = ["direct"] * closed + ["open"] * (count - closed)
    return [tender(f"{buyer}{at}", 1, buyer, procurementMethod=one) for at, one in enumerate(named)]


def bidders(buyer: str, count: int, times: int = 5) -> list[Json]:
    more = {"procurementMethod": "open", "numberOfTenderers": count}
    return [tender(f"{buyer}{at}", 1, buyer, **more) for at in range(times)]


def priced(ocid: str, price: float) -> Json:
    item = {"classification": {"id": "44121600"}, "unit": {"name": "ream", "value": baht(price)}}
    return {"ocid": ocid, "tender": {"items": [item]}}


def bids(ocid: str, *prices: float | None) -> Json:
    return {"ocid": ocid, "bids": {"details": [bid(f"{at}", price) for at, price in enumerate(prices)]}}


def signed(ocid: str, day: int) -> Json:
    when = f"2024-0{5 + day // 30}-{1 + day % 30:02d}T00:00:00Z"
    given = award("W", date="2024-05-01T00:00:00Z")
    return {"ocid": ocid, "awards": [given], "contracts": [{"dateSigned": when}]}


def met(ocid: str, winner: str, *others: str) -> Json:
    details = [bid(one) for one in (winner, *others)]
    return {"ocid": ocid, "bids": {"details": details}, "awards": [award(winner)]}


CASES: dict[str, Case] = {
    "R002": (
        "threshold = 500000",
        [
            *(tender(f"a{at}", 499_000 + at) for at in range(12)),
            *(tender(f"b{at}", 480_000 + 3_500 * at, buyer="E") for at in range(12)),
            tender("c", 499_000, buyer="H"),
            cancelled(tender("d", 499_000, buyer="Z")),
        ],
        {"G": F, "E": C, "H": U, "Z": N},
    ),
    "R011": (
        "threshold = 500000",
        [
            *(tender(name, 200_000, day=day) for name, day in (("a", 1), ("b", 10), ("c", 28))),
            tender("large", 900_000),
            {"ocid": "bare"},
        ],
        {"c": F, "a": C, "bare": U, "large": N},
    ),
    "R013": (
        "",
        [
            *(process for at in range(8) for process in methods(f"u{at}", 2 + at % 2, 10)),
            *methods("x", 10, 10),
            *methods("small", 1, 3),
            cancelled(tender("z", 1, "z", procurementMethod="open")),
        ],
        {"x": F, "u0": C, "small": U, "z": N},
    ),
    "R016": (
        "",
        [
            *(tender(f"p{at}", 100_000 + 1_000 * at) for at in range(10)),
            tender("far", 900_000),
            tender("alone", 5, kind="9999"),
            cancelled(tender("gone", 900_000)),
        ],
        {"far": F, "p0": C, "alone": U, "gone": N},
    ),
    "R017": (
        "",
        [
            *(priced(f"p{at}", 100 + at) for at in range(10)),
            priced("far", 250),
            {"ocid": "bare"},
            cancelled(priced("gone", 250)),
        ],
        {"far": F, "p0": C, "bare": U, "gone": N},
    ),
    "R019": (
        "",
        [
            *(process for at in range(8) for process in bidders(f"u{at}", 6 + at % 2)),
            *bidders("x", 1),
            *bidders("small", 3, times=1),
            tender("z", 1, "z", procurementMethod="direct"),
        ],
        {"x": F, "u0": C, "small": U, "z": N},
    ),
    "R022": (
        "",
        [
            *(bids(f"u{at}", 100, 105 + at, 110) for at in range(8)),
            bids("wide", 100, 300, 900),
            bids("bare", 100, 105, None),
            bids("two", 1, 900),
        ],
        {"wide": F, "u0": C, "bare": U, "two": N},
    ),
    "R029": (
        "",
        [
            *(sale(f"n{at}", "S", 1.07**at, buyer="natural") for at in range(1, 171)),
            *(sale(f"m{at}", "S", 900 + at / 10, buyer="made up") for at in range(120)),
            sale("x", "S", 5, buyer="few"),
            tender("y", 1, "none"),
        ],
        {"made up": F, "natural": C, "few": U, "none": N},
    ),
    "R040": (
        "",
        [
            *(sale(f"c{at}", "S", 100, buyer="captured") for at in range(5)),
            *(sale(f"s{at}", f"U{at}", 100, buyer="shared") for at in range(5)),
            sale("x", "S", 5, buyer="few"),
            tender("y", 1, "none"),
        ],
        {"captured": F, "shared": C, "few": U, "none": N},
    ),
    "R050": (
        "",
        [
            *(sale(f"f{at}", "most", 100, kind="10") for at in range(9)),
            sale("t", "little", 100, kind="10"),
            sale("u", "alone", 100, kind="20"),
            cancelled(sale("v", "gone", 100, kind="10")),
        ],
        {"most": F, "little": C, "alone": U, "gone": N},
    ),
    "R051": (
        "",
        [
            *(sale(f"f{at}", f"S{at % 2}", 100, kind="10") for at in range(10)),
            *(sale(f"m{at}", f"T{at}", 100, kind="20") for at in range(10)),
            sale("x", "S1", 1, kind="30"),
            cancelled(sale("y", "S1", 1, kind="40")),
        ],
        {"10 2024": F, "20 2024": C, "30 2024": U, "40 2024": N},
    ),
    "R053": (
        "",
        [
            *(met(f"{at}", "wins", "loses", f"once{at}") for at in range(5)),
            met("z", "alone"),
        ],
        {"wins": F, "loses": C, "once0": U, "alone": N},
    ),
    "R055": (
        "threshold = 500000",
        [
            *(sale(f"d{at}", "much", 200_000) for at in range(3)),
            *(sale(f"u{at}", "little", 1) for at in range(2)),
            *(unpriced(f"p{at}", "unpriced") for at in range(2)),
            *(sale(f"o{at}", "in the open", 200_000, method="open") for at in range(3)),
        ],
        {"much": F, "little": C, "unpriced": U, "in the open": N},
    ),
    "R060": (
        "",
        [
            *(signed(f"u{day}", day) for day in range(5, 13)),
            signed("slow", 80),
            {"ocid": "unsigned", "awards": [award("W", date="2024-05-01T00:00:00Z")]},
            cancelled(signed("gone", 80)),
        ],
        {"slow": F, "u5": C, "unsigned": U, "gone": N},
    ),
    "USAS33": (
        "",
        [
            *(sale(f"w{kind}", "wide", 1, kind=f"{kind}") for kind in (1010, 2020, 3030, 4040)),
            sale("n", "narrow", 1, kind="1010"),
            unpriced("p", "unclassed"),
            cancelled(sale("g", "gone", 1)),
        ],
        {"wide": F, "narrow": C, "unclassed": U, "gone": N},
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_an_indicator_over_many_processes_has_its_four_states(verdicts, code):
    ini, processes, expected = CASES[code]
    found = verdicts(processes, f"currency = THB\n[{code}]\n{ini}")
    assert {name: found[name]["state"] for name in expected} == expected
    told = next(found[name] for name, state in expected.items() if state == F)
    assert told["value"] is not None
    for language in ("sentence", "sentence_th"):
        assert told[language]
        assert "{" not in told[language]
        assert "nan" not in told[language]


def test_every_indicator_of_ours_is_in_one_of_the_two_lists():
    ours = set(indicators.CATALOG) - set(indicators.CARDINAL_CODES)
    assert ours == set(ALONE) | set(CASES)
