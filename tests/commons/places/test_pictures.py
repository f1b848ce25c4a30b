"""Maps drawn by the server: what is in the frame is drawn, words are escaped, a table stands for the shaded one."""

import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.commons.places import rules
from sala.commons.places.rules import Mark, Name, Shade, Shape

SQUARE = Shape(("40",), ((102.0, 16.0, 103.0, 16.0, 103.0, 17.0, 102.0, 17.0),))
point = st.tuples(st.floats(5.6, 20.5), st.floats(97.3, 105.7))


def drawn(frame: rules.Frame, marks: list[Mark], words: str = "ขอนแก่น") -> ElementTree.Element:
    names = [Name(16.5, 102.5, words, 1)]
    ground = rules.draw_ground(frame, land=[SQUARE], abroad=[])
    svg = rules.draw_map(frame, ground=ground, names=names, marks=marks, title=words)
    return ElementTree.fromstring(svg)


@given(st.lists(point, min_size=1, max_size=8))
def test_every_point_is_inside_the_frame_around_them(points: list[tuple[float, float]]) -> None:
    frame = rules.frame_around(points, width=420, height=300)
    assert all(frame.holds(*one) for one in points)
    marks = [Mark(*one) for one in points]
    assert len(drawn(frame, marks).findall(".//g[@class='pin']")) == len(points)


@pytest.mark.parametrize("words", ["<script>", '"x" onload="y', "&amp;", "ขอนแก่น"])
def test_words_are_words_and_never_markup(words: str) -> None:
    frame = rules.frame_around([(16.5, 102.5)], width=420, height=300, least=2)
    root = drawn(frame, [Mark(16.9, 102.9, words, "", words)], words)
    assert root.attrib["aria-label"] == words
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {
        "svg",
        "path",
        "g",
        "title",
        "text",
        "circle",
    }


def test_a_piece_far_from_any_land_is_sea() -> None:
    frame = rules.frame_around([(8.0, 99.0)], width=100, height=100)
    land = drawn(frame, []).find("./path[@class='geo-land']")
    assert land is not None
    assert land.attrib["d"] == ""


def test_an_outline_of_two_provinces_is_hatched_unless_both_have_one_shade() -> None:
    def kind(shades: dict[str, Shade]) -> str:
        svg = rules.draw_choropleth(
            [(("43", "38"), "M0 0l1 0 0 1z")], shades, name_of=str, address_of=str, width=10, height=10
        )
        path = ElementTree.fromstring(svg).find(".//a/path")
        assert path is not None
        return path.attrib["class"]

    assert kind({"43": Shade("q1", ""), "38": Shade("q2", "")}) == "few"
    assert kind({"43": Shade("q1", ""), "38": Shade("q1", "")}) == "q1"
    assert kind({"43": Shade("q1", "")}) == "few"


@given(st.one_of(st.none(), st.floats(-1e6, 1e6)))
def test_a_darker_shade_never_stands_for_less(value: float | None) -> None:
    steps = (5.0, 10.0, 20.0, 40.0)
    shade = rules.shade_by(value, steps)
    assert shade == "few" if value is None else shade == f"q{sum(value >= step for step in steps)}"
