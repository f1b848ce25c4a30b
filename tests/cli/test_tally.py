"""`sala tally` as a person runs it: words, files, exit codes."""

import gzip
import json

import pytest
from typer.testing import CliRunner

from sala.cli.main import app

runner = CliRunner()
GOOD = """META
key;value
num_projects;2
num_votes;3
budget;100
vote_type;approval
PROJECTS
project_id;cost;name
1;60;ถนน
2;50;ไฟ
VOTES
voter_id;vote
1;1
2;1,2
3;2
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "vote.pb"
    path.write_text(GOOD, encoding="utf-8")
    return path


def sala(*words, **more):
    return runner.invoke(app, [str(word) for word in ("tally", *words)], **more)


@pytest.mark.req("BUD-3.3")
def test_a_file_is_counted_into_json(file):
    counted = json.loads(sala(file, "--rule", "greedy", "--json").stdout)
    assert counted["winners"] == ["1"]
    assert (counted["cost"], counted["budget"]) == (60, 100)
    assert counted["rounds"][0]["project"] == "1"
    assert counted["ties"][0]["projects"] == ["1", "2"]
    assert counted["not_funded"][0] | {"missing": 10, "left": 40} == counted["not_funded"][0]


def test_options_may_stand_before_the_file_and_words_are_printed_for_people(file):
    told = sala("--rule", "greedy", file)
    assert told.exit_code == 0
    assert "60" in told.stdout


@pytest.mark.req("BUD-3.3")
def test_without_a_rule_the_published_one_counts_and_the_words_say_so(file):
    published = "rule;equalshares\nmin_project_score_threshold;2\nmax_length;1\n"
    file.write_text(GOOD.replace("PROJECTS", f"{published}PROJECTS"), encoding="utf-8")
    counted = json.loads(sala(file, "--json").stdout)
    assert counted["settings"]["rule"] == "equal-shares"
    assert counted["notes"]["published_rule_is_followed"] is True
    assert counted["notes"]["ballots_beyond_limits"] == [{"limit": "max_length", "allowed": 1, "ballots": 1}]
    told = " ".join(sala(file, "--language", "en", "--rule", "greedy", "--min-score", "3").stdout.split())
    assert "Counted by: greedy" in told
    assert "by the rule equalshares; this count is not" in told
    assert "The published least score of 2 was not applied." in told
    assert "max_length 1, counted all the same: 1" in told


def test_a_certificate_holds_all_that_the_file_filled_in(file, tmp_path):
    file.write_text(GOOD.replace("PROJECTS", "rule;greedy-no-skip\nPROJECTS"), encoding="utf-8")
    certificate = tmp_path / "count.json"
    assert sala("certify", file, "--out", certificate).exit_code == 0
    settings = json.loads(certificate.read_text(encoding="utf-8"))["settings"]
    assert (settings["rule"], settings["overflow"], settings["rank_by"]) == ("greedy", "stop", "total")
    assert sala("recount", certificate, file).exit_code == 0


def test_standard_input_and_gzip_are_read(file, tmp_path):
    packed = tmp_path / "vote.pb.gz"
    packed.write_bytes(gzip.compress(GOOD.encode()))
    expected = sala(file, "--json").stdout
    assert sala(packed, "--json").stdout == expected
    assert sala("-", "--json", input=GOOD.encode()).stdout == expected


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--rule", "sortition"], "There is no rule"),
        (["--utility", "borda"], "needs ranking ballots"),
        (["--ties", "whim"], "There is no tie order"),
        (["--step", "x", "--completion", "add-one"], "is not an amount"),
        (["--min-score", "many"], "is not an amount"),
        (["--rank-by", "whim"], "There is no rank_by"),
    ],
)
def test_wrong_settings_exit_2_with_a_sentence(file, words, sentence):
    refused = sala(file, *words)
    assert refused.exit_code == 2
    assert sentence in refused.stderr


def test_a_malformed_file_exits_2_with_section_and_line_and_writes_nothing(file, tmp_path):
    file.write_text(GOOD.replace("2;1,2", "2;1,9"), encoding="utf-8")
    refused = sala(file, "--out", tmp_path / "out.pb")
    assert refused.exit_code == 2
    assert "VOTES, line 14" in refused.stderr
    assert not (tmp_path / "out.pb").exists()


def test_a_missing_file_and_a_cut_gzip_exit_2(tmp_path):
    cut = tmp_path / "cut.pb.gz"
    cut.write_bytes(gzip.compress(GOOD.encode())[:-9])
    assert sala(tmp_path / "none.pb").exit_code == 2
    assert sala(cut).exit_code == 2


def test_the_file_is_written_again_with_the_winners_marked(file, tmp_path):
    sala(file, "--out", tmp_path / "out.pb")
    assert "1;60;ถนน;1\n2;50;ไฟ;0" in (tmp_path / "out.pb").read_text(encoding="utf-8")


@pytest.mark.req("BUD-3.3")
def test_anyone_can_recount_a_certificate(file, tmp_path):
    certificate = tmp_path / "count.json"
    assert sala("certify", file, "--rule", "equal-shares", "--out", certificate).exit_code == 0
    assert sala("recount", certificate, file).exit_code == 0
    assert json.loads(certificate.read_text(encoding="utf-8"))["result"]["winners"] == ["1"]


def test_a_recount_tells_what_differs(file, tmp_path):
    certificate = tmp_path / "count.json"
    sala("certify", file, "--out", certificate)
    forged = certificate.read_text(encoding="utf-8").replace('"1"\n  ],\n  "cost"', '"2"\n  ],\n  "cost"')
    certificate.write_text(forged, encoding="utf-8")
    verdict = sala("recount", certificate, file, "--json")
    assert verdict.exit_code == 1
    assert json.loads(verdict.stdout)["differences"] == ["result.winners"]
    file.write_text(GOOD.replace("3;2", "3;1"), encoding="utf-8")
    assert "input.sha256" in sala("recount", certificate, file).stdout


@pytest.mark.parametrize("text", ["{", "[]", '{"format": "sala-tally-certificate/1"}'])
def test_what_is_no_certificate_exits_2(file, tmp_path, text):
    certificate = tmp_path / "count.json"
    certificate.write_text(text, encoding="utf-8")
    refused = sala("recount", certificate, file)
    assert refused.exit_code == 2
    assert "line 1" in refused.stderr


def test_a_file_named_like_a_command_is_given_with_its_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "certify").write_text(GOOD, encoding="utf-8")
    assert sala("./certify", "--json").exit_code == 0
