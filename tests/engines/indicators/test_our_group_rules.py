"""Our indicators over many processes: buyers, suppliers, markets, and values beside their peers."""

import pytest

from engines.indicators.market import baht, sale, tender
from engines.indicators.processes import award, bid

pytestmark = pytest.mark.req("PRC-3.3", "BUD-3.1")


def states(found):
    return {name: verdict["state"] for name, verdict in found.items()}


def test_a_crowd_just_below_the_threshold_is_seen(verdicts):
    crowd = [tender(f"a{at}", 499_000 + at) for at in range(12)]
    even = [tender(f"b{at}", 480_000 + 3_500 * at, buyer="E") for at in range(12)]
    few = [tender("c", 499_000, buyer="H")]
    found = verdicts(crowd + even + few, "currency = THB\n[R002]\nthreshold = 500000")
    assert states(found) == {"G": "flagged", "E": "clear", "H": "insufficient"}
    assert found["G"]["facts"] == {"below": 12, "above": 0}


def test_without_the_legal_threshold_nobody_is_judged(verdicts):
    found = verdicts([tender("a", 499_000)], "currency = THB\n[R011]")
    assert states(found) == {"a": "insufficient"}


def test_like_purchases_within_a_month_add_up(verdicts):
    processes = [tender("a", 200_000, day=1), tender("b", 200_000, day=10), tender("c", 200_000, day=28)]
    processes += [tender("other class", 200_000, kind="10", day=12), tender("large", 900_000)]
    found = verdicts(processes, "currency = THB\n[R011]\nthreshold = 500000")
    expected = {"a": "clear", "b": "clear", "c": "flagged", "other class": "clear", "large": "not_applicable"}
    assert states(found) == expected
    assert found["c"]["value"] == 600_000


def test_a_value_far_from_its_peers_is_seen(verdicts):
    peers = [tender(f"p{at}", 100_000 + 1_000 * at) for at in range(10)]
    found = verdicts([*peers, tender("far", 900_000), tender("alone", 5, kind="9999")], "[R016]")
    assert found["far"]["state"] == "flagged"
    assert found["far"]["facts"] == {"peers": 11}
    assert found["alone"]["state"] == "insufficient"
    assert {found[f"p{at}"]["state"] for at in range(10)} == {"clear"}


def test_a_unit_price_far_from_its_peers_is_seen(verdicts):
    def priced(ocid, price):
        item = {"classification": {"id": "44121600"}, "unit": {"name": "ream", "value": baht(price)}}
        return {"ocid": ocid, "tender": {"items": [item]}}

    found = verdicts(
        [*(priced(f"p{at}", 100 + at) for at in range(10)), priced("far", 250)], "currency = THB\n[R017]"
    )
    assert [name for name, verdict in found.items() if verdict["state"] == "flagged"] == ["far"]


def test_wide_bids_stand_out_by_the_fence(verdicts):
    def process(ocid, *prices):
        return {"ocid": ocid, "bids": {"details": [bid(str(at), price) for at, price in enumerate(prices)]}}

    usual = [process(f"u{at}", 100, 105 + at, 110) for at in range(8)]
    found = verdicts([*usual, process("wide", 100, 300, 900)], "[R022]")
    assert [name for name, verdict in found.items() if verdict["state"] == "flagged"] == ["wide"]


def test_slow_signature_stands_out_by_the_fence(verdicts):
    def process(ocid, day):
        signed = [{"dateSigned": f"2024-0{5 + day // 30}-{1 + day % 30:02d}T00:00:00Z"}]
        return {"ocid": ocid, "awards": [award("W", date="2024-05-01T00:00:00Z")], "contracts": signed}

    found = verdicts([*(process(f"u{day}", day) for day in range(5, 13)), process("slow", 80)], "[R060]")
    assert [name for name, verdict in found.items() if verdict["state"] == "flagged"] == ["slow"]


def test_a_buyer_that_avoids_competition_stands_out(verdicts):
    def buyer(name, closed):
        methods = ["direct"] * closed + ["open"] * (10 - closed)
        return [tender(f"{name}{at}", 1, name, procurementMethod=one) for at, one in enumerate(methods)]

    processes = [process for at in range(8) for process in buyer(f"u{at}", 2 + at % 2)] + buyer("x", 10)
    found = verdicts(processes + buyer("small", 1)[:3], "[R013]")
    assert [name for name, verdict in found.items() if verdict["state"] == "flagged"] == ["x"]
    assert found["small"]["state"] == "insufficient"


def test_a_buyer_with_few_bidders_stands_out(verdicts):
    def buyer(name, count):
        more = {"procurementMethod": "open", "numberOfTenderers": count}
        return [tender(f"{name}{at}", 1, name, **more) for at in range(5)]

    processes = [process for at in range(8) for process in buyer(f"u{at}", 6 + at % 2)] + buyer("x", 1)
    found = verdicts(processes, "[R019]")
    assert [name for name, verdict in found.items() if verdict["state"] == "flagged"] == ["x"]


def test_first_digits_need_a_hundred_amounts_and_follow_benford(verdicts):
    natural = [sale(f"n{at}", "S", 1.07**at, buyer="N") for at in range(1, 171)]
    made_up = [sale(f"m{at}", "S", 900 + at / 10, buyer="M") for at in range(120)]
    found = verdicts([*natural, *made_up, sale("x", "S", 5, buyer="X")], "[R029]")
    assert states(found) == {"N": "clear", "M": "flagged", "X": "insufficient"}


def test_one_supplier_that_takes_most_of_a_buyer_is_named_with_it(flags):
    captured = [sale(f"c{at}", "S", 100) for at in range(4)] + [sale("c9", "T", 100)]
    shared = [sale(f"s{at}", f"U{at}", 100, buyer="H") for at in range(5)]
    found = flags(captured + shared, "[R040]")
    assert found == {"Buyer": {"G": {"R040": 0.8}}, "Tenderer": {"S": {"R040": 1.0}}}


def test_a_market_in_few_hands_is_seen(verdicts):
    few = [sale(f"f{at}", f"S{at % 2}", 100, kind="10") for at in range(10)]
    many = [sale(f"m{at}", f"T{at}", 100, kind="20") for at in range(10)]
    found = verdicts([*few, *many, sale("x", "S1", 1, kind="30")], "[R051]")
    assert states(found) == {"10 2024": "flagged", "20 2024": "clear", "30 2024": "insufficient"}
    assert found["10 2024"]["value"] == 0.5


def test_a_supplier_with_most_of_a_market_is_seen(verdicts):
    processes = [sale(f"f{at}", "S", 100, kind="10") for at in range(9)] + [sale("t", "T", 100, kind="10")]
    assert states(verdicts(processes, "[R050]")) == {"S": "flagged", "T": "clear"}


def test_the_same_winner_of_a_pair_is_seen(verdicts):
    def met(ocid, winner, *others):
        return {
            "ocid": ocid,
            "bids": {"details": [bid(one) for one in (winner, *others)]},
            "awards": [award(winner)],
        }

    found = verdicts([met(str(at), "A", "B", f"C{at}") for at in range(5)], "[R053]")
    assert found["A"]["state"] == "flagged"
    assert found["A"]["value"] == 1.0
    assert found["B"]["state"] == "clear"


def test_repeated_direct_awards_add_up_within_a_year(verdicts):
    direct = [sale(f"d{at}", "S", 200_000) for at in range(3)]
    opened = [sale(f"o{at}", "T", 200_000, method="open") for at in range(3)]
    found = verdicts([*direct, *opened, sale("u", "U", 1), sale("v", "U", 1)], "[R055]\nthreshold = 500000")
    assert states(found) == {"S": "flagged", "U": "clear", "T": "not_applicable"}
    assert found["S"]["value"] == 600_000


def test_direct_awards_can_be_limited_to_dates(verdicts):
    ini = "[R055]\nthreshold = 500000\nstart_date = 2024-05-01\nend_date = {end}"
    direct = [sale(f"d{at}", "S", 300_000) for at in range(2)]
    assert states(verdicts(direct, ini.format(end="2024-05-01"))) == {"S": "flagged"}
    assert states(verdicts(direct, ini.format(end="2024-04-30"))) == {"S": "not_applicable"}


def test_many_classes_to_one_buyer_in_one_year_are_seen(verdicts):
    wide = [sale(f"w{kind}", "S", 1, kind=f"{kind}") for kind in (1010, 2020, 3030, 4040)]
    spread = [sale(f"b{at}", "T", 1, buyer=f"B{at}", kind=f"{at}000") for at in (1, 2, 3, 4)]
    assert states(verdicts(wide + spread, "[USAS33]")) == {"S": "flagged", "T": "clear"}
