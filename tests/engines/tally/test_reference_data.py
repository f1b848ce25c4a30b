"""Elections of Polish cities and committee instances: the outcomes that independent programs published."""

import json
from fractions import Fraction

import pytest
import yaml

from sala.engines import tally

RULES = {"greedy": "greedy", "mes": "equal-shares", "phragmen": "phragmen"}
COMMITTEE_RULES = {
    "av": tally.Settings("greedy", "cardinality"),
    "seqphragmen": tally.Settings("phragmen"),
    "equal-shares": tally.Settings("equal-shares", "cardinality", "phragmen"),
    "equal-shares-with-av-completion": tally.Settings("equal-shares", "cardinality", "greedy"),
}


@pytest.mark.data
@pytest.mark.req("BUD-3.3")
def test_every_published_outcome_is_reproduced_and_every_file_comes_out_as_it_went_in(shared_data):
    folder = shared_data / "participatory-budgeting"
    for expected in json.loads((folder / "expected.json").read_text(encoding="utf-8")):
        raw = (folder / "pb" / expected["file"]).read_bytes()
        file = tally.read_pabulib([raw], keep_votes=True)
        for name, winners in expected["rules"].items():
            rule, _, utility = name.partition("_")
            settings = tally.Settings(RULES[rule], utility or None)
            counted = tally.report(file.election, settings, tally.count(file.election, settings))
            assert counted["winners"] == winners, (expected["file"], name)
        written = b"".join(tally.write_pabulib(file))
        again = tally.read_pabulib([written], keep_votes=True)
        assert again.meta == file.meta
        assert again.project_rows == file.project_rows
        assert again.votes == file.votes


@pytest.mark.data
def test_committees_are_among_those_that_the_reference_lists(shared_data):
    for path in sorted((shared_data / "committee-voting").glob("*.abc.yaml")):
        case = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        size, width = case["committeesize"], len(str(case["num_cand"]))
        names = [f"{i:0{width}}" for i in range(case["num_cand"])]
        ballots = [[names[i] for i in ballot] for ballot in case["profile"]]
        election = tally.build_election(dict.fromkeys(names, 100), 100 * size, ballots)
        for computed in case["compute"]:
            if computed["rule_id"] in COMMITTEE_RULES and computed["resolute"]:
                outcome = tally.count(election, COMMITTEE_RULES[computed["rule_id"]])
                allowed = [sorted(committee) for committee in computed["result"]]
                assert sorted(outcome.winners) in allowed, (path.name, computed["rule_id"])
            if computed["rule_id"] == "equal-shares-with-increment-completion":
                # One more seat shared by all is a step of 1/n of a seat; its last run is cut at the size.
                settings = tally.Settings(
                    "equal-shares",
                    "cardinality",
                    "add-one-greedy",
                    step=Fraction(1, len(ballots)),
                    stop="cut",
                )
                assert sorted(tally.count(election, settings).winners) in computed["result"], path.name
