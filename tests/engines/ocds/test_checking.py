"""What is wrong with a publication is found, at its line and path, in the class a peer gives it."""

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest

from sala.engines import ocds
from sala.engines.ocds.codelists import CODELISTS

pytestmark = pytest.mark.req("PRC-2.3", "PRC-3.3")


# what OCDS 1.1 asks every package to say about itself
ABOUT = {
    "uri": "https://example.org/package.json",
    "version": "1.1",
    "publishedDate": "2024-01-01T00:00:00Z",
    "publisher": {"name": "เทศบาล"},
}


def package(**fields: Any) -> dict[str, Any]:
    one = {
        "ocid": "ocds-213czf-1",
        "id": "1",
        "date": "2024-01-01T00:00:00Z",
        "tag": ["tender"],
        "initiationType": "tender",
        **fields,
    }
    return {**ABOUT, "releases": [one]}


def check(document: Any, indent: int | None = None) -> list[ocds.Finding]:
    text = json.dumps(document, indent=indent, ensure_ascii=False).encode()
    return list(ocds.Checker().check(ocds.read(io.BytesIO(text))))


def verdicts(document: Any) -> set[tuple[str, str, str]]:
    quiet = {"deprecated_fields"}
    return {(one.group, one.kind, one.path) for one in check(document) if one.group not in quiet}


V, CLOSED, OPEN = "validation_errors", "additional_closed_codelist_values", "additional_open_codelist_values"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"tender": {"id": "t", "value": {"amount": "5"}}}, (V, "number", "releases/0/tender/value/amount")),
        ({"tender": {"id": "t", "title": 5}}, (V, "string", "releases/0/tender/title")),
        (
            {"tender": {"id": "t", "numberOfTenderers": 5.5}},
            (V, "integer", "releases/0/tender/numberOfTenderers"),
        ),
        ({"tender": {"id": 1.5}}, (V, "string", "releases/0/tender/id")),
        ({"tender": {"id": ""}}, (V, "minLength", "releases/0/tender/id")),
        ({"tender": {}}, (V, "required", "releases/0/tender")),
        ({"tender": None}, (V, "object", "releases/0/tender")),
        ({"awards": {"id": "1"}}, (V, "array", "releases/0/awards")),
        ({"awards": ["x"]}, (V, "object", "releases/0/awards/0")),
        ({"awards": [{"id": "1"}, {"id": "1"}]}, (V, "uniqueItems", "releases/0/awards")),
        ({"tag": []}, (V, "minItems", "releases/0/tag")),
        ({"tender": {"id": "t", "status": "begun"}}, (CLOSED, "tenderStatus", "releases/0/tender/status")),
        ({"parties": [{"id": "1", "roles": ["x"]}]}, (OPEN, "partyRole", "releases/0/parties/0/roles")),
        ({"ocid": "123"}, ("conformance_errors", "ocds_prefixes_bad_format", "releases/0/ocid")),
        ({"parties": [{"name": "n"}]}, ("structure_warnings", "missing_ids", "releases/0/parties/0/id")),
        ({"colour": "red"}, ("additional_fields", "additional_field", "releases/0/colour")),
        ({"language": " "}, ("additional_checks", "empty_field", "releases/0/language")),
    ],
)
def test_each_fault_is_found_in_its_class(fields: dict[str, Any], expected: tuple[str, str, str]) -> None:
    assert expected in verdicts(package(**fields))


def test_a_good_release_has_no_faults() -> None:
    parties = [{"id": "b", "name": "เทศบาล", "roles": ["buyer", "procuringEntity"]}]
    tender = {
        "id": "t",
        "title_en": "Road",
        "status": "active",
        "procuringEntity": {"id": "b"},
        "title": "ถนน",
    }
    assert verdicts(package(parties=parties, buyer={"id": "b"}, tender=tender)) == set()


@pytest.mark.parametrize(
    "date",
    [
        "2024-01-01",
        "2024-02-30T00:00:00Z",
        "2024-01-01T00:00:00",
        "2024-01-01T00:00:00+0700",
        "",
        "๒๕๖๗-๐๑-๐๑",
    ],
)
def test_dates_without_time_zone_or_that_never_were_are_faults(date: str) -> None:
    found = verdicts(package(awards=[{"id": "a", "date": date}]))
    assert (V, "date-time", "releases/0/awards/0/date") in found


@pytest.mark.parametrize("date", ["2024-01-01T00:00:00+07:00", "2024-01-01t00:00:00.25z"])
def test_dates_of_rfc_3339_are_good(date: str) -> None:
    assert verdicts(package(awards=[{"id": "a", "date": date}])) == set()


@pytest.mark.parametrize(
    ("address", "is_good"),
    [("https://a.th/x?y=%20#z", True), ("mailto:a@b", True), ("www.a.th", False), ("http://ก.ไทย", False)],
)
def test_web_addresses_are_whole_or_faults(address: str, is_good: bool) -> None:
    found = verdicts(package(planning={"budget": {"uri": address}}))
    assert ((V, "uri", "releases/0/planning/budget/uri") not in found) is is_good


@pytest.mark.parametrize(
    ("fields", "kind", "path"),
    [
        ({"parties": [], "buyer": {"id": "b"}}, "dangling_reference", "releases/0/buyer/id"),
        ({"buyer": {"id": "b"}}, "missing_parties", "releases/0/buyer/id"),
        (
            {"parties": [{"id": "b", "roles": ["payer"]}], "buyer": {"id": "b"}},
            "missing_role",
            "releases/0/buyer/id",
        ),
        ({"parties": [{"id": "b"}]}, "missing_roles", "releases/0/parties/0"),
        (
            {"awards": [{"id": "1"}], "contracts": [{"id": "c", "awardID": "2"}]},
            "dangling_reference",
            "releases/0/contracts/0/awardID",
        ),
        (
            {"tender": {"id": "t", "documents": [{"id": "1"}, {"id": "1"}]}},
            "duplicate_id",
            "releases/0/tender/documents",
        ),
        (
            {
                "tender": {
                    "id": "t",
                    "tenderPeriod": {"startDate": "2024-03-01T00:00:00Z", "endDate": "2024-02-01T00:00:00Z"},
                }
            },
            "dates_out_of_order",
            "releases/0/tender/tenderPeriod/endDate",
        ),
        (
            {
                "awards": [{"id": "1", "date": "2024-03-02T00:00:00Z"}],
                "contracts": [{"id": "c", "awardID": "1", "dateSigned": "2024-03-01T00:00:00Z"}],
            },
            "dates_out_of_order",
            "releases/0/contracts/0/dateSigned",
        ),
    ],
)
def test_a_release_that_contradicts_itself_is_noted(fields: dict[str, Any], kind: str, path: str) -> None:
    assert ("consistency", kind, path) in verdicts(package(**fields))


@pytest.mark.parametrize("second", [{}, {"language": "en"}])
def test_a_package_must_not_hold_a_release_twice(second: dict[str, Any]) -> None:
    document = package()
    document["releases"].append(document["releases"][0] | second)
    assert (V, "uniqueItems", "releases/1") in verdicts(document)


def test_releases_of_two_processes_may_have_the_same_id() -> None:
    document = package()
    document["releases"].append(document["releases"][0] | {"ocid": "ocds-213czf-2"})
    assert verdicts(document) == set()


def test_a_release_of_an_earlier_package_is_noted() -> None:
    text = (json.dumps(package()) + "\n").encode() * 2
    found = [one.kind for one in ocds.Checker().check(ocds.read(io.BytesIO(text)))]
    assert found == ["duplicate_release"]


def test_an_empty_list_of_releases_is_a_fault() -> None:
    assert verdicts({**ABOUT, "releases": []}) == {(V, "minItems", "releases")}


@pytest.mark.parametrize("value", [None, {}, "x", 5])
def test_releases_that_are_no_list_are_a_fault(value: Any) -> None:
    assert (V, "array", "releases") in verdicts({**ABOUT, "releases": value})


@pytest.mark.parametrize("name", ["uri", "publisher", "publishedDate"])
def test_a_package_says_who_published_it_where_and_when(name: str) -> None:
    document = package()
    del document[name]
    assert verdicts(document) == {(V, "required", "")}


def test_the_declared_version_decides() -> None:
    document = package(tender={"id": "t", "finalStatus": "x"})
    assert verdicts(document) == {("additional_fields", "additional_field", "releases/0/tender/finalStatus")}
    document["version"] = "1.2"
    assert (CLOSED, "tenderFinalStatus", "releases/0/tender/finalStatus") in verdicts(document)


def test_1_0_is_checked_by_its_own_rules() -> None:
    buyer = {"identifier": {"scheme": "TH-X", "id": 1}, "name": "เทศบาล", "name_en": "Town"}
    document = package(buyer=buyer, tender={"id": "t", "status": "planned", "tenderers": [buyer]})
    document["version"] = "1.0"
    assert verdicts(document) - {("consistency", "missing_parties", "releases/0/buyer/id")} == set()
    document["releases"][0] |= {"parties": [], "tag": ["planningUpdate"]}
    document["releases"][0]["tender"] |= {"status": "withdrawn", "items": [{"id": 1, "quantity": -1}]}
    assert verdicts(document) >= {
        ("additional_fields", "additional_field", "releases/0/parties"),
        (CLOSED, "releaseTag", "releases/0/tag"),
        (CLOSED, "tenderStatus", "releases/0/tender/status"),
        (V, "minimum", "releases/0/tender/items/0/quantity"),
    }


def test_a_record_of_1_0_names_its_packages() -> None:
    link = {"url": None, "date": "2024-01-01T00:00:00Z"}
    record = {"ocid": "ocds-213czf-1", "releases": [link], "versionedRelease": {"x": 1}}
    assert verdicts({**ABOUT, "version": "1.0", "records": [record]}) == {(V, "required", "")}


def test_a_faultless_release_of_1_1_has_no_remark_about_a_later_draft() -> None:
    parties = [{"id": "B", "name": "B", "roles": ["buyer"]}]
    document = package(
        parties=parties, buyer={"id": "B", "name": "B"}, tender={"id": "t", "status": "active"}
    )
    assert check(document) == []


def test_the_tags_of_1_1_are_a_closed_list() -> None:
    document = package()
    document["releases"][0]["tag"] = ["foo"]
    assert (CLOSED, "releaseTag", "releases/0/tag") in verdicts(document)


def test_an_unknown_version_is_a_fault_and_checked_as_1_1() -> None:
    document = package()
    document["version"] = "2.0"
    assert verdicts(document) == {(V, "version", "version")}


def test_a_version_that_stands_after_its_contents_is_read_first() -> None:
    document = package(tender={"id": "t", "finalStatus": "x"})
    document["releases"] = [document["releases"][0] | {"id": str(number)} for number in range(50)]
    releases = document.pop("releases")
    text = json.dumps({"releases": releases, **document, "version": "1.2"}).encode()
    about = ocds.read_late_words(io.BytesIO(text), 200)
    assert about is not None
    assert about["version"] == "1.2"
    checker = ocds.Checker(about=about)
    kinds = {one.kind for one in checker.check(ocds.read(io.BytesIO(text), 200))}
    assert "tenderFinalStatus" in kinds
    assert not checker.summary.is_misread
    late = ocds.Checker()
    list(late.check(ocds.read(io.BytesIO(text), 200)))
    assert late.summary.is_misread


def test_nothing_is_not_valid() -> None:
    for text in (b"", b" \n", b"[]"):
        checker = ocds.Checker()
        assert list(checker.check(ocds.read(io.BytesIO(text)))) == []
        assert checker.summary.is_empty


def test_what_cannot_be_read_is_a_finding_and_the_rest_is_checked() -> None:
    good = json.dumps(package()["releases"][0]).encode()
    text = good + b"\noops\n" + b'{"ocid": "ocds-213czf-2"}\n'
    unread: list[ocds.ReadError] = []
    found = list(ocds.Checker().check(ocds.read(io.BytesIO(text), on_fault=unread.append), unread))
    assert [(one.line, one.kind) for one in found][0] == (2, "unreadable")
    assert {one.line for one in found} == {2, 3}


def test_a_finding_tells_line_process_value_and_reason() -> None:
    document = package(tender={"id": "t", "value": {"amount": "12,000"}})
    found = next(one for one in check(document, indent=1) if one.kind == "number")
    text = json.dumps(document, indent=1).splitlines()
    assert '"amount"' in text[found.line - 1]
    assert (found.ocid, found.value) == ("ocds-213czf-1", "12,000")
    assert "number written as text" in found.reason


def test_the_fields_of_an_extension_must_be_announced() -> None:
    bids = {"details": [{"id": "1", "status": "valid"}]}
    document = package(bids=bids)
    assert {
        ("additional_fields", "undeclared_extension", "extensions"),
        ("additional_fields", "additional_field", "releases/0/bids"),
    } == verdicts(document)
    address = "https://raw.githubusercontent.com/open-contracting-extensions/ocds_bid_extension/v1.1.5/extension.json"
    document["extensions"] = [address]
    assert verdicts(document) == set()


@pytest.mark.parametrize(
    ("releases", "expected"),
    [
        ([{"url": "https://a.th/1", "date": "2024-01-01T00:00:00Z"}], set()),
        ([{"url": "https://a.th/1"}], {(V, "required", "records/0/releases/0")}),
        ([{"url": "https://a.th/1"}, {"id": "1"}], {(V, "oneOf", "records/0/releases")}),
        ([], {(V, "minItems", "records/0/releases")}),
        ("x", {(V, "array", "records/0/releases")}),
    ],
)
def test_records_link_to_their_releases_or_hold_them(releases: Any, expected: set[Any]) -> None:
    record = {"ocid": "ocds-213czf-1", "releases": releases}
    assert verdicts({**ABOUT, "records": [record]}) == expected


def test_the_history_of_a_record_is_checked_too() -> None:
    link = {"url": "https://a.th/1", "date": "2024-01-01T00:00:00Z"}
    history = {"ocid": "ocds-213czf-1", "initiationType": [{"releaseDate": "2024", "value": "tender"}]}
    record = {"ocid": "ocds-213czf-1", "releases": [link], "versionedRelease": history}
    assert verdicts({**ABOUT, "records": [record]}) == {
        (V, "date-time", "records/0/versionedRelease/initiationType/0/releaseDate")
    }


def test_a_package_must_name_its_version() -> None:
    document = package()
    del document["version"]
    document["publisher"] = 5
    assert {(V, "required", ""), (V, "object", "publisher")} <= verdicts(document)


def test_the_summary_counts_what_was_looked_at() -> None:
    checker = ocds.Checker()
    text = json.dumps(package(tender={"id": "t", "title": 5})).encode()
    list(checker.check(ocds.read(io.BytesIO(text))))
    summary = checker.summary
    assert (summary.releases, summary.packages, summary.processes) == (1, 1, 1)
    assert summary.coverage["/tender/title"] == 1
    assert summary.verdicts[V] == {"string": 1}
    assert summary.has_errors


@pytest.mark.data
@pytest.mark.parametrize(
    "name", ["uk_contracts_finder_a", "uk_contracts_finder_b", "uk_find_a_tender", "portugal"]
)
def test_real_publications_without_faults_pass(shared_data: Path, name: str) -> None:
    text = gzip.decompress((shared_data / "ocds" / "real" / f"{name}.json.gz").read_bytes())
    checker = ocds.Checker()
    list(checker.check(ocds.read(io.BytesIO(text))))
    assert not checker.summary.has_errors


@pytest.mark.data
def test_real_publications_with_amounts_that_are_no_numbers_do_not(shared_data: Path) -> None:
    text = gzip.decompress((shared_data / "ocds" / "real" / "colombia.json.gz").read_bytes())
    checker = ocds.Checker()
    list(checker.check(ocds.read(io.BytesIO(text))))
    assert checker.summary.verdicts[V] == {"number": 4}
    assert checker.summary.verdicts["structure_warnings"] == {"missing_ids": 47}


@pytest.mark.data
def test_our_codelists_hold_every_published_code(shared_data: Path) -> None:
    for path in (shared_data / "ocds" / "standard" / "codelists").glob("*.csv"):
        codes = {line.split(",")[0].strip('"') for line in path.read_text("utf-8-sig").splitlines()[1:]}
        if path.stem in ("currency", "country", "method", "tenderStatus", "releaseTag", "milestoneStatus"):
            assert CODELISTS[path.stem] <= codes
