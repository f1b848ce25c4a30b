"""The list of complaint topics that services offer is whole, and a bad list is refused with its line."""

import pytest

from sala.engines import thai


@pytest.mark.req("CMP-P4")
def test_every_topic_says_what_it_is_who_answers_and_gives_examples() -> None:
    topics = thai.complaint_topics()
    codes = [topic.code for topic in topics]
    assert len(codes) == len(set(codes)) >= 40
    assert codes[-1] == thai.OTHER
    for topic in topics[:-1]:
        assert topic.name_en
        assert topic.description
        assert topic.agency_kind
        assert len(topic.everyday_words) >= 8, topic.code
        assert len(topic.examples) >= 3, topic.code


def test_codes_that_other_parts_rely_on_stay() -> None:
    codes = {topic.code for topic in thai.complaint_topics()}
    wanted = "street_light road_damage garbage flood_drain water_supply electricity noise factory_pollution"
    assert {*wanted.split(), "corruption", "consumer", "officer_conduct", "other"} <= codes


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["name_th"], "line 1: the column code is missing"),
        (["code,name_th"], "no topic follows"),
        (["code,name_th", "road,ถนน", "road,ถนน"], "line 3: the code road is there twice"),
        (["code,name_th", "ถนน,ถนน"], "line 2: the code"),
        (["code,name_th", "road,"], "line 2: the topic road has no name_th"),
    ],
)
def test_a_bad_list_is_refused_with_its_line(lines: list[str], message: str) -> None:
    with pytest.raises(thai.TopicFileError, match=message):
        thai.read_topics(lines)
