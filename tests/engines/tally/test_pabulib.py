"""`.pb` files: what is kept, what is read, and where a malformed one is refused."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.engines import tally

GOOD = '''META
key;value
description;"งบประมาณแบบมีส่วนร่วม; ตำบลตัวอย่าง"
country;Thailand
num_projects;3
num_votes;4
budget;1000.50
vote_type;approval
x_own_field;kept as it is
PROJECTS
project_id;cost;votes;name;selected
p1;600;2;"ศาลา ""ริมน้ำ""";1
p2;400.25;2;ถนน;0
p-3;50;1;ไฟ;0
VOTES
voter_id;age;vote
1;30;p1,p2
2;41;p2
3;;p1,p-3
4;22;
'''


def read(text, **options):
    return tally.read_pabulib([text.encode()], **options)


def test_money_is_read_into_whole_minor_units_and_an_empty_ballot_is_a_voter():
    election = read(GOOD).election
    assert election.budget == 100050
    assert [(project.id, project.cost) for project in election.projects] == [
        ("p1", 60000),
        ("p2", 40025),
        ("p-3", 5000),
    ]
    assert election.ballots.starts.tolist() == [0, 2, 3, 5, 5]
    assert election.ballots.projects.tolist() == [0, 1, 1, 0, 2]


def test_a_file_is_written_as_it_was_read():
    assert b"".join(tally.write_pabulib(read(GOOD, keep_votes=True))) == GOOD.encode()


def test_winners_are_marked_and_all_else_stays():
    written = b"".join(tally.write_pabulib(read(GOOD, keep_votes=True), selected=["p2"])).decode()
    assert 'p1;600;2;"ศาลา ""ริมน้ำ""";0\np2;400.25;2;ถนน;1' in written
    assert written.replace(";0\np2;400.25;2;ถนน;1", ";1\np2;400.25;2;ถนน;0") == GOOD


@pytest.mark.parametrize("size", [1, 7, 64])
def test_the_size_of_the_chunks_plays_no_part(size):
    raw = GOOD.encode()
    chunks = [raw[i : i + size] for i in range(0, len(raw), size)]
    whole, cut = read(GOOD).election, tally.read_pabulib(chunks).election
    assert whole.ballots.projects.tolist() == cut.ballots.projects.tolist()
    assert whole.projects == cut.projects


def test_windows_line_ends_blanks_and_a_byte_order_mark_are_understood():
    text = "\ufeff" + GOOD.replace(";", "; ").replace("p1,p2", "p1, p2").replace("\n", "\r\n")
    assert read(text).election.ballots.projects.tolist() == [0, 1, 1, 0, 2]


def test_empty_fields_that_a_spreadsheet_adds_are_let_be():
    lines = GOOD.splitlines()
    ends = [lines.index("PROJECTS"), lines.index("VOTES")]
    widths = [2] * ends[0] + [5] * (ends[1] - ends[0]) + [3] * (len(lines) - ends[1])
    titles = ("META", "PROJECTS", "VOTES")
    padded = [
        line + ";" * (6 - (1 if line in titles else width)) for line, width in zip(lines, widths, strict=True)
    ]
    file, plain = read("\n".join(padded) + "\n", keep_votes=True), read(GOOD)
    assert file.meta == plain.meta
    assert file.election.projects == plain.election.projects
    assert file.election.ballots.projects.tolist() == plain.election.ballots.projects.tolist()
    again = tally.read_pabulib([b"".join(tally.write_pabulib(file))])
    assert again.election.projects == plain.election.projects


def test_long_decimals_are_kept_to_the_last_digit():
    election = read(GOOD.replace("1000.50", "333.333333333333").replace("600;2", "0.000000000001;2")).election
    assert (election.budget, election.projects[0].cost) == (333_333_333_333_333, 1)
    assert election.minor_per_unit == 10**12
    settings = tally.Settings("equal-shares")
    assert tally.count(election, settings).winners


@pytest.mark.parametrize("score", ["", "0", "0.0", "0,00"])
def test_a_default_score_of_nothing_is_what_we_count(score):
    assert read(GOOD.replace("x_own_field;kept as it is", f"default_score;{score}"))


def test_points_may_be_decimal_and_rankings_keep_their_order():
    points = GOOD.replace("approval", "cumulative").replace("age;vote", "points;vote")
    points = points.replace("1;30;", '1;"1.5,2";').replace("2;41;", "2;3;").replace("3;;", '3;"1,0.25";')
    points = points.replace("4;22;", "4;;")
    assert read(points).election.ballots.points.tolist() == [150, 200, 300, 100, 25]
    assert read(GOOD.replace("approval", "ordinal")).election.kind == "ranking"


@pytest.mark.parametrize(
    ("old", "new", "section", "line"),
    [
        ("META\n", "", "META", 1),
        ("budget;1000.50\n", "", "META", 1),
        ("1000.50", "a lot", "META", 7),
        ("1000.50", "-5", "META", 7),
        ("1000.50", "1,000", "META", 7),
        ("1000.50", "1000.", "META", 7),
        ("1000.50", "1e9", "META", 7),
        ("vote_type;approval", "vote_type;shouting", "META", 8),
        ("country;Thailand", "country", "META", 4),
        ("country;Thailand", "budget;7", "META", 7),
        ("num_votes;4", "num_votes;5", "META", 6),
        ("num_projects;3", "num_projects;x", "META", 5),
        ("x_own_field", "default_score", "META", 9),
        ("PROJECTS\n", "", "META", 14),
        ("project_id;cost", "project_id;price", "PROJECTS", 11),
        ("400.25", "400,2,5", "PROJECTS", 13),
        ("400.25", "-400", "PROJECTS", 13),
        ("400.25", "", "PROJECTS", 13),
        ("p2;400.25;2", "p1;400.25;2", "PROJECTS", 13),
        ("p2;400.25;2", "p2;400.25", "PROJECTS", 13),
        ("VOTES\n", "VOTES\nVOTES\n", "VOTES", 16),
        ("voter_id;age;vote", "voter_id;age;voted", "VOTES", 16),
        ("2;41;p2", "2;41;p2,p9", "VOTES", 18),
        ("2;41;p2", "2;41", "VOTES", 18),
        ("2;41;p2", "1;41;p2", "VOTES", 18),
        ("2;41;p2", ";41;p2", "VOTES", 18),
        ("2;41;p2", '2;41;"p2', "VOTES", 18),
        ("vote_type;approval", "vote_type;cumulative", "VOTES", 16),
    ],
)
def test_a_malformed_file_is_refused_with_its_section_and_line(old, new, section, line):
    assert old in GOOD
    with pytest.raises(tally.PabulibError) as refused:
        read(GOOD.replace(old, new, 1))
    assert (refused.value.section, refused.value.line) == (section, line), str(refused.value)


@pytest.mark.parametrize(
    ("points", "listed"), [("1", "p1,p2"), ("1,x", "p1,p2"), ("1,inf", "p1,p2"), ("1,0.1234567", "p1,p2")]
)
def test_points_that_cannot_be_counted_are_refused(points, listed):
    head = GOOD[: GOOD.index("voter_id")].replace("approval", "cumulative").replace("votes;4", "votes;1")
    with pytest.raises(tally.PabulibError, match="VOTES, line 17"):
        read(f"{head}voter_id;points;vote\n1;{points};{listed}\n")


@pytest.mark.parametrize("line", [b"2;41;p2\xff", b"2;\xff;p2"])
def test_bytes_that_are_not_text_are_refused_with_their_line(line):
    with pytest.raises(tally.PabulibError, match="VOTES, line 18"):
        tally.read_pabulib([GOOD.encode().replace(b"2;41;p2", line)])


@pytest.mark.parametrize("encoding", ["utf-16", "tis-620"])
def test_other_encodings_are_refused_in_a_sentence(encoding):
    with pytest.raises(tally.PabulibError, match="META, line [13]"):
        tally.read_pabulib([GOOD.encode(encoding)])


FIELD = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters=';",\n'), max_size=12)


@given(kept=st.dictionaries(st.from_regex(r"x_[a-z]{1,8}", fullmatch=True), FIELD.map(str.strip), max_size=4))
def test_every_meta_field_and_name_comes_out_as_it_went_in(kept):
    file = read(GOOD, keep_votes=True)
    file.meta.update(kept)
    rows = tuple(
        (*row[:3], name.strip(), "0") for row, name in zip(file.project_rows, kept.values(), strict=False)
    )
    changed = replace(file, project_rows=(*rows, *file.project_rows[len(rows) :]))
    again = tally.read_pabulib([b"".join(tally.write_pabulib(changed))], keep_votes=True)
    assert again.meta == file.meta
    assert again.project_rows == changed.project_rows
    assert again.votes == file.votes


def refused(chunks):
    try:
        tally.read_pabulib(chunks)
    except tally.PabulibError as refusal:
        return refusal


PIECES = [
    '"',
    ";",
    ",",
    "\n",
    "\r\n",
    "\0",
    "-1",
    "META\n",
    "PROJECTS\n",
    "VOTES\n",
    "p1",
    "p2,p2",
    "\r",
    "1e9",
    "ก",
    " ",
]
CHANGES = st.lists(
    st.tuples(st.integers(0, len(GOOD)), st.integers(0, 9), st.sampled_from(["", *PIECES])),
    min_size=1,
    max_size=3,
)


@given(changes=CHANGES, kind=st.sampled_from(["approval", "ordinal", "cumulative"]))
def test_whatever_is_done_to_a_file_it_is_read_whole_or_refused_in_place(changes, kind):
    text = GOOD.replace("approval", kind)
    if kind == "cumulative":
        text = text.replace("age;vote", "points;vote").replace("30;", '"1.5,2";').replace("41", "3")
        text = text.replace("3;;", '3;"1,0.25";').replace("22", "")
    for at, gone, new in changes:
        text = text[:at] + new + text[at + gone :]
    raw = text.encode()
    refusal, in_pieces = refused([raw]), refused([raw[i : i + 5] for i in range(0, len(raw), 5)])
    assert str(refusal) == str(in_pieces)
    if refusal is not None:
        assert 1 <= refusal.line <= text.count("\n") + 1
        return
    file = read(text, keep_votes=True)
    written = tally.read_pabulib([b"".join(tally.write_pabulib(file))], keep_votes=True)
    assert (written.meta, written.project_rows, written.votes) == (file.meta, file.project_rows, file.votes)
    assert written.election.ballots.projects.tolist() == file.election.ballots.projects.tolist()


def test_windows_line_ends_are_written_again():
    raw = GOOD.replace("\n", "\r\n").encode()
    assert b"".join(tally.write_pabulib(tally.read_pabulib([raw], keep_votes=True))) == raw


def test_an_empty_file_is_refused():
    with pytest.raises(tally.PabulibError, match="META, line 1"):
        tally.read_pabulib([])


# What published files really look like


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ('Rura 5" przy szkole', 'Rura 5" przy szkole'),
        ('ท่อ 5" และ 6"', 'ท่อ 5" และ 6"'),
        ('"5"" ท่อ"', '5" ท่อ'),
        ('ท่อ "ใหญ่" ริมน้ำ', 'ท่อ "ใหญ่" ริมน้ำ'),
        ('"x"ศาลา', "xศาลา"),
    ],
)
def test_a_quote_inside_a_field_is_a_letter(written, name):
    file = read(GOOD.replace('"ศาลา ""ริมน้ำ"""', written), keep_votes=True)
    assert file.column("name") == (name, "ถนน", "ไฟ")
    again = tally.read_pabulib([b"".join(tally.write_pabulib(file))])
    assert again.column("name") == file.column("name")


def test_a_quote_inside_a_field_of_a_ballot_is_a_letter_too():
    text = GOOD.replace("voter_id;age;vote", "voter_id;note;vote").replace("2;41;p2", '2;ท่อ 5";p2')
    assert read(text).election.ballots.projects.tolist() == [0, 1, 1, 0, 2]


@pytest.mark.parametrize(
    "wrong",
    ['2;"note;p2\n3;more";p1', '2;"note;p2', '2;note;"p2'],
    ids=["over two lines", "to the end", "vote"],
)
def test_a_quote_never_makes_one_ballot_of_two(wrong):
    text = GOOD.replace("voter_id;age;vote", "voter_id;note;vote")
    text = text[: text.index("2;41;p2")] + wrong + "\n"
    with pytest.raises(tally.PabulibError, match="VOTES, line 17: a quote is opened and never closed"):
        read(text.replace("num_votes;4\n", ""))


def test_a_file_with_the_line_ends_of_old_macs_is_read_and_written_again():
    raw = GOOD.replace("\n", "\r").encode()
    for size in (1, 5, len(raw)):
        file = tally.read_pabulib([raw[i : i + size] for i in range(0, len(raw), size)], keep_votes=True)
        assert file.election.ballots.projects.tolist() == read(GOOD).election.ballots.projects.tolist()
        assert b"".join(tally.write_pabulib(file)) == raw


def test_a_carriage_return_inside_a_line_is_a_blank():
    assert read(GOOD.replace("400.25;2;ถนน", "400.25;2;ถนน\rใหญ่")).column("name")[1] == "ถนน ใหญ่"
    assert read(GOOD.replace("2;41;p2", "2;4\r1;p2")).election.ballots.projects.tolist() == [0, 1, 1, 0, 2]


@pytest.mark.parametrize(
    ("kind", "ballot", "expected"),
    [("approval", "p2,p1,p2", [0, 1]), ("ordinal", "p2,p1,p2", [1, 0]), ("approval", "p1,p1", [0])],
)
def test_a_project_twice_in_one_ballot_counts_once_and_is_said(kind, ballot, expected):
    election = read(GOOD.replace("approval", kind).replace("2;41;p2", f"2;41;{ballot}")).election
    listed = election.ballots.projects.tolist()[2 : 2 + len(expected)]
    assert (listed if kind == "ordinal" else sorted(listed)) == expected
    counted = tally.report(election, tally.Settings(), tally.count(election, tally.Settings()))
    assert counted["notes"]["ballots_with_a_project_twice"] == 1
    assert any("once" in sentence for sentence in tally.tell_notes(counted, "en"))


def test_points_twice_for_one_project_count_once_or_are_refused_where_they_differ():
    head = GOOD[: GOOD.index("voter_id")].replace("approval", "cumulative").replace("votes;4", "votes;1")
    election = read(f"{head}voter_id;points;vote\n1;2,1,2;p1,p2,p1\n").election
    assert (election.ballots.projects.tolist(), election.ballots.points.tolist()) == ([0, 1], [2, 1])
    with pytest.raises(tally.PabulibError, match="VOTES, line 17: .*different points"):
        read(f"{head}voter_id;points;vote\n1;2,1,3;p1,p2,p1\n")


def counted(text, **settings):
    election = read(text).election
    asked = tally.Settings(**settings)
    return tally.report(election, asked, tally.count(election, asked))


POINTS = """META
key;value
num_projects;3
num_votes;2
budget;100
vote_type;cumulative
PROJECTS
project_id;cost
big;90
mid;60
small;20
VOTES
voter_id;vote;points
1;big,small;7,3
2;big,mid,small;3,2,1.5
"""


def with_meta(text, *lines):
    return text.replace("PROJECTS\n", "".join(f"{line}\n" for line in lines) + "PROJECTS\n", 1)


def test_greedy_on_points_ranks_by_total_points_as_cities_do():
    found = counted(with_meta(POINTS, "rule;greedy"))
    assert found["winners"] == ["big"]
    assert found["rounds"][0]["score"] == 10
    assert (found["settings"]["utility"], found["settings"]["rank_by"]) == ("points", "total")
    assert found["notes"]["published_rule_is_followed"]
    assert counted(POINTS, utility="points")["winners"] == ["mid", "small"]


def test_greedy_on_rankings_ranks_by_places_as_cities_do():
    """Kraków gives 3, 2, 1: two first places and two third make 8, three second places 6."""
    head = GOOD[: GOOD.index("voter_id")].replace("approval", "ordinal").replace("1000.50", "600")
    text = f"{head}voter_id;vote\n1;p1,p2,p-3\n2;p1\n3;p2,p-3\n4;p2,p1\n"
    assert counted(with_meta(text, "max_length;3"))["rounds"][0]["project"] == "p1"
    found = counted(with_meta(text, "max_length;3"))
    assert found["settings"] | {"utility": "places", "first_place": 3} == found["settings"]
    assert [one["score"] for one in found["rounds"]] == [8]
    assert counted(with_meta(text, "max_length;5"))["settings"]["first_place"] == 5
    assert counted(with_meta(text, "max_length;5"), first_place=2)["settings"]["first_place"] == 2
    assert counted(text)["settings"]["first_place"] == 3


@pytest.mark.parametrize(
    ("name", "rule", "completion", "followed"),
    [
        ("greedy", "greedy", None, True),
        ("greedy-no-skip", "greedy", None, True),
        ("greedy-custom", "greedy", None, False),
        ("equalshares", "equal-shares", "none", True),
        ("equalshares/add1", "equal-shares", "add-one", True),
        ("EqualShares", "equal-shares", "none", True),
        ("by drawing lots", "greedy", None, False),
    ],
)
def test_a_count_without_a_rule_follows_the_published_one_and_says_so(name, rule, completion, followed):
    found = counted(with_meta(GOOD, f"rule;{name}"))
    assert (found["settings"]["rule"], found["settings"].get("completion")) == (rule, completion)
    assert found["notes"]["published_rule"] == name
    assert found["notes"]["published_rule_is_followed"] is followed
    assert found["settings"].get("overflow", "") == {"greedy-no-skip": "stop"}.get(
        name, "skip" if rule == "greedy" else ""
    )
    other = counted(with_meta(GOOD, f"rule;{name}"), rule="phragmen")
    assert other["notes"]["published_rule_is_followed"] is False
    assert any(name in sentence for sentence in tally.tell_notes(other, "th"))


def test_the_published_threshold_is_applied_to_the_score_of_each_kind_of_ballot():
    found = counted(with_meta(GOOD, "min_project_score_threshold;2"))
    assert found["winners"] == ["p1", "p2"]
    assert found["not_funded"][0]["reason"] == "too_low_score"
    assert counted(with_meta(POINTS, "min_project_score_threshold;4.5"))["winners"] == ["big"]
    assert [
        one["score"] for one in counted(with_meta(POINTS, "min_project_score_threshold;5"))["not_funded"]
    ] == [
        2,
        4.5,
    ]
    assert counted(with_meta(POINTS, "min_project_score_threshold;5"), rule="equal-shares")["winners"] == [
        "big"
    ]


def test_a_published_threshold_that_is_not_applied_is_said():
    found = counted(with_meta(GOOD, "min_project_score_threshold;2"), min_score=Fraction(0))
    assert found["winners"] == ["p1", "p2", "p-3"][: len(found["winners"])]
    assert found["notes"]["published_min_score_not_applied"] == 2


@pytest.mark.parametrize(
    ("limit", "allowed", "ballots"),
    [
        ("min_length", 3, 1),
        ("max_length", 2, 1),
        ("min_points", 2, 1),
        ("max_points", 3, 1),
        ("min_sum_points", 7, 1),
        ("max_sum_points", 9.5, 1),
        ("min_sum_cost", 150, 1),
        ("max_sum_cost", 110.5, 1),
        ("max_sum_cost", 110, 1),
    ],
)
def test_ballots_beyond_a_published_limit_are_counted_and_said(limit, allowed, ballots):
    found = counted(with_meta(POINTS, f"{limit};{allowed}"))
    assert found["notes"]["ballots_beyond_limits"] == [
        {"limit": limit, "allowed": allowed, "ballots": ballots}
    ]
    assert found["voters"] == 2
    assert any(limit in sentence for sentence in tally.tell_notes(found, "en"))
    generous = -100 if limit.startswith("min") else 1000
    assert "ballots_beyond_limits" not in counted(with_meta(POINTS, f"{limit};{generous}"))["notes"]


def test_an_empty_ballot_is_shorter_than_the_least_length_and_choose_1_means_one():
    found = counted(with_meta(GOOD, "min_length;1"))
    assert found["notes"]["ballots_beyond_limits"] == [{"limit": "min_length", "allowed": 1, "ballots": 1}]
    found = counted(GOOD.replace("approval", "choose-1"))
    assert found["notes"]["ballots_beyond_limits"] == [{"limit": "max_length", "allowed": 1, "ballots": 2}]


@pytest.mark.parametrize("line", ["max_length;many", "budget_per_category;100", "scoring_fn;plurality"])
def test_published_terms_that_we_cannot_apply_are_named(line):
    found = counted(with_meta(GOOD, line))
    assert found["notes"]["published_terms_not_applied"] == [line.split(";")[0]]


def test_decimal_points_are_reported_as_points():
    found = counted(POINTS, rule="equal-shares")
    assert {one["project"]: one["price"] for one in found["rounds"]} == {"small": 4.444444}
