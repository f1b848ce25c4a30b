"""The whole map: the same votes give the same bytes, small groups stay unseen, and real conversations come
out right."""

import gzip
import io
from pathlib import Path

import numpy as np
import orjson
import pytest
from sklearn.metrics import adjusted_rand_score

from engines.opinions import conversations
from sala.engines import opinions

QUICK = opinions.Settings(rounds=0)
PEER_MEAN = 0.587  # red-dwarf 0.4.0 on the same conversations: docs/bench/opinions.md


def drawn_bytes(content: bytes, **settings: int) -> bytes:
    drawn = opinions.draw_map(conversations.read(content), settings=opinions.Settings(**settings))
    return b"".join(opinions.write_document(drawn))


def test_the_same_votes_give_the_same_bytes_in_any_order_and_either_layout() -> None:
    votes = conversations.planted()
    shuffled = [votes[place] for place in np.random.default_rng(1).permutation(len(votes))]
    first = drawn_bytes(conversations.as_stream(votes), rounds=3)
    assert first == drawn_bytes(conversations.as_stream(shuffled), rounds=3)
    assert first == drawn_bytes(conversations.as_matrix(shuffled), rounds=3)


def test_json_written_in_parts_is_the_document() -> None:
    drawn = opinions.draw_map(conversations.table(conversations.planted()), settings=QUICK)
    assert orjson.loads(b"".join(opinions.write_document(drawn))) == opinions.to_document(drawn)


def test_planted_camps_are_the_groups() -> None:
    document = opinions.to_document(
        opinions.draw_map(conversations.table(conversations.planted()), settings=QUICK)
    )
    assert [group["size"] for group in document["groups"]] == [30, 30]
    camps = [{one["id"] % 2 for one in document["participants"] if one["group"] == group} for group in (0, 1)]
    assert sorted(map(sorted, camps)) == [[0], [1]]
    # What everybody agrees on comes first among the shared statements.
    assert {one["statement"] for one in document["consensus"]["group_aware"][:2]} == {0, 1}
    assert {one["statement"] for one in document["consensus"]["agree"]} == {0, 1}


def test_groups_too_small_to_show_have_no_figures_of_their_own() -> None:
    votes = conversations.table(conversations.planted())
    labels = {person: 0 if person < 57 else 1 for person in range(60)}
    document = opinions.to_document(opinions.draw_map(votes, labels=labels))
    small = document["groups"][1]
    assert (small["size"], small["suppressed"], small["representative"], small["x"]) == (3, True, [], None)
    assert document["left_out"]["groups_too_small_to_show"] == [1]
    assert any("no figures of their own" in why for why in document["left_out"]["why"])
    assert {cell["group"] for one in document["statements"] for cell in one["groups"]} == {0}


def test_who_voted_too_little_is_drawn_without_a_group() -> None:
    votes = [*conversations.planted(), (999, 0, 1)]
    document = opinions.to_document(opinions.draw_map(conversations.table(votes), settings=QUICK))
    assert document["participants"][-1]["id"] == 999
    assert document["participants"][-1]["group"] is None
    assert document["left_out"]["participants_without_group"] == 1


def test_moderated_and_meta_statements_are_told_and_never_shown() -> None:
    comments = {3: opinions.Comment("ก", is_moderated_out=True), 4: opinions.Comment("ข", is_meta=True)}
    table = conversations.table(conversations.planted())
    document = opinions.to_document(opinions.draw_map(table, comments, settings=QUICK))
    assert document["left_out"]["statements_moderated_out"] == [3]
    assert document["left_out"]["statements_about_the_conversation"] == [4]
    shown = {one["statement"] for group in document["groups"] for one in group["representative"]}
    assert not shown & {3, 4}
    assert not {one["statement"] for one in document["consensus"]["group_aware"]} & {3, 4}


def test_a_later_map_keeps_the_names_of_its_groups() -> None:
    votes = conversations.planted()
    first = opinions.draw_map(conversations.table(votes), settings=QUICK)
    document = opinions.to_document(first)
    for person in document["participants"]:
        person["group"] = {0: 1, 1: 0}[person["group"]]
    before = opinions.read_before(orjson.dumps(document))
    later = opinions.to_document(opinions.draw_map(conversations.table(votes), settings=QUICK, before=before))
    assert [one["group"] for one in later["participants"]] == [
        one["group"] for one in document["participants"]
    ]
    assert later["history"] == {"last": 2, "run": 2, "shown": 2}


@pytest.mark.parametrize(
    ("votes", "settings", "reason"),
    [
        ([(0, 0, 1), (1, 0, 1)], {"groups": 2}, "too few for 2 groups"),
        (conversations.planted(20), {"groups": 19}, "too few for 19 groups"),
        (conversations.planted(20), {"groups": 1}, "from 2 to 20, not 1"),
        (conversations.planted(20), {"groups": 99}, "from 2 to 20, not 99"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    votes: list[conversations.Vote], settings: dict[str, int], reason: str
) -> None:
    if settings.get("groups") == 19:
        votes = [vote for vote in votes if vote[0] < 15]
    with pytest.raises(opinions.BadVotesError, match=reason):
        opinions.draw_map(conversations.table(votes), settings=opinions.Settings(**settings))


@pytest.mark.parametrize("cast", [[1], [-1], [0], [1, -1, 0, 1]])
def test_people_of_one_mind_are_one_group(cast: list[int]) -> None:
    votes = conversations.table([(p, s, v) for p in range(12) for s, v in enumerate(cast)])
    drawn = opinions.draw_map(votes, settings=opinions.Settings(rounds=3))
    document = opinions.to_document(drawn)
    assert [(group["name"], group["size"]) for group in document["groups"]] == [("A", 12)]
    assert document["groups"][0]["representative"] == []
    shared = document["consensus"]["agree"] + document["consensus"]["disagree"]
    assert {one["statement"] for one in shared} == {s for s, v in enumerate(cast) if v}
    assert document["stability"]["mean"] == 1
    assert document["history"] == {"last": 1, "run": 1, "shown": 1}
    assert "</svg>" in opinions.to_svg(drawn, "th")
    with pytest.raises(opinions.BadVotesError, match="too few for 2 groups"):
        opinions.draw_map(votes, settings=opinions.Settings(groups=2))


def test_a_statement_that_few_saw_is_shared_by_nobody() -> None:
    """Both who saw statement 9 agree; ten of twelve never saw it."""
    votes = [(p, s, 1 if (p < 6) == (s % 2 == 0) else -1) for p in range(12) for s in range(8)]
    votes += [(0, 9, 1), (11, 9, 1), *((p, 10, 1) for p in range(12))]
    document = opinions.to_document(opinions.draw_map(conversations.table(votes), settings=QUICK))
    assert [one["statement"] for one in document["consensus"]["agree"]] == [10]
    assert document["consensus"]["group_aware"][0]["statement"] == 10
    assert 9 not in {one["statement"] for one in document["consensus"]["group_aware"]}
    assert 9 not in {one["statement"] for group in document["groups"] for one in group["representative"]}
    assert document["left_out"]["statements_seen_too_little_by_a_group"] == [9]
    assert any("too few people" in why for why in document["left_out"]["why"])
    # Its votes are still told, beside the others'.
    assert next(one for one in document["statements"] if one["id"] == 9)["n_agree"] == 2


def test_what_is_shared_was_seen_enough_in_every_group() -> None:
    votes = conversations.planted(60)
    votes += [(p, 50, 1) for p in range(0, 60, 2)] + [(1, 50, 1)]
    document = opinions.to_document(opinions.draw_map(conversations.table(votes), settings=QUICK))
    assert document["left_out"]["statements_seen_too_little_by_a_group"] == [50]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"values": np.array([1, 5, 0], dtype=np.int8)}, "not 1"),
        ({"columns": np.array([0, 2, 0], dtype=np.int32)}, "a statement that it does not hold"),
        ({"starts": np.array([0, 1])}, "do not fit together"),
        ({"starts": np.array([0, 0, 3])}, "must have cast a vote"),
        ({"values": np.array([1, 1], dtype=np.int8)}, "do not fit together"),
    ],
)
def test_a_table_made_by_hand_is_checked(changed: dict[str, np.ndarray], reason: str) -> None:
    good = conversations.table([(0, 0, 1), (1, 0, 1), (1, 1, -1)])
    bad = opinions.VoteTable(
        good.participants,
        good.statements,
        **({"starts": good.starts, "columns": good.columns, "values": good.values} | changed),
    )
    with pytest.raises(opinions.BadVotesError, match=reason):
        opinions.draw_map(bad)


@pytest.mark.parametrize("labels", [{0: 1.5}, {0: -2}, {0: 10**9}, {0: True}, {0: "A"}])
def test_labels_that_are_no_groups_are_refused(labels: dict[int, object]) -> None:
    with pytest.raises(opinions.BadVotesError, match="the group of 0"):
        opinions.draw_map(conversations.table(conversations.planted()), labels=labels)


@pytest.mark.parametrize(
    "wrong", [{"groups": 2.5}, {"least_votes": 0}, {"least_group": -1}, {"rounds": -1}, {"rounds": True}]
)
def test_settings_that_mean_nothing_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(opinions.BadVotesError):
        opinions.draw_map(conversations.table(conversations.planted()), settings=opinions.Settings(**wrong))


def test_a_conversation_with_every_statement_moderated_out_is_refused() -> None:
    comments = {0: opinions.Comment("", is_moderated_out=True)}
    with pytest.raises(opinions.BadVotesError, match="no statement is left"):
        opinions.draw_map(conversations.table([(0, 0, 1), (1, 0, -1)]), comments)


def test_labels_of_nobody_are_refused() -> None:
    with pytest.raises(opinions.BadVotesError, match="none of the participants has a group"):
        opinions.draw_map(conversations.table(conversations.planted()), labels={12345: 0})


def test_an_earlier_map_that_is_none_is_refused() -> None:
    with pytest.raises(opinions.BadVotesError, match="not the JSON"):
        opinions.read_before(b'{"groups": []}')


# Real conversations


def unpacked(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes())


@pytest.fixture(scope="module")
def polis(shared_data: Path) -> list[Path]:
    return sorted(path for path in (shared_data / "polis").iterdir() if path.is_dir())


@pytest.mark.data
def test_published_groups_are_met_at_least_as_well_as_by_the_peer(polis: list[Path]) -> None:
    scores = []
    for folder in polis:
        matrix = unpacked(folder / "participants-votes.csv.gz")
        published = opinions.read_groups(matrix.decode().splitlines())
        comments = opinions.read_comments(io.StringIO(unpacked(folder / "comments.csv.gz").decode()))
        settings = opinions.Settings(groups=len(set(published.values())), rounds=0)
        drawn = opinions.draw_map(conversations.read(matrix), comments, settings=settings)
        own = dict(zip(drawn.votes.participants.tolist(), drawn.labels.tolist(), strict=True))
        both = [one for one in published if own[one] >= 0]
        scores.append(adjusted_rand_score([published[one] for one in both], [own[one] for one in both]))
    assert len(scores) == 13
    assert np.mean(scores) >= PEER_MEAN + 0.085


@pytest.mark.data
def test_real_exports_give_the_same_map_in_either_layout(polis: list[Path]) -> None:
    compared = 0
    for folder in polis:
        if not (folder / "votes.csv.gz").exists():
            continue
        stream = conversations.read(unpacked(folder / "votes.csv.gz"))
        matrix = conversations.read(unpacked(folder / "participants-votes.csv.gz"))
        assert np.array_equal(conversations.dense(stream), conversations.dense(matrix), equal_nan=True)
        compared += 1
    assert compared == 10
