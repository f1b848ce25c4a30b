"""The words and the picture of a count: complete in both languages, and safe to put on a page."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from sala.engines import tally

SVG = "{http://www.w3.org/2000/svg}"


def reported(ballots, kind="approval", costs=None, **settings):
    election = tally.build_election(
        costs or {"a": 4000, "b": 5000, "c": 9_999_900}, 10_000, ballots, kind=kind
    )
    chosen = tally.Settings(**settings)
    return tally.report(election, chosen, tally.count(election, chosen))


CASES = [
    reported([["a", "b", "c"], ["a"]]),
    reported([["a", "b", "c"], ["a"]], utility="cardinality", overflow="stop"),
    reported([["a", "b", "c"], ["a"]], rule="equal-shares"),
    reported([["a", "b"], ["b"], ["a"]], rule="equal-shares", completion="add-one"),
    reported([["a", "b", "c"], ["a"]], kind="ranking", rule="equal-shares"),
    reported([{"a": 3, "b": 1}, {"b": 2}], kind="points", rule="equal-shares", completion="greedy"),
    reported([["a"], ["a"]], rule="phragmen"),
    reported([["a", "b"], ["b"]], min_votes=2),
    reported([["a", "b"], ["b"]], costs={"a": 6000, "b": 6000, "c": 0}, rule="phragmen"),
]


@pytest.mark.req("BUD-3.3")
@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("case", CASES)
def test_every_round_refusal_and_tie_has_its_sentence(case, language):
    told = [tally.tell_round(one, case["settings"], language) for one in case["rounds"]]
    told += [tally.tell_refusal(one, language) for one in case["not_funded"]]
    told += [tally.tell_tie(tie, language) for tie in case["ties"]]
    told.append(tally.tell_total(case, language))
    assert all(told)
    assert not any("{" in sentence for sentence in told)


def test_the_sentence_says_how_much_was_missing():
    case = reported([["a", "b", "c"], ["a"]])
    assert tally.tell_refusal(case["not_funded"][0], "en") == "it costs more than the whole budget"
    case = reported([["a", "b"]], costs={"a": 6000, "b": 5000})
    assert tally.tell_refusal(case["not_funded"][0], "en") == "40 was left, 10 too little"


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("case", CASES)
def test_the_picture_is_sound_and_has_a_row_for_every_project(case, language):
    names = {"a": "<script>alert(1)</script>", "b": "ศาลาริมน้ำ & ถนน", "c": "ยาว " * 60}
    picture = ElementTree.fromstring(tally.to_svg(case, names, language))
    assert len(picture.findall(f"{SVG}g")) == 3
    assert picture.find(f"{SVG}title").text == tally.word("title", language)
    assert not list(picture.iter(f"{SVG}script"))


def test_the_picture_in_the_manual_is_that_of_its_example():
    folder = Path(__file__).resolve().parents[3] / "docs" / "how-to"
    file = tally.read_pabulib([(folder / "tally-example.pb").read_bytes()])
    settings = tally.Settings("equal-shares", completion="greedy")
    counted = tally.report(file.election, settings, tally.count(file.election, settings))
    names = dict(zip(file.column("project_id"), file.column("name"), strict=True))
    assert tally.to_svg(counted, names) == (folder / "tally-example.svg").read_text(encoding="utf-8")
    rows = tally.draw(counted, names).table.rows
    assert [row[1] for row in rows] == [one["project"] for one in counted["rounds"] + counted["not_funded"]]


def test_figures_that_are_not_whole_are_rounded_half_to_even_at_six_places():
    case = reported([["a"]] * 3, rule="equal-shares")
    assert case["rounds"][0]["price"] == 13.333333
    assert case["settings"]["utility"] == "cost"


def test_an_amount_is_written_to_the_last_digit_or_refused():
    election = tally.build_election({"a": 100_000_000_000_01}, 123_456_789_012_34, [["a"]])
    found = tally.report(election, tally.Settings(), tally.count(election, tally.Settings()))
    assert (found["budget"], found["cost"]) == (123456789012.34, 100000000000.01)
    long = tally.build_election({"a": 100}, 10**20 + 1, [["a"]])
    with pytest.raises(tally.ElectionError, match="more digits"):
        tally.report(long, tally.Settings(), tally.count(long, tally.Settings()))
