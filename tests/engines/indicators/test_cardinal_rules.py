"""Cardinal's indicators, where no published case is at hand, and their limits."""

import pytest

from engines.indicators.processes import award, bid
from sala.engines import indicators

pytestmark = pytest.mark.req("PRC-3.3")


def tender(ocid, *bids, winner="W", **more):
    return {"ocid": ocid, "bids": {"details": list(bids)}, "awards": [award(winner)], **more}


def gap(ocid, high, low=1, **more):
    return tender(ocid, bid("W", low), bid("L", high), **more)


def test_single_bid_needs_one_tenderer_and_an_open_door(flags):
    asked = {
        (method, count): {
            "ocid": f"{method} {count}",
            "tender": {"numberOfTenderers": count, "procurementMethod": method},
        }
        for method, count in [("open", 1), ("selective", 1), ("limited", 1), ("open", 2), (None, 1)]
    }
    found = {"open 1": {"R018": 1.0}, "selective 1": {"R018": 1.0}}
    assert flags(list(asked.values()), "[R018]") == {"OCID": found}


def test_single_bid_counts_the_bidders_where_no_number_is_published(flags):
    lone = tender("F", bid("A"), bid("A"), bid("B", status="withdrawn"), tender={"procurementMethod": "open"})
    pair = tender("2", bid("A"), bid("B"), tender={"procurementMethod": "open"})
    assert flags([lone, pair], "[R018]") == {"OCID": {"F": {"R018": 1.0}}}


def test_single_bid_methods_are_a_setting(flags):
    process = {"ocid": "F", "tender": {"numberOfTenderers": 1, "procurementMethod": "limited"}}
    assert flags([process], "[R018]\nprocurement_methods = limited|direct") == {"OCID": {"F": {"R018": 1.0}}}


def test_a_close_second_price_flags_process_winner_and_runner_up(flags):
    processes = [gap("F", 2), *(gap(str(at), 100) for at in range(4))]
    expected = {"OCID": {"F": {"R024": 1.0}}, "Tenderer": {"W": {"R024": 0.0}, "L": {"R024": 0.0}}}
    assert flags(processes, "[R024]") == expected


def test_a_heavy_discount_flags_process_and_winner(flags):
    processes = [gap("F", 100), *(gap(str(at), 2) for at in range(4))]
    assert flags(processes, "[R058]") == {"OCID": {"F": {"R058": 99.0}}, "Tenderer": {"W": {"R058": 0.0}}}


def test_a_threshold_replaces_the_fence_and_includes_itself(flags):
    processes = [gap("at", 105, 100), gap("above", 106, 100)]
    assert flags(processes, "[R024]\nthreshold = 0.05")["OCID"] == {"at": {"R024": 0.05}}
    assert flags(processes, "[R058]\nthreshold = 0.06")["OCID"] == {"above": {"R058": 0.06}}


EXCLUDED = {
    "pending award": tender("x", bid("W", 100), bid("L", 101))
    | {"awards": [award("W"), award("W", status="pending")]},
    "unknown award status": tender("x", bid("W", 100), bid("L", 101))
    | {"awards": [award("W"), award("W", status="invalid")]},
    "two active awards": tender("x", bid("W", 100), bid("L", 101)) | {"awards": [award("W"), award("L")]},
    "winner not lowest": tender("x", bid("W", 102), bid("L", 101)),
    "joint bid": tender("x", bid("W", 100), bid("L", 101) | {"tenderers": [{"id": "L"}, {"id": "M"}]}),
    "joint award": tender("x", bid("W", 100), bid("L", 101))
    | {"awards": [award("W") | {"suppliers": [{"id": "W"}, {"id": "L"}]}]},
    "other currency": tender(
        "x", bid("W", 100), bid("L", 101) | {"value": {"amount": 101, "currency": "USD"}}
    ),
    "lone bid": tender("x", bid("W", 100)),
    "no tenderer id": tender("x", bid("W", 100), bid("L", 101) | {"tenderers": [{}]}),
    "free of charge": tender("x", bid("W", 0), bid("L", 1)),
    "cancelled": gap("x", 101, 100, tender={"status": "cancelled"}),
    "not compared by price": gap("x", 101, 100, tender={"procurementMethodDetails": "lottery"}),
    "left out": gap("x", 101, 100, tender={"procurementMethodDetails": "secret"}),
}


def test_price_gaps_are_not_asked_where_they_mean_nothing(flags):
    ini = "currency = THB\nno_price_comparison_procurement_methods = lottery|raffle\n"
    ini += "[exclusions]\nprocurement_method_details = secret\n[R024]\nthreshold = 9\n[R058]\nthreshold = 0"
    assert flags([process | {"ocid": reason} for reason, process in EXCLUDED.items()], ini) == {}


def test_the_winners_lowest_bid_counts_and_its_other_bids_do_not(flags):
    process = tender("F", bid("W", 100), bid("W", 101), bid("L", 150), bid("D", 90, "disqualified"))
    assert flags([process], "[R058]\nthreshold = 0.1")["OCID"] == {"F": {"R058": 0.5}}


def test_a_fence_that_many_sit_on_includes_them(flags):
    """0.3 is no short binary number: a fence a hair above it would let every one of these go."""
    processes = [gap(str(at), 1.3, 1.0) for at in range(5)]
    value = (1.3 - 1.0) / 1.0
    expected = {str(at): {"R024": value, "R058": value} for at in range(5)}
    assert flags(processes, "[R024]\n[R058]")["OCID"] == expected


def test_a_flat_fence_flags_nobody(flags):
    assert flags([gap(str(at), 1) for at in range(8)], "[R024]\n[R058]") == {}


def test_price_comparison_can_be_limited_to_named_methods(flags):
    ini = "price_comparison_procurement_methods = e-bidding\n[R024]\nthreshold = 1"
    named = gap("F", 101, 100, tender={"procurementMethodDetails": "e-bidding"})
    assert set(flags([named, gap("x", 101, 100)], ini)["OCID"]) == {"F"}


def test_processes_without_ocid_are_left_out(flags):
    process = {"tender": {"numberOfTenderers": 1, "procurementMethod": "open"}}
    assert flags([process, process | {"ocid": 7}], "[R018]") == {}


def in_currency(offer, currency):
    return offer | {"value": offer["value"] | {"currency": currency}}


def test_the_main_currency_is_the_first_that_a_price_indicator_meets(flags):
    """The first process has no award, so nothing in it is compared; its dollars count for nothing."""
    waiting = {"ocid": "x", "bids": {"details": [in_currency(bid("W", 5), "USD")]}}
    assert flags([waiting, gap("F", 2)], "[R024]\nthreshold = 1")["OCID"] == {"F": {"R024": 1.0}}


def test_bids_in_another_currency_and_joint_bids_are_passed_over(flags):
    joint = bid("W", 60) | {"tenderers": [{"id": "M"}, {"id": "N"}]}
    process = tender("F", bid("W", 100), joint, in_currency(bid("X", 70), "USD"), bid("L", 150))
    assert flags([process], "[R024]\nthreshold = 1")["OCID"] == {"F": {"R024": 0.5}}


def test_of_equally_low_bids_the_first_listed_is_the_lowest(flags):
    stays, goes = bid("A", 1, "valid"), bid("B", 1, "disqualified")
    assert flags([tender("F", goes, stays), tender("x", stays, goes)], "[R036]") == {
        "OCID": {"F": {"R036": 1.0}}
    }


def test_equal_prices_are_found_in_any_currency_but_not_across_two(flags):
    pair = [in_currency(bid(name, 7), "USD") for name in ("A", "B")]
    across = [bid("A", 7), in_currency(bid("B", 7), "USD")]
    found = flags([tender("F", bid("C", 9), *pair), tender("x", *across)], "currency = THB\n[R028]")
    assert set(found["OCID"]) == {"F"}


def test_equal_prices_compare_those_on_a_bid_who_are_named(flags):
    process = tender("F", bid("A", 7) | {"tenderers": [{"id": "A"}, {"name": "?"}]}, bid("B", 7))
    assert flags([process], "[R028]")["Tenderer"] == {"A": {"R028": 1.0}, "B": {"R028": 1.0}}


LATE = {
    ("2024-01-15", "2024-01-16"): True,
    ("2024-01-15T10:00:00Z", "2024-01-15T10:00:01Z"): True,
    ("2024-01-15T10:00:00Z", "2024-01-15T10:00:00Z"): False,
    ("2024-01-15T10:00:00+07:00", "2024-01-15T04:00:00Z"): True,
    ("2024-01-15T10:00:00Z", "2024-01-15T11:00:00+07:00"): False,
}


def test_a_late_bid_is_found_by_moments_or_by_days(flags):
    processes = [
        tender(f"{closes} {date}", bid("W", 1, date=date), tender={"tenderPeriod": {"endDate": closes}})
        for closes, date in LATE
    ]
    assert set(flags(processes, "[R030]")["OCID"]) == {" ".join(pair) for pair, late in LATE.items() if late}


def test_a_status_outside_the_codelist_is_a_bid_handed_in(flags):
    process = tender("F", bid("A", 1, "Rechazada"), bid("B", 1)) | {"buyer": {"id": "P"}}
    found = flags([process, process | {"ocid": "G"}], "[R028]\n[R038]\nthreshold = 0.1")
    assert set(found["OCID"]) == {"F", "G"}
    assert "Buyer" not in found


def test_a_code_shorter_than_the_digits_is_a_kind_of_its_own(flags):
    def sale(ocid, *codes):
        items = [{"classification": {"id": code}} for code in codes]
        return {"ocid": ocid, "awards": [award("W", items=items)]}

    ini = "[R048]\nthreshold = 3\nminimum_contracting_processes = "
    processes = [sale("1", "4411", "4499"), sale("2", "4"), sale("3", "55"), sale("bare")]
    assert flags(processes, ini + "3") == {"Tenderer": {"W": {"R048": 3.0}}}
    assert flags(processes, ini + "4") == {}


def test_an_award_without_a_status_leaves_the_others_final(flags):
    process = tender("F", bid("W", 100), bid("L", 150)) | {"awards": [award("W"), {"id": "2"}]}
    assert flags([process], "[R024]\nthreshold = 1")["OCID"] == {"F": {"R024": 0.5}}


def test_settings_are_read_as_cardinal_reads_them():
    ini = "currency: 'US D'\n[redactions]\namount = 0|9|\n[modifications]\nmove_auctions = Yes\n"
    ini += "[R018]\nprocurement_methods =\n"
    found = indicators.parse(ini)
    assert found.text("", "currency") == "US D"
    assert found.listed("redactions", "amount") == ("0", "9")
    assert found.switched("modifications", "move_auctions")
    assert found.listed("R018", "procurement_methods", "open|selective") == ()
    assert found.listed("R018", "other", "open|selective") == ("open", "selective")


def test_a_gap_beyond_all_numbers_is_none(flags):
    processes = [gap("x", 1e308, 1e-320), *(gap(str(at), 2) for at in range(3))]
    assert set(flags(processes, "[R058]")["OCID"]) == {"0", "1", "2"}
