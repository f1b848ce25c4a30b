"""Votes are read the same from either layout and by either reader, and bad input names its line."""

import contextlib
import io
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.opinions.conversations import Vote, as_matrix, as_stream, dense, planted, read, some_votes
from sala.engines import opinions

HEAD = b"timestamp,datetime,comment-id,voter-id,vote\n"


def same(left: opinions.VoteTable, right: opinions.VoteTable) -> bool:
    return (
        left.participants.tolist() == right.participants.tolist()
        and left.statements.tolist() == right.statements.tolist()
        and np.array_equal(dense(left), dense(right), equal_nan=True)
    )


@given(some_votes())
def test_stream_and_matrix_give_the_same_table(votes: list[Vote]) -> None:
    assert same(read(as_stream(votes)), read(as_matrix(votes)))


@given(some_votes())
def test_the_careful_reader_agrees_with_the_quick_one(votes: list[Vote]) -> None:
    # "1.0" is nothing the quick reader takes, so the same votes go the careful way.
    slow_stream = as_stream(votes).replace(b",1\n", b",1.0\n") + b"9999,x,7,7,0.0\n"
    slow_matrix = as_matrix(votes).replace(b",1,", b",1.0,").replace(b",1\n", b",1.0\n")
    assert same(read(slow_stream), read(as_stream(votes) + b"9999,x,7,7,0\n"))
    assert same(read(slow_matrix), read(as_matrix(votes)))


def test_the_vote_with_the_latest_time_counts_wherever_it_stands() -> None:
    lines = b"300,x,1,1,-1\n100,x,1,1,1\n200,x,1,1,0\n50,x,2,1,1\n"
    table = read(HEAD + lines)
    assert dense(table).tolist() == [[-1.0, 1.0]]
    assert table.repeats == 2


def test_among_equal_times_the_vote_that_stands_last_counts() -> None:
    table = read(HEAD + b"300,x,1,1,-1\n200,x,2,1,0\n300,x,1,1,1\n")
    assert dense(table).tolist() == [[1.0, 0.0]]


def test_without_times_the_vote_that_stands_last_counts() -> None:
    table = read(b"voter-id,comment-id,vote\n1,1,1\n1,1,-1\n")
    assert dense(table).tolist() == [[-1.0]]


def test_iso_times_order_votes_too() -> None:
    table = read(b"created,comment-id,voter-id,vote\n2026-01-02T10:00:00,1,1,-1\n2026-01-02T09:00:00,1,1,1\n")
    assert dense(table).tolist() == [[-1.0]]


def test_a_pass_is_a_vote_and_an_empty_cell_is_none() -> None:
    table = read(b"participant,1,2\n7,0,\n8,,1\n")
    assert np.array_equal(dense(table), [[0.0, np.nan], [np.nan, 1.0]], equal_nan=True)


def test_ids_may_be_words_and_keep_their_order() -> None:
    table = read(b"voter-id,comment-id,vote\nsom,b,1\ndao,a,-1\n")
    assert table.participants.tolist() == ["dao", "som"]
    assert table.statements.tolist() == ["a", "b"]


@given(some_votes())
def test_ids_that_are_words_give_the_same_table_as_numbers(votes: list[Vote]) -> None:
    plain = read(as_stream(votes))
    lines = (f"{place},x,s{s:03},p{p:03},{v}" for place, (p, s, v) in enumerate(votes))
    stream = "\n".join(["timestamp,datetime,comment-id,voter-id,vote", *lines, ""]).encode()
    named = read(stream)
    careful = read(stream.replace(b",1\n", b",1.0\n"))
    assert named.participants.tolist() == [f"p{one:03}" for one in plain.participants.tolist()]
    assert named.statements.tolist() == [f"s{one:03}" for one in plain.statements.tolist()]
    assert np.array_equal(dense(named), dense(plain), equal_nan=True)
    assert same(careful, named)


def test_a_matrix_of_people_with_names() -> None:
    table = read(b"participant,10,2\nsom,1,\ndao,-1,0\n")
    assert table.participants.tolist() == ["dao", "som"]
    assert table.statements.tolist() == [2, 10]
    assert np.array_equal(dense(table), [[0.0, -1.0], [np.nan, 1.0]], equal_nan=True)


def test_columns_about_the_participant_are_no_statements() -> None:
    plain = read(b"participant,10,2\n1,1,\n2,-1,0\n")
    about = b"PARTICIPANT,group_id,N_VOTES,n-pass,joined,10,2\n1,0,1,0,May,1,NaN\n2,,2,1,June,-1,0\n"
    assert same(read(about), plain)
    assert same(read(b"\xef\xbb\xbf" + about), plain)


def test_a_time_may_have_a_fraction() -> None:
    table = read(b"timestamp,comment-id,voter-id,vote\n20.5,1,7,1\n10.25,1,7,-1\n")
    assert dense(table).tolist() == [[1.0]]


def test_an_empty_id_among_words_is_named_by_its_line() -> None:
    with pytest.raises(opinions.BadVotesError, match="line 3: the participant is empty"):
        read(b"voter-id,comment-id,vote\nsom,1,1\n,1,1\n")


def test_many_blocks_give_the_same_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    votes = planted()
    whole = read(as_stream(votes)), read(as_matrix(votes))
    monkeypatch.setattr("sala.engines.opinions.reading.BLOCK_BYTES", 300)
    assert same(read(as_stream(votes)), whole[0])
    words = as_stream(votes).replace(b",x,", b",x,s")
    assert np.array_equal(
        np.sort(dense(read(words)), axis=None), np.sort(dense(whole[0]), axis=None), equal_nan=True
    )
    assert same(read(as_matrix(votes)), whole[1])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "line 1: the file is empty"),
        (b"a,b\n1,2\n", "line 1: there is no column of participants"),
        (b"voter-id,vote\n1,1\n", "none of statements"),
        (b"participant,group-id\n1,0\n", "neither a column of votes nor one column per statement"),
        (b"participant,1,1\n1,0,0\n", "line 1: two columns are named '1'"),
        (HEAD, "not one vote"),
        (HEAD + b"1,x,1,1,1\n2,x,1,2,5\n", "line 3: the vote is '5'"),
        (HEAD + b"1,x,1,1,1\n2,x,1,2,\n", "line 3: the vote is ''"),
        (HEAD + b"1,x,1,1,1\n2,x,1,,1\n", "line 3: the participant is empty"),
        (HEAD + b"1,x,1,1,1\n\n2,x,1\n", "line 4: 3 cells, but the header has 5"),
        (HEAD + b"soon,x,1,1,1\n", "line 2: the time is 'soon'"),
        (HEAD + b"9" * 30 + b",x,1,1,1\n", "line 2: the time 999999999999999999999999 is out of all bounds"),
        (b"participant,1,2\n1,1,\n2,yes,1\n", "line 3: the vote is 'yes'"),
        (HEAD + b"1,x,1,\xff\xfe,1\n", "not UTF-8"),
    ],
)
def test_bad_votes_are_refused_with_the_line(content: bytes, reason: str) -> None:
    with pytest.raises(opinions.BadVotesError) as refused:
        read(content)
    assert reason in str(refused.value)


@given(
    some_votes(),
    st.sampled_from([as_stream, as_matrix]),
    st.lists(
        st.tuples(
            st.floats(0, 1, exclude_max=True),
            st.integers(0, 4),
            st.sampled_from(
                [b"", b",", b"\n", b"\r", b'"', b"\x00", b"\xff", b"-", b"9" * 25, b"1e5", b"\xe0\xb8\x81"]
            ),
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_a_damaged_file_is_read_or_refused_and_nothing_else(
    votes: list[Vote], layout: Callable[[list[Vote]], bytes], damages: list[tuple[float, int, bytes]]
) -> None:
    content = layout(votes)
    for where, length, put in damages:
        at = int(where * len(content))
        content = content[:at] + put + content[at + length :]
    with contextlib.suppress(opinions.BadVotesError):
        assert len(read(content).values) > 0


def test_comments_tell_what_was_moderated_out() -> None:
    lines = io.StringIO(
        "timestamp,comment-id,author-id,agrees,disagrees,moderated,is-meta,comment-body\n"
        '1,0,0,1,1,1,false,"ถนน, สะพาน"\n2,1,0,1,1,-1,false,ขายของ\n3,2,0,1,1,0,true,คุณมาจากไหน\n'
    )
    comments = opinions.read_comments(lines)
    assert comments[0] == opinions.Comment("ถนน, สะพาน")
    assert comments[1].is_moderated_out
    assert comments[2].is_meta
    assert [one for one, comment in comments.items() if comment.is_excluded] == [1, 2]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("text\nก\n", "line 1: the comments have no column of ids"),
        ("comment-id,comment-body,moderated\n1,ก,1\n2,ข,maybe\n", "line 3: moderated is 'maybe'"),
        ("comment-id,comment-body\n,ก\n", "line 2: this comment has no id"),
        ("comment-id,comment-body\n1,ก,3\n", "line 2"),
    ],
)
def test_bad_comments_are_refused_with_the_line(content: str, reason: str) -> None:
    with pytest.raises(opinions.BadVotesError) as refused:
        opinions.read_comments(io.StringIO(content))
    assert reason in str(refused.value)


def test_odd_ids_stay_text() -> None:
    table = read(b"voter-id,comment-id,vote\n--1,1,1\n" + b"9" * 5000 + b",1,0\n-4,1,-1\n")
    assert table.participants.tolist() == ["--1", "-4", "9" * 5000]


def test_groups_that_are_not_csv_are_refused() -> None:
    with pytest.raises(opinions.BadVotesError, match="line 2: this is not CSV"):
        opinions.read_groups(["participant,group-id\n", "1,\r1\n"])


def test_groups_are_numbered_in_the_order_of_their_ids() -> None:
    lines = ["participant,group-id\n", "1,4\n", "2,\n", "3,2.0\n", "4,10\n"]
    assert opinions.read_groups(lines) == {1: 1, 3: 0, 4: 2}


# One conversation, and what the API is given

TWO = "conversation_id,timestamp,comment-id,voter-id,vote\napple,1,0,1,1\napple,2,0,2,1\npear,3,0,1,-1\n"


def test_two_conversations_in_one_file_are_refused_with_the_line() -> None:
    with pytest.raises(opinions.BadVotesError, match="line 4: there is more than one .*'apple' and 'pear'"):
        read(TWO.encode())


def test_two_conversations_in_a_matrix_are_refused() -> None:
    matrix = "conversation-id,participant,0,1\napple,1,1,-1\npear,2,1,1\n"
    with pytest.raises(opinions.BadVotesError, match="line 3: there is more than one conversation"):
        read(matrix.encode())


@pytest.mark.parametrize(("asked", "cells"), [("apple", [[1], [1]]), ("pear", [[-1]])])
def test_one_of_several_conversations_may_be_asked_for(asked: str, cells: list[list[int]]) -> None:
    table = opinions.read_votes(io.BytesIO(TWO.encode()), conversation=asked)
    assert dense(table).tolist() == cells
    assert table.repeats == 0


def test_a_file_of_one_conversation_may_name_it() -> None:
    one = TWO.replace("pear", "apple")
    assert read(one.encode()).repeats == 1
    assert same(read(one.encode()), read(one.replace(",-1", ",-1.0").encode()))


@pytest.mark.parametrize("text", [TWO, "comment-id,voter-id,vote\n0,1,1\n"])
def test_a_conversation_that_is_not_there_is_refused(text: str) -> None:
    with pytest.raises(opinions.BadVotesError, match="there is no"):
        opinions.read_votes(io.BytesIO(text.encode()), conversation="plum")


def test_comments_and_groups_of_two_conversations_are_refused_too() -> None:
    comments = "zid,comment-id,comment-body\n1,0,ก\n2,0,ข\n"
    with pytest.raises(opinions.BadVotesError, match="line 3: there is more than one conversation"):
        opinions.read_comments(io.StringIO(comments))
    assert opinions.read_comments(io.StringIO(comments), conversation="2") == {0: opinions.Comment("ข")}
    groups = "conversation,participant,group-id\na,1,0\nb,1,1\n"
    with pytest.raises(opinions.BadVotesError, match="line 3: there is more than one conversation"):
        opinions.read_groups(io.StringIO(groups))
    assert opinions.read_groups(io.StringIO(groups), conversation="b") == {1: 0}


def test_an_id_that_stands_for_two_comments_is_refused() -> None:
    with pytest.raises(opinions.BadVotesError, match="line 3: the id 0 stands for two"):
        opinions.read_comments(io.StringIO("comment-id,comment-body\n0,ก\n0,ข\n"))


def test_lists_are_taken_as_arrays_are() -> None:
    lists = opinions.gather_votes(["b", "a", "b"], [3, 3, 4], [1, -1, 0])
    arrays = opinions.gather_votes(np.array(["b", "a", "b"]), np.array([3, 3, 4]), np.array([1, -1, 0]))
    assert same(lists, arrays)
    assert lists.values.dtype == np.int8
    assert dense(opinions.gather_votes((1, 1), (1, 1), (1.0, -1.0), [5, 4])).tolist() == [[1]]
    assert opinions.gather_votes([2**70, 5], [1, 1], [1, 1]).participants.tolist() == [str(2**70), "5"]
    assert opinions.gather_votes([1.0, 2.0], [1, 1], [1, 1]).participants.tolist() == [1, 2]
    moments = np.array(["2026-01-02", "2026-01-01"], dtype="datetime64[D]")
    assert dense(opinions.gather_votes([1, 1], [1, 1], [1, -1], moments)).tolist() == [[1]]


@pytest.mark.parametrize(
    ("people", "texts", "values", "times", "reason"),
    [
        (["a", "b"], ["x"], [1, 1], None, "2 participants, 1 statements and 2 votes"),
        (["a"], ["x"], [1, 1], None, "1 participants"),
        (["a", "b"], ["x", "x"], [1], None, "1 votes"),
        (["a"], ["x"], [1], [1, 2], "2 times"),
        (["a", "b"], ["x", "x"], [1, 5], None, "vote 2 is 5"),
        (["a", "b"], ["x", "x"], [1, 0.5], None, "vote 2 is 0.5"),
        (["a"], ["x"], [float("nan")], None, "vote 1 is nan"),
        (["a"], ["x"], ["1"], None, "one row of the numbers"),
        (["a"], ["x"], [True], None, "one row of the numbers"),
        (["a"], ["x"], [[1]], None, "one row of the numbers"),
        ([None], ["x"], [1], None, "the participant None"),
        (["a"], [1.5], [1], None, "the statement 1.5"),
        ([True], ["x"], [1], None, "the participant True"),
        ([" "], ["x"], [1], None, "the participant of a vote is empty"),
        (["a"], ["x"], [1], [1.5], "the times must be"),
        (["a"], ["x"], [1], np.array(["NaT"], dtype="datetime64[s]"), "the time of a vote is missing"),
        ([], [], [], None, "there are no votes"),
    ],
)
def test_what_the_api_is_given_is_checked(people, texts, values, times, reason) -> None:
    with pytest.raises(opinions.BadVotesError, match=reason):
        opinions.gather_votes(people, texts, values, times)
