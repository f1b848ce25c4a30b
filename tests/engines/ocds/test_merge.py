"""Releases of one contracting process become one picture; the standard's own cases and a peer agree."""

import copy
import json
import warnings
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ocdsmerge import Merger
from ocdsmerge.exceptions import OCDSMergeError

from sala.engines import ocds
from sala.engines.ocds import irregular
from sala.engines.ocds.strategies import list_rules

pytestmark = pytest.mark.req("PRC-2.3", "PRC-3.3")


def peer_rules() -> dict[tuple[str, ...], str]:
    names = {"omit": "omitWhenMerged", "whole-list": "wholeListMerge"}
    return {path: names[rule.value] for path, rule in list_rules(ocds.rules_1_1())}


PEER = Merger(merge_rules=peer_rules())


def release(number: int, **fields: Any) -> dict[str, Any]:
    date = f"2024-01-{number:02}T00:00:00Z"
    return {"ocid": "ocds-213czf-1", "id": str(number), "date": date, "tag": ["tender"], **fields}


def compiled(*releases: dict[str, Any]) -> dict[str, Any]:
    return ocds.compile_release(releases, ocds.rules_1_1())


@pytest.mark.data
def test_every_published_case_is_met(shared_data: Path) -> None:
    folder = shared_data / "ocds" / "merge-cases"
    cases = [path for path in folder.rglob("*.json") if not path.stem.endswith(("-compiled", "-versioned"))]
    assert cases
    for path in cases:
        releases = json.loads(path.read_bytes())
        for ending, merge in (("compiled", ocds.compile_release), ("versioned", ocds.version_release)):
            expected = json.loads(path.with_name(f"{path.stem}-{ending}.json").read_bytes())
            assert merge(releases, ocds.rules_for(releases)) == expected, (path.name, ending)


@pytest.mark.data
def test_our_rules_hold_every_rule_of_the_official_schema(shared_data: Path) -> None:
    schema = json.loads((shared_data / "ocds" / "standard" / "release-schema.json").read_bytes())
    official = dict(list_rules(ocds.rules_from_schema(schema)))
    ours = dict(list_rules(ocds.rules_1_1()))
    assert {path: ours.get(path) for path in official} == official


def test_the_latest_value_wins_whatever_the_order_of_the_file() -> None:
    late, early = (
        release(2, tender={"id": "t", "title": "new"}),
        release(1, tender={"id": "t", "title": "old"}),
    )
    assert compiled(late, early)["tender"] == {"id": "t", "title": "new"}


def test_of_equal_dates_the_later_in_the_file_wins() -> None:
    assert compiled(release(1, language="th"), release(1, language="en"))["language"] == "en"


def test_a_null_removes_an_earlier_value() -> None:
    merged = compiled(release(1, tender={"id": "t", "title": "x"}), release(2, tender={"title": None}))
    assert merged["tender"] == {"id": "t"}


def test_objects_merge_by_id_and_those_without_stay_apart() -> None:
    merged = compiled(
        release(1, awards=[{"id": "1", "title": "a"}, {"title": "no id"}]),
        release(2, awards=[{"id": "1", "status": "active"}, {"title": "no id"}]),
    )
    assert merged["awards"] == [
        {"id": "1", "title": "a", "status": "active"},
        {"title": "no id"},
        {"title": "no id"},
    ]


def test_roles_are_replaced_as_a_whole() -> None:
    first = release(1, parties=[{"id": "p", "roles": ["buyer", "payer"]}])
    second = release(2, parties=[{"id": "p", "roles": ["supplier"]}])
    assert compiled(first, second)["parties"] == [{"id": "p", "roles": ["supplier"]}]


def test_suppliers_of_ocds_1_0_have_no_id_and_are_replaced_whole() -> None:
    releases = [release(n, awards=[{"id": "1", "suppliers": [{"name": f"firm {n}"}]}]) for n in (1, 2)]
    merged = ocds.compile_release(releases, ocds.rules_for(releases))
    assert merged["awards"][0]["suppliers"] == [{"name": "firm 2"}]


def test_the_releases_are_left_as_they_were() -> None:
    releases = [
        release(1, tender={"items": [{"id": "1"}]}),
        release(2, tender={"items": [{"id": "1", "x": 1}]}),
    ]
    before = copy.deepcopy(releases)
    ocds.compile_release(releases, ocds.rules_1_1())
    ocds.version_release(releases, ocds.rules_1_1())
    assert releases == before


@pytest.mark.parametrize(
    "releases",
    [
        [release(1), {"ocid": "x", "id": "2"}],
        [release(1), {**release(2), "date": None}],
        [release(1), {**release(2), "date": 3}],
        [release(1, tender="text"), release(2, tender={"id": "t"})],
        [release(1, tender={"id": "t"}), release(2, tender=[{"id": "t"}])],
        [release(1, awards=[{"id": ["1"]}])],
        [release(1), "text"],
    ],
)
def test_what_cannot_be_merged_is_refused_in_a_sentence(releases: list[Any]) -> None:
    with pytest.raises(ocds.MergeError):
        ocds.compile_release(releases, ocds.rules_1_1())


NAMES = [
    "id",
    "tender",
    "items",
    "awards",
    "suppliers",
    "value",
    "roles",
    "parties",
    "x",
    "documents",
    "bids",
]
PLAIN = st.sampled_from(["a", "b", "", 1, 2.5, True, None])
IDS = st.sampled_from(["1", "2", "3"])
ODD_IDS = st.sampled_from(["1", "2", 1, 2, None, True, 1.0, ""])


def values(ids: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    def above(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        fields = st.dictionaries(st.sampled_from(NAMES[1:]), inner, max_size=4)
        named = st.tuples(fields, ids).map(lambda pair: {**pair[0], "id": pair[1]})
        return st.one_of(fields, st.lists(st.one_of(named, fields), max_size=3), st.lists(PLAIN, max_size=3))

    return st.recursive(PLAIN, above, max_leaves=12)


def histories(ids: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    fields = st.dictionaries(st.sampled_from(NAMES[1:]), values(ids), max_size=4)
    one = st.tuples(fields, st.integers(1, 4)).map(lambda pair: release(pair[1], **pair[0]))
    return st.lists(one, min_size=1, max_size=4)


def outcome(merge: Any, releases: list[dict[str, Any]]) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the peer warns of repeated ids
            return json.dumps(merge(copy.deepcopy(releases)), sort_keys=True)
    except (OCDSMergeError, ocds.MergeError):
        return "refused"


def agree(releases: list[dict[str, Any]]) -> None:
    rules = ocds.rules_1_1()
    ordered = sorted(releases, key=lambda one: one["date"])
    expected = outcome(PEER.create_compiled_release, releases)
    assert outcome(lambda some: ocds.compile_release(some, rules), releases) == expected
    assert outcome(lambda some: irregular.compile_release(some, rules), ordered) == expected
    expected = outcome(PEER.create_versioned_release, releases)
    assert outcome(lambda some: ocds.version_release(some, rules), releases) == expected
    assert outcome(lambda some: irregular.version_release(some, rules), ordered) == expected


@given(histories(IDS))
def test_any_releases_merge_as_the_peer_merges_them(releases: list[dict[str, Any]]) -> None:
    agree(releases)


@given(histories(ODD_IDS))
def test_releases_with_odd_ids_merge_as_the_peer_merges_them(releases: list[dict[str, Any]]) -> None:
    agree(releases)
