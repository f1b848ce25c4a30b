"""Preparing corrects what it says, leaves the rest alone, and is done after one time."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.engines import indicators

pytestmark = pytest.mark.req("PRC-2.3")
INI = """
[defaults]
currency = THB
bid_status = valid
award_status = active
party_roles = true
[redactions]
amount = 0|99999999
organization_id = none
[corrections]
award_status_by_contract_status = true
[modifications]
move_auctions = true
prefix_tenderer_or_supplier_id = TH-
split_procurement_method_details = -
[codelists.bid_status]
Qualified = valid
"""
IDS = st.one_of(st.integers(0, 5), st.sampled_from(["none", "1", "TH-1"]), st.none())
STATUSES = st.sampled_from(["valid", "Qualified", "odd", "", None])
BIDS = st.fixed_dictionaries(
    {
        "status": STATUSES,
        "value": st.fixed_dictionaries({"amount": st.sampled_from([0, 1, 2.5, 99999999, "7"])}),
    },
    optional={
        "tenderers": st.one_of(
            st.fixed_dictionaries({"id": IDS}), st.lists(st.fixed_dictionaries({"id": IDS}))
        )
    },
)
PROCESSES = st.fixed_dictionaries(
    {"ocid": st.just("a")},
    optional={
        "bids": st.fixed_dictionaries({"details": st.lists(BIDS, max_size=3)}),
        "parties": st.lists(st.fixed_dictionaries({"id": IDS}), max_size=3),
        "buyer": st.fixed_dictionaries({"id": IDS}),
        "awards": st.lists(st.fixed_dictionaries({"id": IDS}, optional={"status": STATUSES}), max_size=3),
        "contracts": st.lists(
            st.fixed_dictionaries({"awardID": IDS, "status": st.just("cancelled")}), max_size=3
        ),
        "auctions": st.just([{"stages": [{"bids": [{"status": "valid"}]}]}]),
        "anything": st.just({"else": [1, None]}),
    },
)


def prepared(process, ini=INI):
    copied = copy.deepcopy(process)
    issues = indicators.Preparer(indicators.parse(ini)).prepare(copied)
    return copied, [(issue.path, issue.indexes, issue.reason) for issue in issues]


@given(PROCESSES)
def test_preparing_twice_changes_nothing_more(process):
    once, issues = prepared(process)
    assert prepared(once) == (once, issues)


@given(PROCESSES)
def test_what_is_not_spoken_of_is_left_alone(process):
    once, _ = prepared(process)
    assert once.get("anything") == process.get("anything")
    assert set(process) <= set(once)
    assert len(once.get("awards", [])) == len(process.get("awards", []))


def test_no_settings_still_make_ids_text_and_report_what_is_wrong():
    process = {"buyer": {"id": 7}, "bids": {"details": [{"tenderers": {"id": 1.5}, "value": {"amount": 0}}]}}
    found, issues = prepared(process, "")
    assert found["buyer"] == {"id": "7"}
    assert found["bids"]["details"][0]["tenderers"] == [{"id": "1.5"}]
    assert [reason for _, _, reason in issues] == ["is zero", "not set", "not set"]


def test_a_default_is_mapped_and_judged_like_a_published_status():
    ini = "[defaults]\nbid_status = Qualified\naward_status = odd\n[codelists.bid_status]\nQualified = valid"
    process = {"bids": {"details": [{}, {"status": None}]}, "awards": [{}, {"status": ["x"]}]}
    found, issues = prepared(process, ini)
    assert found == {
        "bids": {"details": [{"status": "valid"}, {"status": None}]},
        "awards": [{"status": "odd"}, {"status": ["x"]}],
    }
    assert issues == [("/awards[]/status", "0", "invalid")]


def test_issues_stand_in_the_order_of_the_fields():
    bid = {"items": [{"classification": {}}], "value": {"amount": 0}}
    _, issues = prepared({"bids": {"details": [bid]}, "awards": [bid]}, "")
    assert [(path.rpartition("/")[2], at, reason) for path, at, reason in issues] == [
        ("amount", "0", "is zero"),
        ("currency", "0", "not set"),
        ("scheme", "0.0", "not set"),
        ("status", "0", "not set"),
        ("scheme", "0.0", "not set"),
        ("status", "0", "not set"),
    ]


def test_null_is_published_and_so_not_filled_in():
    process = {"bids": {"details": [{"status": "valid", "value": {"currency": None}}]}}
    assert prepared(process, "[defaults]\ncurrency = THB") == (process, [])


def test_only_what_follows_the_separator_and_the_space_before_it_go():
    process = {"tender": {"procurementMethodDetails": " a - b - c"}}
    found, _ = prepared(process, "[modifications]\nsplit_procurement_method_details = -")
    assert found["tender"]["procurementMethodDetails"] == " a"


def test_auctions_without_bids_leave_an_empty_list_of_bids():
    found, _ = prepared({"auctions": [{"stages": [{"id": 1}]}]}, "[modifications]\nmove_auctions = yes")
    assert found == {"auctions": [{"stages": [{"id": 1}]}], "bids": {"details": []}}


def test_roles_are_put_in_order_and_the_last_party_of_an_id_speaks_for_it():
    parties = [{"id": 1, "roles": ["z"]}, {"id": "1", "roles": ["supplier", "buyer"]}, {"id": "2"}]
    found, _ = prepared(
        {"parties": parties, "awards": [{"suppliers": {"id": 1}}]}, "[defaults]\nparty_roles = 1"
    )
    assert [party.get("roles") for party in found["parties"]] == [["buyer", "supplier"]] * 2 + [None]


def test_ids_of_contracts_become_text_only_where_awards_are_looked_up_by_them():
    process = {
        "contracts": [{"awardID": 1, "status": "cancelled"}],
        "awards": [{"id": 1, "status": "active"}],
    }
    assert prepared(process, "")[0]["contracts"][0]["awardID"] == 1
    found, _ = prepared(process, "[corrections]\naward_status_by_contract_status = on")
    assert found["contracts"][0]["awardID"] == "1"
    assert found["awards"][0] == {"id": "1", "status": "cancelled"}


def test_a_lone_party_becomes_a_list_and_numbers_are_written_as_published():
    found, _ = prepared({"parties": {"id": 1.0}, "buyer": {"id": 7}}, "")
    assert found == {"parties": [{"id": "1.0"}], "buyer": {"id": "7"}}


def test_auctions_beside_bids_are_reported_and_left_alone():
    process = {"auctions": [{"stages": [{"bids": [{"id": 1}]}]}], "bids": {"details": []}}
    found, issues = prepared(process, "[modifications]\nmove_auctions = true")
    assert found == process
    assert issues == [("/auctions", "", "both auctions and bids are set")]
