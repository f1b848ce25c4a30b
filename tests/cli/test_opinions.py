"""`sala opinions map`: what a person types, what comes out, and one clear sentence when it cannot be."""

import gzip
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engines.opinions import conversations
from sala.cli import opinions

# no time inside: the parts of a divided test run must see the same bytes
PACKED = gzip.compress(b"voter-id,comment-id,vote\n1,1,1\n" * 9, mtime=0)
GARBLED = PACKED[:12] + b"\x00\xff" * 20
pytestmark = pytest.mark.req("LAW-2.1", "LAW-2.2")


@pytest.fixture
def votes(tmp_path: Path) -> Path:
    path = tmp_path / "votes.csv"
    path.write_bytes(conversations.as_stream(conversations.planted()))
    return path


def run(*arguments: str | Path, typed: bytes | None = None) -> tuple[int, str, str]:
    result = CliRunner().invoke(opinions.app, ["map", *map(str, arguments)], input=typed)
    return result.exit_code, result.stdout, result.stderr


def test_json_tells_participants_groups_consensus_stability_and_what_is_left_out(votes: Path) -> None:
    code, out, _ = run(votes, "--json")
    document = json.loads(out)
    assert code == 0
    assert set(document["participants"][0]) == {"id", "x", "y", "group"}
    assert {"size", "representative"} <= set(document["groups"][0])
    assert {"participants", "groups", "consensus", "stability", "left_out"} <= set(document)
    assert document["stability"]["mean"] > 0.9


def test_plain_gzip_and_standard_input_give_the_same(votes: Path, tmp_path: Path) -> None:
    packed = tmp_path / "votes.csv.gz"
    packed.write_bytes(gzip.compress(votes.read_bytes()))
    plain = run(votes, "--json", "--rounds", "0")
    assert plain == run(packed, "--json", "--rounds", "0")
    assert plain == run("-", "--json", "--rounds", "0", typed=votes.read_bytes())
    assert plain == run("-", "--json", "--rounds", "0", typed=packed.read_bytes())


def test_the_number_of_groups_can_be_asked_for(votes: Path) -> None:
    _, out, _ = run(votes, "--groups", "3", "--json", "--rounds", "0")
    assert len(json.loads(out)["groups"]) == 3


def test_statements_come_with_their_words_in_the_table(votes: Path, tmp_path: Path) -> None:
    comments = tmp_path / "comments.csv"
    comments.write_text("comment-id,moderated,comment-body\n0,1,รถเมล์\n1,-1,โฆษณา\n", encoding="utf-8")
    code, out, _ = run(votes, "--comments", comments, "--language", "th", "--rounds", "0")
    assert code == 0
    assert "รถเมล์" in out
    assert "โฆษณา" not in out


def test_one_of_two_conversations_may_be_asked_for(tmp_path: Path) -> None:
    both = tmp_path / "both.csv"
    lines = [f"{zid},{p},{s},{1 if zid == 7 else -1}" for zid in (7, 8) for p in range(9) for s in range(4)]
    both.write_text("\n".join(["zid,voter-id,comment-id,vote", *lines, ""]))
    code, _, err = run(both, "--json")
    assert (code, "more than one conversation" in err) == (2, True)
    document = json.loads(run(both, "--conversation", "8", "--json", "--rounds", "0")[1])
    assert document["left_out"]["votes_replaced_by_later_votes"] == 0
    assert [one["size"] for one in document["groups"]] == [9]
    assert {one["n_disagree"] for one in document["statements"]} == {9}


def test_groups_found_elsewhere_are_described(votes: Path, tmp_path: Path) -> None:
    labels = tmp_path / "groups.csv"
    rows = "".join(f"{person},{7 if person < 40 else 9}\n" for person in range(60))
    labels.write_text("participant,group-id\n" + rows)
    _, out, _ = run(votes, "--labels", labels, "--json")
    document = json.loads(out)
    assert [group["size"] for group in document["groups"]] == [40, 20]
    assert document["stability"] is None


def test_an_earlier_map_is_taken_up(votes: Path, tmp_path: Path) -> None:
    earlier = tmp_path / "earlier.json"
    earlier.write_text(run(votes, "--json", "--rounds", "0")[1])
    _, out, _ = run(votes, "--before", earlier, "--json", "--rounds", "0")
    assert json.loads(out)["history"]["run"] == 2


def test_the_picture_is_written_whole(votes: Path, tmp_path: Path) -> None:
    picture = tmp_path / "map.svg"
    code, out, _ = run(votes, "--svg", picture, "--rounds", "0")
    assert (code, out) == (0, "")
    assert picture.read_text(encoding="utf-8").endswith("</svg>\n")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"voter-id,comment-id,vote\n1,1,1\n2,1,9\n", "line 3: the vote is '9'"),
        (b"", "line 1: the file is empty"),
        (PACKED[:-12], "not a whole gzip file"),
        (b"zid,voter-id,comment-id,vote\n7,1,1,1\n8,1,1,-1\n", "line 3: there is more than one conversation"),
        (GARBLED, "not a whole gzip file"),
    ],
)
def test_bad_votes_end_with_one_sentence_and_no_output(tmp_path: Path, content: bytes, reason: str) -> None:
    path, picture = tmp_path / "bad.csv", tmp_path / "map.svg"
    path.write_bytes(content)
    code, out, err = run(path, "--json", "--svg", picture)
    assert (code, out) == (2, "")
    assert reason in err
    assert len(err.splitlines()) == 1
    assert not picture.exists()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    code, _, err = run(tmp_path / "none.csv", "--json")
    assert code == 2
    assert "none.csv: there is no such file" in err


def test_a_picture_in_a_missing_folder_is_named(votes: Path, tmp_path: Path) -> None:
    code, _, err = run(votes, "--svg", tmp_path / "no" / "map.svg", "--rounds", "0")
    assert code == 2
    assert "map.svg: there is no such folder" in err


def test_no_groups_at_all_is_refused(votes: Path) -> None:
    code, out, told = run(votes, "--groups", "0", "--json")
    assert (code, out) == (2, "")
    assert "from 2 to 20, not 0" in told
