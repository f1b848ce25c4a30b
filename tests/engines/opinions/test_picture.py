"""The picture: whole SVG, true to the map, in both languages, and silent about small groups."""

from xml.etree import ElementTree

import numpy as np
import pytest

from engines.opinions import conversations
from sala.engines import opinions
from sala.engines.opinions import picture

NAME = "{http://www.w3.org/2000/svg}"


def drawn(
    labels: dict[int, int] | None = None, text: str = "ถนนหน้าโรงเรียน <ควร> ซ่อมก่อน & ทางเท้า"
) -> opinions.OpinionMap:
    comments = {statement: opinions.Comment(f"{text} {statement}") for statement in range(12)}
    return opinions.draw_map(conversations.table(conversations.planted()), comments, labels=labels)


@pytest.mark.parametrize("language", ["th", "en"])
def test_everybody_is_a_dot_and_every_group_has_its_letter(language: str) -> None:
    root = ElementTree.fromstring(picture.to_svg(drawn(), language))
    dots = [dot for group in root.iter(f"{NAME}g") for dot in group.iter(f"{NAME}circle")]
    assert len(dots) == 60
    assert [row[1] for row in picture.draw(drawn(), language).table.rows] == [30, 30]
    assert {"A", "B"} <= {text.text for text in root.iter(f"{NAME}text")}
    assert root.find(f"{NAME}title").text == picture.WORDS[language].title


def test_a_group_too_small_to_show_has_no_field_and_says_so() -> None:
    svg = picture.to_svg(drawn({person: 0 if person < 57 else 1 for person in range(60)}), "th")
    root = ElementTree.fromstring(svg)
    assert len(list(root.iter(f"{NAME}polygon"))) == 1
    assert picture.WORDS["th"].too_small in svg


def test_a_large_group_is_drawn_as_knots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "MOST_DOTS", 10)
    monkeypatch.setattr(picture, "KNOTS_PER_GROUP", 8)
    svg = picture.to_svg(drawn())
    root = ElementTree.fromstring(svg)
    assert picture.WORDS["th"].about_knots in svg
    assert sum(len(list(group.iter(f"{NAME}circle"))) for group in root.iter(f"{NAME}g")) == 16


def test_control_letters_in_a_statement_do_not_break_the_picture() -> None:
    ElementTree.fromstring(picture.to_svg(drawn(text="ก\x00\x1bข")))


def test_the_hull_goes_round_the_corners() -> None:
    square = np.array([[0, 0], [0, 2], [1, 1], [2, 0], [2, 2]], dtype=float)
    assert sorted(picture.hull(square)) == [(0, 0), (0, 2), (2, 0), (2, 2)]
    assert len(picture.hull(square[:2])) == 2
